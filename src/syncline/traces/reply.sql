-- title: reply: who answered which post
-- reads: posts_coded
-- appends: actions (behaviour, key, day, account, post, time_us)
-- formula: key = id of the post that was answered
SELECT
    5::UTINYINT AS behaviour,
    platform || ':' || reply_to_post_id AS key,
    NULL::INTEGER AS day,
    account,
    post,
    time_us
FROM posts_coded
WHERE reply_to_post_id IS NOT NULL AND NOT is_repost
