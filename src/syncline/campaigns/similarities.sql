-- title: how alike is the taste of somebody of the crowd to that of a network?
-- reads: campaign_taken_in_halves
-- writes: campaign_similarities (half, network_id, account, score)
-- formula: sum of weight x members on the object, over the root of the account's sum of weights (a cosine)
WITH profiles AS (
    SELECT half, network_id, object, count(*) AS members
    FROM campaign_taken_in_halves
    WHERE network_id IS NOT NULL
    GROUP BY half, network_id, object
),
lengths AS (
    SELECT half, account, sqrt(sum(weight)) AS length
    FROM campaign_taken_in_halves
    WHERE outside
    GROUP BY half, account
)
SELECT t.half, p.network_id, t.account, sum(t.weight * p.members) / any_value(l.length) AS score
FROM campaign_taken_in_halves AS t
JOIN profiles AS p ON p.half = t.half AND p.object = t.object
JOIN lengths AS l ON l.half = t.half AND l.account = t.account
WHERE t.outside
GROUP BY t.half, p.network_id, t.account
