-- title: does an account post like a clock? Always at the same minutes of the hour, or at the same intervals
-- reads: posts, campaign_people
-- writes: campaign_cadence (account, network_id, outside, posts, minute_posts, grid_posts, gaps, gap_s, gap_posts)
-- formula: minute_posts = in the account's most frequent minute of the hour; grid_posts = in its most frequent minute
--          modulo five; gap_posts = pairs of consecutive posts with its most frequent interval of a minute or more
WITH own AS (
    SELECT
        c.account,
        p.time_us,
        (p.time_us // 60000000) % 60 AS minute,
        (p.time_us - lag(p.time_us) OVER (PARTITION BY c.account ORDER BY p.time_us, p.post_id)) // 1000000 AS gap_s
    FROM posts AS p
    JOIN campaign_people AS c ON c.platform = p.platform AND c.account_id = p.account_id
),
minutes AS (
    SELECT account, max(posts) AS minute_posts
    FROM (SELECT account, minute, count(*) AS posts FROM own GROUP BY account, minute)
    GROUP BY account
),
grids AS (
    SELECT account, max(posts) AS grid_posts
    FROM (SELECT account, minute % 5 AS phase, count(*) AS posts FROM own GROUP BY account, minute % 5)
    GROUP BY account
),
gaps AS (
    SELECT account, sum(posts)::BIGINT AS gaps, max(posts) AS gap_posts, max_by(gap_s, (posts, gap_s)) AS gap_s
    FROM (SELECT account, gap_s, count(*) AS posts FROM own WHERE gap_s >= 60 GROUP BY account, gap_s)
    GROUP BY account
),
totals AS (
    SELECT account, count(*) AS posts FROM own GROUP BY account
)
SELECT
    t.account,
    c.network_id,
    c.outside,
    t.posts,
    m.minute_posts,
    g.grid_posts,
    coalesce(a.gaps, 0) AS gaps,
    a.gap_s,
    coalesce(a.gap_posts, 0) AS gap_posts
FROM totals AS t
JOIN campaign_people AS c ON c.account = t.account
JOIN minutes AS m ON m.account = t.account
JOIN grids AS g ON g.account = t.account
LEFT JOIN gaps AS a ON a.account = t.account
