-- title: each normalised text of an original of five words or more once, the most frequent first
-- reads: posts_coded, texts_normalised
-- writes: texts (number, text)
-- Four spaces are five words, and found sooner than the words are counted.
SELECT (row_number() OVER (ORDER BY count(*) DESC, n.text) - 1)::INTEGER AS number, n.text
FROM texts_normalised AS n
JOIN posts_coded AS p ON p.post = n.post
WHERE NOT p.is_repost AND n.text LIKE '% % % % %'
GROUP BY n.text
