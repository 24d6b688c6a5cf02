-- title: the part of the crowd that is most like the network, and active in the same block
-- reads: campaign_candidates, campaign_takings, campaign_similarities
-- writes: campaign_comparables (scope, block, network_id, account)
-- formula: from the most similar downwards until they took up breadth times as much as the network; what is tested on
--          even days is compared by the taste of odd days, and the reverse, so that the test does not choose its judges
WITH asked AS (
    SELECT DISTINCT scope, block, network_id, coalesce(1 - day % 2, 2) AS half
    FROM campaign_candidates
),
own AS (
    SELECT scope, block, network_id, count(*) AS takings
    FROM campaign_takings
    WHERE network_id IS NOT NULL
    GROUP BY scope, block, network_id
),
active AS (
    SELECT scope, block, account, count(*) AS takings
    FROM campaign_takings
    WHERE outside
    GROUP BY scope, block, account
),
ranked AS (
    SELECT
        q.scope,
        q.block,
        q.network_id,
        a.account,
        o.takings AS own_takings,
        sum(a.takings) OVER (
            PARTITION BY q.scope, q.block, q.network_id
            ORDER BY coalesce(s.score, 0) DESC, a.account
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) - a.takings AS before
    FROM asked AS q
    JOIN own AS o ON o.scope = q.scope AND o.block = q.block AND o.network_id = q.network_id
    JOIN active AS a ON a.scope = q.scope AND a.block = q.block
    LEFT JOIN campaign_similarities AS s
        ON s.half = q.half AND s.network_id = q.network_id AND s.account = a.account
)
SELECT scope, block, network_id, account
FROM ranked
WHERE before < $breadth * own_takings
