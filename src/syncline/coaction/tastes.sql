-- title: which communities of objects does an account frequent more than others do?
-- reads: traces_in_blocks, object_communities, judged_meetings
-- writes: tastes (behaviour, account, community, excess, base)
-- formula: omega_ih = (k_ih + s pi_h) / ((k_i + s) pi_h) = base_i + excess_ih,
--          base_i = s / (k_i + s), excess_ih = k_ih / ((k_i + s) pi_h); pi_h = share of h in everyone's traces.
--          Community 0 holds the objects without a crowd: omega_i0 = 1.
--          Only of accounts that are judged.
WITH in_communities AS (
    SELECT t.behaviour, t.account, coalesce(c.community, 0) AS community
    FROM traces_in_blocks AS t
    LEFT JOIN object_communities AS c ON c.object = t.object
),
shares AS (
    SELECT behaviour, community, count(*)::DOUBLE / sum(count(*)) OVER (PARTITION BY behaviour) AS share
    FROM in_communities
    GROUP BY behaviour, community
),
counts AS (
    SELECT behaviour, account, community, count(*)::DOUBLE AS k,
        sum(count(*)::DOUBLE) OVER (PARTITION BY behaviour, account) AS total
    FROM in_communities
    WHERE account IN (SELECT account_a FROM judged_meetings UNION SELECT account_b FROM judged_meetings)
    GROUP BY behaviour, account, community
)
SELECT c.behaviour, c.account, c.community,
    CASE WHEN c.community = 0 THEN 0 ELSE c.k / ((c.total + $taste_prior) * s.share) END AS excess,
    $taste_prior / (c.total + $taste_prior) AS base
FROM counts AS c
JOIN shares AS s ON s.behaviour = c.behaviour AND s.community = c.community
