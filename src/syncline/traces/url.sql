-- title: url: who shared which address on which day
-- reads: posts_coded, urls_canonical
-- appends: actions (behaviour, key, day, account, post, time_us)
-- formula: key = canonical URL, day = UTC day
SELECT 1::UTINYINT AS behaviour, u.canonical AS key, p.day, p.account, p.post, p.time_us
FROM (SELECT post, day, account, time_us, unnest(urls) AS url FROM posts_coded WHERE len(urls) > 0) AS p
JOIN urls_canonical AS u ON u.url = p.url
