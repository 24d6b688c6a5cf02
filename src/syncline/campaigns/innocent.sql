-- title: what of a network's behaviour has an innocent reading: one favourite, each other's posts, a scheduler
-- reads: co_actions, edges, campaign_addressed, campaign_people, campaign_cadence, roles, campaign_names_shown
-- writes: campaign_innocent (network_id, sign, value, counted, "of", accounts)
-- formula: fandom = of the co-actions behind its links that are reposts, those of posts by the account that has most of
--          them: what ties fans together, whatever else they do; pod = of the reposts, quotes and replies, those at the
--          network's own accounts; scheduler = of the accounts with enough posts to tell, those that post like a clock
WITH acts AS (
    SELECT
        p.network_id,
        a.kind,
        a.platform,
        a.name,
        a.post_id,
        coalesce(t.network_id = p.network_id, FALSE) AS inside
    FROM campaign_addressed AS a
    JOIN campaign_people AS p ON p.account = a.account AND p.network_id IS NOT NULL
    LEFT JOIN campaign_people AS t ON t.platform = a.platform AND t.account_id = a.name
    WHERE a.kind IN ('applause', 'reply')
),
shared AS (
    SELECT e.network_id, a.platform, a.name, count(*) AS meetings
    FROM co_actions AS c
    JOIN acts AS a ON a.platform = c.platform_a AND a.post_id = c.post_a
    JOIN edges AS e
        ON e.platform_a = c.platform_a AND e.account_a = c.account_a
        AND e.platform_b = c.platform_b AND e.account_b = c.account_b
    WHERE c.behaviour = 'repost' AND a.kind = 'applause' AND e.network_id = a.network_id
    GROUP BY e.network_id, a.platform, a.name
),
favourites AS (
    SELECT
        f.network_id,
        coalesce(n.username, f.name) AS value,
        f.meetings AS counted,
        sum(f.meetings) OVER (PARTITION BY f.network_id)::BIGINT AS total,
        row_number() OVER (PARTITION BY f.network_id ORDER BY f.meetings DESC, f.platform, f.name) AS place
    FROM shared AS f
    LEFT JOIN campaign_names_shown AS n ON n.platform = f.platform AND n.account_id = f.name
)
SELECT network_id, 'fandom' AS sign, value, counted, total AS "of", []::VARCHAR[] AS accounts
FROM favourites
WHERE place = 1
UNION ALL
SELECT network_id, 'pod', NULL, count(*) FILTER (inside), count(*), []
FROM acts
GROUP BY network_id
UNION ALL
SELECT
    r.network_id,
    'scheduler',
    NULL,
    count(r.cadence),
    count(*),
    coalesce(list(r.account_id ORDER BY r.account_id) FILTER (r.cadence IS NOT NULL), [])
FROM roles AS r
JOIN campaign_people AS p ON p.platform = r.platform AND p.account_id = r.account_id
JOIN campaign_cadence AS c ON c.account = p.account AND c.posts >= $posts_min
GROUP BY r.network_id
