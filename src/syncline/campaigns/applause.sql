-- title: the accounts that each network lifts up: reposted and quoted beyond expectation, and named beside it
-- reads: directives, campaign_addressed, campaign_people, campaign_names_shown
-- writes: applause (see syncline.schema.APPLAUSE)
-- formula: an account is listed where its reposts and quotes pass as a directive, of a day or of the whole log;
--          evidence, log-odds and expectation are those of the strongest of them
WITH found AS (
    SELECT
        network_id,
        object,
        max(log10_e) AS log10_e,
        max_by(log_odds, (log10_e, day_us)) AS log_odds,
        count(day_us) AS days
    FROM directives
    WHERE kind = 'applause'
    GROUP BY network_id, object
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
JOIN (SELECT network_id, count(*) AS size FROM campaign_people WHERE network_id IS NOT NULL GROUP BY network_id) AS g
    ON g.network_id = f.network_id
LEFT JOIN lifted AS l ON l.network_id = f.network_id AND l.object = f.object
LEFT JOIN campaign_names_shown AS n ON n.platform || ':' || n.account_id = f.object
