-- title: what does a network take up on its quieter days anyway?
-- reads: campaign_candidates, campaign_takings, campaign_exposures
-- writes: campaign_habits (network_id, object, takers, takings)
-- formula: of the days on which the network took up anything of the kind, the half with the lowest share of the object;
--          an order that is repeated on many days is thus no habit, and what is done on most days is
WITH asked AS (
    SELECT DISTINCT network_id, kind, object FROM campaign_candidates
),
days AS (
    SELECT network_id, kind, block AS day, sum(takings)::BIGINT AS takings
    FROM campaign_exposures
    WHERE scope = 1 AND network_id IS NOT NULL
    GROUP BY network_id, kind, block
),
taken AS (
    SELECT network_id, object, day, count(*) AS takers
    FROM campaign_takings
    WHERE scope = 1
    GROUP BY network_id, object, day
),
ranked AS (
    SELECT
        a.network_id,
        a.object,
        coalesce(t.takers, 0) AS takers,
        d.takings,
        row_number() OVER (
            PARTITION BY a.network_id, a.object ORDER BY coalesce(t.takers, 0) / d.takings, d.day
        ) AS place,
        count(*) OVER (PARTITION BY a.network_id, a.object) AS days
    FROM asked AS a
    JOIN days AS d ON d.network_id = a.network_id AND d.kind = a.kind
    LEFT JOIN taken AS t ON t.network_id = a.network_id AND t.object = a.object AND t.day = d.day
)
SELECT network_id, object, sum(takers)::BIGINT AS takers, sum(takings)::BIGINT AS takings
FROM ranked
WHERE place <= days // 2
GROUP BY network_id, object
