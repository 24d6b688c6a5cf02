-- title: how many members of each network were active in each block
-- reads: campaign_takings
-- writes: campaign_active (scope, block, network_id, accounts)
SELECT scope, block, network_id, count(DISTINCT account) AS accounts
FROM campaign_takings
GROUP BY scope, block, network_id
