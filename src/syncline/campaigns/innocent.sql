-- title: what of a network's behaviour has an innocent reading: one favourite, each other's posts, a scheduler
-- reads: campaign_addressed, campaign_people, campaign_cadence, roles, campaign_names_shown
-- writes: campaign_innocent (network_id, sign, value, counted, "of", accounts)
-- formula: fandom = of the reposts, quotes and replies to others, those at the one account that draws most of them;
--          pod = those at the network's own accounts; scheduler = of the accounts with enough posts to tell, those that
--          post like a clock
WITH acts AS (
    SELECT p.network_id, a.platform, a.name, p.account_id, coalesce(t.network_id = p.network_id, FALSE) AS inside
    FROM campaign_addressed AS a
    JOIN campaign_people AS p ON p.account = a.account AND p.network_id IS NOT NULL
    LEFT JOIN campaign_people AS t ON t.platform = a.platform AND t.account_id = a.name
    WHERE a.kind IN ('applause', 'reply')
),
favourites AS (
    SELECT
        f.network_id,
        coalesce(n.username, f.name) AS value,
        f.acts AS counted,
        sum(f.acts) OVER (PARTITION BY f.network_id)::BIGINT AS total,
        row_number() OVER (PARTITION BY f.network_id ORDER BY f.acts DESC, f.platform, f.name) AS place
    FROM (
        SELECT network_id, platform, name, count(*) AS acts
        FROM acts
        WHERE NOT inside
        GROUP BY ALL
    ) AS f
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
