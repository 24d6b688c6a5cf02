-- title: who did what, in integers; posts are counted in the order of time, so that an account's first has the lowest
-- reads: posts
-- writes: posts_coded (post, account, platform, post_id, time_us, day, is_repost, ...)
-- A view, since to copy the texts would take their room again. `account` and `post` are the columns that `code_posts`
-- gives `posts`; where `post` is empty, the posts stand in their order, and the place in the table is the number.
SELECT
    coalesce(post, rowid::INTEGER) AS post,
    account,
    platform,
    post_id,
    time_us,
    (time_us // 86400000000)::INTEGER AS day,
    coalesce(is_repost, FALSE) OR reposted_post_id IS NOT NULL AS is_repost,
    reposted_post_id,
    reposted_account_id,
    reply_to_post_id,
    reply_to_account_id,
    quoted_post_id,
    text,
    urls,
    hashtags,
    mentions,
    media_hashes,
    client
FROM posts
