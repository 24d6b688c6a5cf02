-- title: media: who showed which picture on which day
-- reads: posts_coded
-- appends: actions (behaviour, key, day, account, post, time_us)
-- formula: key = image hash as the source gives it, day = UTC day
SELECT 7::UTINYINT AS behaviour, media_hash AS key, day, account, post, time_us
FROM (
    SELECT post, day, account, time_us, unnest(media_hashes) AS media_hash
    FROM posts_coded
    WHERE NOT is_repost AND len(media_hashes) > 0
)
