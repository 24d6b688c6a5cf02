-- title: text: who wrote the same words, or nearly the same, on the same day
-- reads: posts_coded, texts_normalised, text_versions
-- appends: actions (behaviour, key, day, account, post, time_us)
-- formula: key = the most frequent version of the normalised text of an original of five words or more, day = UTC day
-- Four spaces are five words, and found sooner than the words are counted.
SELECT 4::UTINYINT AS behaviour, coalesce(v.key, n.text) AS key, p.day, p.account, p.post, p.time_us
FROM posts_coded AS p
JOIN texts_normalised AS n ON n.post = p.post
LEFT JOIN text_versions AS v ON v.text = n.text
WHERE NOT p.is_repost AND n.text LIKE '% % % % %'
