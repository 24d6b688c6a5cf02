-- title: which communities of objects does an account frequent more than others do?
-- reads: traces_in_blocks, crowd_objects, object_communities, judged_meetings
-- writes: tastes (behaviour, account, community, excess, base)
-- formula: omega_ih = (k_ih + s pi_h) / ((k_i + s) pi_h) = base_i + excess_ih,
--          base_i = s / (k_i + s), excess_ih = k_ih / ((k_i + s) pi_h); pi_h = share of h in everyone's traces.
--          Community 0 holds the objects without a crowd: omega_i0 = 1.
--          Only of accounts that are judged.
WITH shares AS (
    SELECT o.behaviour, coalesce(c.community, 0) AS community,
        sum(o.accounts) / sum(sum(o.accounts)) OVER (PARTITION BY o.behaviour) AS share
    FROM crowd_objects AS o
    LEFT JOIN object_communities AS c ON c.object = o.object
    GROUP BY o.behaviour, coalesce(c.community, 0)
),
theirs AS (
    SELECT behaviour, object, account
    FROM traces_in_blocks
    WHERE account IN (SELECT account_a FROM judged_meetings UNION SELECT account_b FROM judged_meetings)
),
counts AS (
    SELECT t.behaviour, t.account, coalesce(c.community, 0) AS community, count(*)::DOUBLE AS k,
        sum(count(*)::DOUBLE) OVER (PARTITION BY t.behaviour, t.account) AS total
    FROM theirs AS t
    LEFT JOIN object_communities AS c ON c.object = t.object
    GROUP BY t.behaviour, t.account, coalesce(c.community, 0)
)
SELECT c.behaviour, c.account, c.community,
    CASE WHEN c.community = 0 THEN 0 ELSE c.k / ((c.total + $taste_prior) * s.share) END AS excess,
    $taste_prior / (c.total + $taste_prior) AS base
FROM counts AS c
JOIN shares AS s ON s.behaviour = c.behaviour AND s.community = c.community
