-- title: does an account post like a clock? Always at the same minutes of the hour, or at the same intervals
-- reads: posts_coded, campaign_people
-- appends: campaign_cadence (account, network_id, outside, posts, minute_posts, grid_posts, gaps, gap_s, gap_posts)
-- formula: minute_posts = in the account's most frequent minute of the hour; grid_posts = in its most frequent minute
--          modulo five; gap_posts = pairs of consecutive posts with its most frequent interval of a minute or more;
--          crowd 0: members; 1: the crowd, of which only the intervals of accounts with more than rhythm_min posts
--          count; nobody counts where the log's clock knows no minutes
WITH totals AS (
    SELECT p.account, c.network_id, c.outside, p.posts
    FROM (SELECT account, count(*) AS posts FROM posts_coded GROUP BY account) AS p
    JOIN campaign_people AS c ON c.account = p.account
    WHERE CASE $crowd WHEN 0 THEN c.network_id IS NOT NULL ELSE c.outside AND p.posts > $rhythm_min END
        AND $resolution_us <= 60000000
),
own AS (
    SELECT
        p.account,
        t.outside,
        (p.time_us // 60000000) % 60 AS minute,
        (p.time_us - lag(p.time_us) OVER (PARTITION BY p.account ORDER BY p.post)) // 1000000 AS gap_s
    FROM posts_coded AS p
    JOIN totals AS t ON t.account = p.account
),
minutes AS (
    SELECT account, max(posts) AS minute_posts
    FROM (SELECT account, minute, count(*) AS posts FROM own WHERE NOT outside GROUP BY account, minute)
    GROUP BY account
),
grids AS (
    SELECT account, max(posts) AS grid_posts
    FROM (
        SELECT account, minute % 5 AS phase, count(*) AS posts FROM own WHERE NOT outside GROUP BY account, minute % 5
    )
    GROUP BY account
),
gaps AS (
    SELECT account, sum(posts)::BIGINT AS gaps, max(posts) AS gap_posts, max_by(gap_s, (posts, gap_s)) AS gap_s
    FROM (SELECT account, gap_s, count(*) AS posts FROM own WHERE gap_s >= 60 GROUP BY account, gap_s)
    GROUP BY account
)
SELECT
    t.account,
    t.network_id,
    t.outside,
    t.posts,
    coalesce(m.minute_posts, 0) AS minute_posts,
    coalesce(g.grid_posts, 0) AS grid_posts,
    coalesce(a.gaps, 0) AS gaps,
    a.gap_s,
    coalesce(a.gap_posts, 0) AS gap_posts
FROM totals AS t
LEFT JOIN minutes AS m ON m.account = t.account
LEFT JOIN grids AS g ON g.account = t.account
LEFT JOIN gaps AS a ON a.account = t.account
