-- title: each brigading episode: who was addressed, by how many, how much more than usual, and by which posts
-- reads: campaign_episodes, campaign_aimed, campaign_people, campaign_episode_rates, campaign_repliers_overlap,
--        campaign_names_shown, posts
-- writes: targets (see syncline.schema.TARGETS)
-- formula: newcomers = share of the accounts that had not addressed the target earlier in the log; missing for an
--          episode that begins on the log's first day
WITH acts AS (
    SELECT
        e.network_id,
        e.object,
        e.episode,
        count(DISTINCT a.account) FILTER (a.network_id = e.network_id) AS members,
        count(DISTINCT a.post_id) FILTER (a.network_id = e.network_id) AS posts,
        count(DISTINCT a.post_id) FILTER (a.network_id = e.network_id AND a.kind = 'reply') AS replies,
        count(DISTINCT a.account) FILTER (a.outside) AS others,
        count(DISTINCT a.post_id) FILTER (a.outside) AS others_posts,
        min(a.time_us) FILTER (a.network_id = e.network_id) AS first_us,
        max(a.time_us) FILTER (a.network_id = e.network_id) AS last_us,
        list(DISTINCT p.account_id ORDER BY p.account_id) FILTER (a.network_id = e.network_id) AS account_ids,
        list(DISTINCT a.post_id ORDER BY a.post_id) FILTER (a.network_id = e.network_id) AS post_ids
    FROM campaign_episodes AS e
    JOIN campaign_aimed AS a ON a.object = e.object AND a.day BETWEEN e.first_day AND e.last_day
    JOIN campaign_people AS p ON p.account = a.account
    GROUP BY ALL
),
answered AS (
    SELECT network_id, object, episode, list(to_post_id ORDER BY accounts DESC, to_post_id) AS post_ids
    FROM (
        SELECT e.network_id, e.object, e.episode, a.to_post_id, count(DISTINCT a.account) AS accounts
        FROM campaign_episodes AS e
        JOIN campaign_aimed AS a
            ON a.object = e.object AND a.day BETWEEN e.first_day AND e.last_day AND a.network_id = e.network_id
        WHERE a.to_post_id IS NOT NULL
        GROUP BY ALL
    )
    GROUP BY ALL
),
newcomers AS (
    SELECT
        network_id,
        object,
        episode,
        avg(new::INTEGER) FILTER (NOT outside) AS members,
        avg(new::INTEGER) FILTER (outside) AS others
    FROM (
        SELECT e.network_id, e.object, e.episode, a.account, a.outside, min(a.day) >= e.first_day AS new
        FROM campaign_episodes AS e
        JOIN campaign_aimed AS a ON a.object = e.object AND a.day <= e.last_day
        WHERE e.first_day > (SELECT min(time_us) // $day_us FROM posts)
            AND (a.outside OR a.network_id = e.network_id)
        GROUP BY e.network_id, e.object, e.episode, e.first_day, a.account, a.outside
        HAVING max(a.day) >= e.first_day
    )
    GROUP BY ALL
)
SELECT
    e.network_id,
    split_part(e.object, ':', 1) AS platform,
    substr(e.object, strpos(e.object, ':') + 1) AS account_id,
    n.username,
    e.episode,
    a.first_us,
    a.last_us,
    a.members,
    a.members / g.size AS share,
    a.posts,
    a.replies,
    a.others,
    a.others_posts,
    r.rate,
    r.usual_rate,
    r.comparable_rate,
    o.overlap,
    o.usual_overlap,
    w.members AS newcomers,
    w.others AS others_newcomers,
    e.log10_e,
    a.account_ids,
    a.post_ids,
    coalesce(t.post_ids, []) AS target_post_ids
FROM campaign_episodes AS e
JOIN acts AS a ON a.network_id = e.network_id AND a.object = e.object AND a.episode = e.episode
JOIN (SELECT network_id, count(*) AS size FROM campaign_people WHERE network_id IS NOT NULL GROUP BY network_id) AS g
    ON g.network_id = e.network_id
JOIN campaign_episode_rates AS r
    ON r.network_id = e.network_id AND r.object = e.object AND r.episode = e.episode
JOIN campaign_repliers_overlap AS o
    ON o.network_id = e.network_id AND o.object = e.object AND o.episode = e.episode
LEFT JOIN answered AS t ON t.network_id = e.network_id AND t.object = e.object AND t.episode = e.episode
LEFT JOIN newcomers AS w ON w.network_id = e.network_id AND w.object = e.object AND w.episode = e.episode
LEFT JOIN campaign_names_shown AS n ON n.platform || ':' || n.account_id = e.object
