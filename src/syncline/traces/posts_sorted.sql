-- title: the place in the order of time of each post, where the table of posts is not in that order
-- reads: posts
-- writes: posts_sorted (place, post)
-- Logs mostly are in this order already, and nothing was taken out: then a post's place in the table is its number, and
-- nothing is written here. Otherwise only the key goes through the sort, not the texts.
WITH times AS (
    SELECT coalesce(bool_and(time_us >= time_before), TRUE) AS in_order
    FROM (SELECT time_us, lag(time_us) OVER () AS time_before FROM posts)
),
neighbours AS (
    -- To look at the words of all posts takes ten times as long as at their times, which mostly say it.
    SELECT
        rowid AS place,
        time_us,
        platform,
        post_id,
        lag(time_us) OVER () AS time_before,
        lag(platform) OVER () AS platform_before,
        lag(post_id) OVER () AS post_before
    FROM posts
    WHERE (SELECT in_order FROM times)
),
in_order AS (
    SELECT
        (SELECT in_order FROM times)
        AND coalesce(
            max(place) + 1 = count(*)
            AND bool_and(
                time_us > time_before
                OR (time_us = time_before AND (platform, post_id) > (platform_before, post_before))
            ),
            TRUE
        ) AS holds
    FROM neighbours
)
SELECT place, (row_number() OVER () - 1)::INTEGER AS post
FROM (
    SELECT rowid AS place
    FROM posts
    WHERE NOT (SELECT holds FROM in_order)
    ORDER BY time_us, platform, post_id
)
