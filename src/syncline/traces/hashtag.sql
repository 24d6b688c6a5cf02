-- title: hashtag: who used which hashtag on which day, in posts of their own
-- reads: posts_coded, hashtags_folded
-- appends: actions (behaviour, key, day, account, post, time_us)
-- formula: key = folded hashtag, day = UTC day
SELECT 2::UTINYINT AS behaviour, h.folded AS key, p.day, p.account, p.post, p.time_us
FROM (
    SELECT post, day, account, time_us, unnest(hashtags) AS hashtag
    FROM posts_coded
    WHERE NOT is_repost AND len(hashtags) > 0
) AS p
JOIN hashtags_folded AS h ON h.hashtag = p.hashtag
