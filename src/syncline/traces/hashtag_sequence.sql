-- title: hashtag_sequence: who wrote which hashtags in which order on which day
-- reads: posts_coded, hashtags_folded
-- appends: actions (behaviour, key, day, account, post, time_us)
-- formula: key = the ordered folded hashtags of one post, two or more; day = UTC day (Pacheco 2021)
SELECT
    3::UTINYINT AS behaviour,
    string_agg(h.folded, ' ' ORDER BY p.place) AS key,
    p.day,
    p.account,
    p.post,
    p.time_us
FROM (
    SELECT post, day, account, time_us, unnest(hashtags) AS hashtag, generate_subscripts(hashtags, 1) AS place
    FROM posts_coded
    WHERE NOT is_repost AND len(hashtags) > 1
) AS p
JOIN hashtags_folded AS h ON h.hashtag = p.hashtag
GROUP BY p.post, p.day, p.account, p.time_us
HAVING count(*) > 1
