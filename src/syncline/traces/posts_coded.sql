-- title: one integer for each post, in the order of time, so that an account's first post has the lowest number
-- reads: posts, accounts_coded
-- writes: posts_coded (post, account, platform, post_id, time_us, day, is_repost, ...)
-- Only the key goes through the sort, not the texts, and finds its post again by the place in the table.
WITH numbered AS (
    SELECT rowid AS place, (row_number() OVER (ORDER BY time_us, platform, post_id) - 1)::INTEGER AS post
    FROM posts
)
SELECT
    n.post,
    a.account,
    p.platform,
    p.post_id,
    p.time_us,
    (p.time_us // 86400000000)::INTEGER AS day,
    coalesce(p.is_repost, FALSE) OR p.reposted_post_id IS NOT NULL AS is_repost,
    p.reposted_post_id,
    p.reposted_account_id,
    p.reply_to_post_id,
    p.reply_to_account_id,
    p.quoted_post_id,
    p.text,
    p.urls,
    p.hashtags,
    p.mentions,
    p.media_hashes,
    p.client
FROM posts AS p
JOIN numbered AS n ON n.place = p.rowid
JOIN accounts_coded AS a ON a.platform = p.platform AND a.account_id = p.account_id
