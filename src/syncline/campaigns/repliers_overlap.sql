-- title: do the same accounts answer one post of the target after another?
-- reads: campaign_episodes, campaign_aimed
-- writes: campaign_repliers_overlap (network_id, object, episode, overlap, usual_overlap)
-- formula: mean over pairs of answered posts of |both| / |either|, each post with repliers_min accounts or more: posts
--          answered in the episode, and posts answered on days in no episode of the account; of more than posts_most
--          posts, so many by their ids' MD5, since pairs grow with their square
WITH all_answers AS (
    SELECT DISTINCT a.object, a.to_post_id, a.account, e.network_id, e.episode
    FROM campaign_aimed AS a
    LEFT JOIN campaign_episodes AS e ON e.object = a.object AND a.day BETWEEN e.first_day AND e.last_day
    WHERE a.kind = 'reply' AND a.to_post_id IS NOT NULL AND a.object IN (SELECT object FROM campaign_episodes)
),
all_sizes AS (
    SELECT object, network_id, episode, to_post_id, count(*) AS accounts
    FROM all_answers
    GROUP BY ALL
    HAVING count(*) >= $repliers_min
),
sizes AS (
    SELECT * EXCLUDE (place)
    FROM (
        SELECT *, row_number() OVER (
            PARTITION BY object, network_id, episode ORDER BY md5(to_post_id), to_post_id
        ) AS place
        FROM all_sizes
    )
    WHERE place <= $posts_most
),
answers AS (
    SELECT a.*
    FROM all_answers AS a
    SEMI JOIN sizes AS s
        ON s.object = a.object AND s.to_post_id = a.to_post_id
        AND s.network_id IS NOT DISTINCT FROM a.network_id AND s.episode IS NOT DISTINCT FROM a.episode
),
shared AS (
    SELECT a.object, a.network_id, a.episode, a.to_post_id AS one, b.to_post_id AS other, count(*) AS accounts
    FROM answers AS a
    JOIN answers AS b
        ON b.object = a.object AND b.account = a.account AND b.to_post_id > a.to_post_id
        AND b.network_id IS NOT DISTINCT FROM a.network_id AND b.episode IS NOT DISTINCT FROM a.episode
    GROUP BY ALL
),
compared AS (
    SELECT s.object, s.network_id, s.episode,
        avg(coalesce(b.accounts / (s.accounts + t.accounts - b.accounts), 0)) AS overlap
    FROM sizes AS s
    JOIN sizes AS t
        ON t.object = s.object AND t.to_post_id > s.to_post_id
        AND t.network_id IS NOT DISTINCT FROM s.network_id AND t.episode IS NOT DISTINCT FROM s.episode
    LEFT JOIN shared AS b
        ON b.object = s.object AND b.one = s.to_post_id AND b.other = t.to_post_id
        AND b.network_id IS NOT DISTINCT FROM s.network_id AND b.episode IS NOT DISTINCT FROM s.episode
    GROUP BY ALL
)
SELECT e.network_id, e.object, e.episode, o.overlap, u.overlap AS usual_overlap
FROM campaign_episodes AS e
LEFT JOIN compared AS o ON o.network_id = e.network_id AND o.object = e.object AND o.episode = e.episode
LEFT JOIN compared AS u ON u.network_id IS NULL AND u.object = e.object
