-- title: the accounts that each network lifts up: reposted and quoted beyond expectation, and named beside it
-- reads: directives, campaign_addressed, campaign_found_acts, campaign_people, campaign_names_shown
-- writes: applause (see syncline.schema.APPLAUSE)
-- formula: an account is listed where its reposts and quotes pass as a directive, of a day or of the whole log;
--          evidence, log-odds and expectation are those of the strongest of them; then members_min of its members at
--          least took up another of the account's posts than the one that most took up, or one_post_share of the
--          network took up any of them: a few of its accounts who repost one post may just have the same taste
WITH taken AS (
    SELECT f.network_id, f.key AS object, a.to_post_id, f.account
    FROM campaign_found_acts AS f
    JOIN campaign_addressed AS a
        ON a.kind = 'applause' AND a.account = f.account AND a.post_id = f.post_id
        AND a.platform || ':' || a.name = f.key
    WHERE f.kind = 'applause'
),
posts AS (
    SELECT
        network_id,
        object,
        to_post_id,
        row_number() OVER (
            PARTITION BY network_id, object ORDER BY count(DISTINCT account) DESC, to_post_id
        ) AS place
    FROM taken
    GROUP BY network_id, object, to_post_id
),
sizes AS (
    SELECT network_id, count(*) AS size FROM campaign_people WHERE network_id IS NOT NULL GROUP BY network_id
),
lifted_up AS (
    SELECT t.network_id, t.object
    FROM taken AS t
    LEFT JOIN posts AS p
        ON p.network_id = t.network_id AND p.object = t.object AND p.to_post_id = t.to_post_id AND p.place = 1
    JOIN sizes AS g ON g.network_id = t.network_id
    GROUP BY t.network_id, t.object
    HAVING
        count(DISTINCT t.account) FILTER (p.place IS NULL) >= $members_min
        OR count(DISTINCT t.account) >= $one_post_share * any_value(g.size)
),
found AS (
    SELECT
        d.network_id,
        d.object,
        max(d.log10_e) AS log10_e,
        max_by(d.log_odds, (d.log10_e, d.day_us)) AS log_odds,
        count(d.day_us) AS days
    FROM directives AS d
    JOIN lifted_up AS s ON s.network_id = d.network_id AND s.object = d.object
    WHERE d.kind = 'applause'
    GROUP BY d.network_id, d.object
),
acts AS (
    SELECT
        f.network_id,
        f.object,
        count(DISTINCT a.account) FILTER (a.kind = 'applause' AND p.network_id = f.network_id) AS members,
        count(DISTINCT a.post_id) FILTER (a.kind = 'applause' AND p.network_id = f.network_id) AS posts,
        count(DISTINCT a.post_id) FILTER (a.kind = 'mention' AND p.network_id = f.network_id) AS mentions,
        count(DISTINCT a.account) FILTER (a.kind = 'applause' AND p.outside) AS others,
        min(a.time_us) FILTER (a.kind = 'applause' AND p.network_id = f.network_id) AS first_us,
        max(a.time_us) FILTER (a.kind = 'applause' AND p.network_id = f.network_id) AS last_us
    FROM found AS f
    JOIN campaign_addressed AS a ON a.platform || ':' || a.name = f.object AND a.kind IN ('applause', 'mention')
    JOIN campaign_people AS p ON p.account = a.account
    GROUP BY f.network_id, f.object
),
lifted AS (
    SELECT network_id, object, list(to_post_id ORDER BY accounts DESC, to_post_id) AS post_ids
    FROM (
        SELECT f.network_id, f.object, a.to_post_id, count(DISTINCT a.account) AS accounts
        FROM found AS f
        JOIN campaign_addressed AS a ON a.platform || ':' || a.name = f.object AND a.kind = 'applause'
        JOIN campaign_people AS p ON p.account = a.account AND p.network_id = f.network_id
        WHERE a.to_post_id IS NOT NULL
        GROUP BY ALL
    )
    GROUP BY network_id, object
)
SELECT
    f.network_id,
    split_part(f.object, ':', 1) AS platform,
    substr(f.object, strpos(f.object, ':') + 1) AS account_id,
    n.username,
    a.members,
    a.members / g.size AS share,
    a.posts,
    a.mentions,
    f.days,
    a.others,
    f.log_odds,
    f.log10_e,
    a.first_us,
    a.last_us,
    coalesce(l.post_ids, []) AS post_ids
FROM found AS f
JOIN acts AS a ON a.network_id = f.network_id AND a.object = f.object
JOIN sizes AS g ON g.network_id = f.network_id
LEFT JOIN lifted AS l ON l.network_id = f.network_id AND l.object = f.object
LEFT JOIN campaign_names_shown AS n ON n.platform || ':' || n.account_id = f.object
