-- title: whom the crowd addresses about as often as a target: the accounts to compare it with
-- reads: campaign_episodes, campaign_aimed, campaign_people
-- writes: campaign_comparable_targets (object, like_object)
-- formula: the targets_alike accounts with the nearest logarithm of replies and mentions by the crowd; no members, no
--          other targets, and accounts that post in this log
WITH received AS (
    SELECT object, ln(1 + count(*) FILTER (outside)) AS size
    FROM campaign_aimed
    GROUP BY object
),
targets AS (
    SELECT DISTINCT object FROM campaign_episodes
),
others AS (
    -- Of those of one size the same few come first for every target: a log has many accounts, and few sizes.
    SELECT object, size
    FROM (
        SELECT r.object, r.size, row_number() OVER (PARTITION BY r.size ORDER BY r.object) AS place
        FROM received AS r
        JOIN campaign_people AS p ON p.platform || ':' || p.account_id = r.object AND p.outside
        WHERE r.object NOT IN (SELECT object FROM targets)
    )
    WHERE place <= $targets_alike
)
SELECT object, like_object
FROM (
    SELECT
        t.object,
        o.object AS like_object,
        row_number() OVER (PARTITION BY t.object ORDER BY abs(o.size - r.size), o.object) AS place
    FROM targets AS t
    JOIN received AS r ON r.object = t.object
    CROSS JOIN others AS o
)
WHERE place <= $targets_alike
