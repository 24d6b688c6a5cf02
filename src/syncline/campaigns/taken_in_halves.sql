-- title: which objects who took up in which half of the days
-- reads: campaign_takings, campaign_taste_weights
-- writes: campaign_taken_in_halves (half, account, network_id, outside, object, weight)
-- formula: half 0: even days, 1: odd days, 2: all days
SELECT DISTINCT t.day % 2 AS half, t.account, t.network_id, t.outside, t.object, w.weight
FROM campaign_takings AS t
JOIN campaign_taste_weights AS w ON w.object = t.object
WHERE t.scope = 1 AND (t.outside OR t.network_id IS NOT NULL)
UNION ALL
SELECT DISTINCT 2, t.account, t.network_id, t.outside, t.object, w.weight
FROM campaign_takings AS t
JOIN campaign_taste_weights AS w ON w.object = t.object
WHERE t.scope = 0 AND (t.outside OR t.network_id IS NOT NULL)
