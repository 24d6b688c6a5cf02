-- title: what share of its takings has a network in objects of each taste, and the crowd?
-- reads: campaign_exposures, campaign_background
-- writes: campaign_tastes (kind, community, network_id, takings, all_takings, crowd_share, everybody, place)
-- formula: account-days on objects of the community (everybody: by anybody), and on all objects of the kind; place 1 is
--          the network's favourite community
WITH days AS (
    SELECT kind, community, network_id, sum(takings) AS takings
    FROM campaign_exposures
    WHERE scope = 1
    GROUP BY kind, community, network_id
),
everybody AS (
    SELECT kind, community, sum(taken) AS takings
    FROM campaign_background
    GROUP BY kind, community
),
crowd AS (
    SELECT kind, community, takings / sum(takings) OVER (PARTITION BY kind) AS share
    FROM days
    WHERE network_id IS NULL
),
networks AS (
    SELECT kind, community, network_id, takings, sum(takings) OVER (PARTITION BY kind, network_id) AS all_takings
    FROM days
    WHERE network_id IS NOT NULL
)
SELECT
    n.kind,
    n.community,
    n.network_id,
    n.takings,
    n.all_takings,
    c.share AS crowd_share,
    e.takings AS everybody,
    row_number() OVER (PARTITION BY n.kind, n.network_id ORDER BY n.takings DESC, n.community) AS place
FROM networks AS n
JOIN crowd AS c ON c.kind = n.kind AND c.community = n.community
JOIN everybody AS e ON e.kind = n.kind AND e.community = n.community
