-- title: what of a network's behaviour has an innocent reading: one account's posts, its own ones, a scheduler
-- reads: co_actions, edges, campaign_addressed, campaign_people, campaign_cadence, roles, campaign_names_shown
-- writes: campaign_innocent (network_id, sign, value, counted, "of", accounts)
-- formula: fandom = of the co-actions behind its links that are reposts, those of posts by the account that has most of
--          them: what ties fans together, whatever else they do; commenters = likewise replies to posts of one account,
--          of all that are reposts or replies; pod = of these, those on posts by accounts that are in the network or
--          linked to it, as a circle may be parted into several networks, and repost or answer others of them, which an
--          account that is only lifted does not; scheduler = of the accounts with enough posts to tell, those that post
--          like a clock
WITH shared AS (
    SELECT e.network_id, c.behaviour, a.platform, a.name, count(*) AS meetings
    FROM co_actions AS c
    JOIN campaign_addressed AS a
        ON a.platform = c.platform_a AND a.post_id = c.post_a
        AND a.kind = CASE c.behaviour WHEN 'repost' THEN 'applause' ELSE 'reply' END
    JOIN campaign_people AS p ON p.account = a.account
    JOIN edges AS e
        ON e.platform_a = c.platform_a AND e.account_a = c.account_a
        AND e.platform_b = c.platform_b AND e.account_b = c.account_b
    WHERE c.behaviour IN ('repost', 'reply') AND e.network_id = p.network_id
    GROUP BY e.network_id, c.behaviour, a.platform, a.name
),
favourites AS (
    SELECT
        f.network_id,
        CASE f.behaviour WHEN 'repost' THEN 'fandom' ELSE 'commenters' END AS sign,
        coalesce(n.username, f.name) AS value,
        f.meetings AS counted,
        CASE f.behaviour
            WHEN 'repost' THEN sum(f.meetings) OVER (PARTITION BY f.network_id, f.behaviour)
            ELSE sum(f.meetings) OVER (PARTITION BY f.network_id)
        END::BIGINT AS total,
        row_number() OVER (
            PARTITION BY f.network_id, f.behaviour ORDER BY f.meetings DESC, f.platform, f.name
        ) AS place
    FROM shared AS f
    LEFT JOIN campaign_names_shown AS n ON n.platform = f.platform AND n.account_id = f.name
),
circles AS (
    SELECT network_id, platform, account_id FROM campaign_people WHERE network_id IS NOT NULL
    UNION
    SELECT p.network_id, e.platform_b, e.account_b
    FROM edges AS e
    JOIN campaign_people AS p ON p.platform = e.platform_a AND p.account_id = e.account_a AND p.network_id IS NOT NULL
    UNION
    SELECT p.network_id, e.platform_a, e.account_a
    FROM edges AS e
    JOIN campaign_people AS p ON p.platform = e.platform_b AND p.account_id = e.account_b AND p.network_id IS NOT NULL
),
mutual AS (
    SELECT DISTINCT g.network_id, g.platform, g.account_id
    FROM campaign_addressed AS a
    JOIN campaign_people AS p ON p.account = a.account
    JOIN circles AS g ON g.platform = p.platform AND g.account_id = p.account_id
    JOIN circles AS t ON t.network_id = g.network_id AND t.platform = a.platform AND t.account_id = a.name
    WHERE a.kind IN ('applause', 'reply')
)
SELECT network_id, sign, value, counted, total AS "of", []::VARCHAR[] AS accounts
FROM favourites
WHERE place = 1
UNION ALL
SELECT
    s.network_id,
    'pod',
    NULL,
    coalesce(sum(s.meetings) FILTER (m.account_id IS NOT NULL), 0)::BIGINT,
    sum(s.meetings)::BIGINT,
    []
FROM shared AS s
LEFT JOIN mutual AS m ON m.network_id = s.network_id AND m.platform = s.platform AND m.account_id = s.name
GROUP BY s.network_id
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
