-- title: what the comparable part of the crowd took up
-- reads: campaign_comparables, campaign_takings
-- writes: campaign_alike (scope, block, network_id, kind, object, takers, takings)
WITH theirs AS (
    SELECT c.scope, c.block, c.network_id, t.kind, t.object, count(*) AS takers
    FROM campaign_comparables AS c
    JOIN campaign_takings AS t ON t.scope = c.scope AND t.block = c.block AND t.account = c.account
    GROUP BY ALL
)
SELECT *, sum(takers) OVER (PARTITION BY scope, block, network_id, kind)::BIGINT AS takings
FROM theirs
