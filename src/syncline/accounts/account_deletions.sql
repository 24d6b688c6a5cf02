-- title: how many posts did each account take down again, at least?
-- reads: account_history, posts
-- writes: account_deletions (platform, account_id, seen, grown)
-- formula: seen = its posts in the log between its first and its last dated observation; grown = by how much its
--          number of posts grew in that time, the most that several counts of one moment allow. What was seen and did
--          not add up is gone: seen - grown or more
WITH spans AS (
    SELECT
        platform,
        account_id,
        min(observed_us) AS first_us,
        max(observed_us) AS last_us,
        min_by(posts_count, (observed_us, posts_count)) AS first_count,
        max_by(posts_count, (observed_us, posts_count)) AS last_count
    FROM account_history
    WHERE observed_us IS NOT NULL AND posts_count IS NOT NULL
    GROUP BY platform, account_id
    HAVING min(observed_us) < max(observed_us)
)
SELECT
    s.platform,
    s.account_id,
    count(*) AS seen,
    max(s.last_count) - max(s.first_count) AS grown
FROM spans AS s
JOIN posts AS p
    ON p.platform = s.platform AND p.account_id = s.account_id AND p.time_us >= s.first_us AND p.time_us < s.last_us
GROUP BY s.platform, s.account_id
