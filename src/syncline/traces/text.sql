-- title: text: who wrote the same words on the same day
-- reads: posts_coded, texts_normalised
-- appends: actions (behaviour, key, day, account, post, time_us)
-- formula: key = normalised text of an original of five words or more, day = UTC day
SELECT 4::UTINYINT AS behaviour, n.text AS key, p.day, p.account, p.post, p.time_us
FROM posts_coded AS p
JOIN texts_normalised AS n ON n.post = p.post
WHERE NOT p.is_repost AND len(string_split(n.text, ' ')) >= 5
