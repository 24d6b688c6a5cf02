-- title: everything that one account brings to the rate of a pair
-- reads: crowd_candidates, crowd_scores, traces_in_blocks, tastes, crowd_potential
-- writes: account_rates (behaviour, window_us, account, block, base, traces, sum_least, sum_low, sum_mid,
--         sum_high)
-- formula: traces = a_i(b); sum(theta) = sum over h of excess_ih phi_bh(theta)
WITH wanted AS (
    SELECT DISTINCT s.behaviour, s.account_a, s.account_b
    FROM crowd_scores AS s
    JOIN crowd_candidates AS c ON c.account_a = s.account_a AND c.account_b = s.account_b
),
activity AS (
    SELECT t.behaviour, t.account, t.block, any_value(b.base) AS base, count(*)::DOUBLE AS traces
    FROM traces_in_blocks AS t
    JOIN (
        SELECT behaviour, account, any_value(base) AS base
        FROM tastes
        WHERE account IN (SELECT account_a FROM wanted UNION SELECT account_b FROM wanted)
        GROUP BY behaviour, account
    ) AS b ON b.behaviour = t.behaviour AND b.account = t.account
    GROUP BY t.behaviour, t.account, t.block
)
SELECT a.behaviour, p.window_us, a.account, a.block, any_value(a.base) AS base, any_value(a.traces) AS traces,
    coalesce(sum(t.excess * p.phi_least), 0) AS sum_least,
    coalesce(sum(t.excess * p.phi_low), 0) AS sum_low,
    coalesce(sum(t.excess * p.phi_mid), 0) AS sum_mid,
    coalesce(sum(t.excess * p.phi_high), 0) AS sum_high
FROM activity AS a
JOIN crowd_potential AS p ON p.behaviour = a.behaviour AND p.block = a.block
LEFT JOIN tastes AS t
    ON t.behaviour = a.behaviour AND t.account = a.account AND t.community = p.community AND t.community <> 0
GROUP BY a.behaviour, p.window_us, a.account, a.block
