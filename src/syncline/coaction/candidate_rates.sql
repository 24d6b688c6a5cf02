-- title: how much evidence does the crowd null expect from each candidate, before tastes that both share?
-- reads: crowd_candidates, crowd_scores, traces_in_blocks, tastes, crowd_potential
-- writes: candidate_rates (behaviour, window_us, account_a, account_b, rate_low, rate_mid, rate_high)
-- formula: rate_ij(theta) = sum over b, h of a_i(b) a_j(b) omega_ih omega_jh phi_bh(theta), a_i(b) = traces of i in b.
--          omega_i omega_j = base_i base_j + base_i excess_j + base_j excess_i + excess_i excess_j: here the first
--          three, which need only sums over h made once for each account and block. They bound the rate from below.
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
),
block_sums AS (
    SELECT behaviour, window_us, block,
        sum(CASE WHEN community = 0 THEN phi_low ELSE 0 END) AS unowned_low,
        sum(CASE WHEN community = 0 THEN phi_mid ELSE 0 END) AS unowned_mid,
        sum(CASE WHEN community = 0 THEN phi_high ELSE 0 END) AS unowned_high,
        sum(CASE WHEN community = 0 THEN 0 ELSE phi_low END) AS owned_low,
        sum(CASE WHEN community = 0 THEN 0 ELSE phi_mid END) AS owned_mid,
        sum(CASE WHEN community = 0 THEN 0 ELSE phi_high END) AS owned_high
    FROM crowd_potential
    GROUP BY behaviour, window_us, block
),
-- Everything that one account brings to the product, for each block and window.
account_sums AS (
    SELECT a.behaviour, p.window_us, a.account, a.block, any_value(a.base) AS base, any_value(a.traces) AS traces,
        coalesce(sum(t.excess * p.phi_low), 0) AS sum_low,
        coalesce(sum(t.excess * p.phi_mid), 0) AS sum_mid,
        coalesce(sum(t.excess * p.phi_high), 0) AS sum_high
    FROM activity AS a
    JOIN crowd_potential AS p ON p.behaviour = a.behaviour AND p.block = a.block
    LEFT JOIN tastes AS t
        ON t.behaviour = a.behaviour AND t.account = a.account AND t.community = p.community AND t.community <> 0
    GROUP BY a.behaviour, p.window_us, a.account, a.block
)
SELECT w.behaviour, s.window_us, w.account_a, w.account_b,
    sum(i.traces * j.traces * (s.unowned_low + i.base * j.base * s.owned_low
        + i.base * j.sum_low + j.base * i.sum_low)) AS rate_low,
    sum(i.traces * j.traces * (s.unowned_mid + i.base * j.base * s.owned_mid
        + i.base * j.sum_mid + j.base * i.sum_mid)) AS rate_mid,
    sum(i.traces * j.traces * (s.unowned_high + i.base * j.base * s.owned_high
        + i.base * j.sum_high + j.base * i.sum_high)) AS rate_high
FROM wanted AS w
JOIN account_sums AS i ON i.behaviour = w.behaviour AND i.account = w.account_a
JOIN account_sums AS j
    ON j.behaviour = w.behaviour AND j.account = w.account_b AND j.block = i.block AND j.window_us = i.window_us
JOIN block_sums AS s ON s.behaviour = w.behaviour AND s.block = i.block AND s.window_us = i.window_us
GROUP BY w.behaviour, s.window_us, w.account_a, w.account_b
