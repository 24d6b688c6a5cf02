-- title: one integer for each post, in the order of time, so that an account's first post has the lowest number
-- reads: posts, accounts_coded
-- writes: posts_coded (post, account, platform, post_id, time_us, day, is_repost, ...)
-- Logs mostly are in this order already: then posts are counted as they stand. Otherwise only the key goes through the
-- sort, not the texts, and finds its post again by the place in the table.
WITH neighbours AS (
    SELECT
        time_us,
        platform,
        post_id,
        lag(time_us) OVER () AS time_before,
        lag(platform) OVER () AS platform_before,
        lag(post_id) OVER () AS post_before
    FROM posts
),
in_order AS (
    SELECT
        coalesce(
            bool_and(
                time_us > time_before
                OR (time_us = time_before AND (platform, post_id) > (platform_before, post_before))
            ),
            TRUE
        ) AS holds
    FROM neighbours
),
sorted AS (
    SELECT place, (row_number() OVER () - 1)::INTEGER AS post
    FROM (
        SELECT rowid AS place
        FROM posts
        WHERE NOT (SELECT holds FROM in_order)
        ORDER BY time_us, platform, post_id
    )
),
counted AS (
    SELECT *, rowid AS place, (row_number() OVER () - 1)::INTEGER AS counted
    FROM posts
)
SELECT
    coalesce(s.post, p.counted) AS post,
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
FROM counted AS p
LEFT JOIN sorted AS s ON s.place = p.place
JOIN accounts_coded AS a ON a.platform = p.platform AND a.account_id = p.account_id
