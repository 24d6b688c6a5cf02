-- title: how much each network, and the crowd, took up at all, taste by taste
-- reads: campaign_takings, campaign_background
-- writes: campaign_exposures (scope, block, day, kind, community, network_id, takings)
-- formula: takings = pairs of account and object; the crowd has no network_id
SELECT t.scope, t.block, t.day, t.kind, b.community, t.network_id, count(*) AS takings
FROM campaign_takings AS t
JOIN campaign_background AS b ON b.object = t.object
WHERE t.outside OR t.network_id IS NOT NULL
GROUP BY ALL
