-- title: how much evidence does the crowd null expect from each candidate, before tastes that both share?
-- reads: crowd_candidates, crowd_scores, account_rates, block_rates
-- writes: candidate_rates (behaviour, window_us, account_a, account_b, rate_least, rate_low, rate_mid,
--         rate_high)
-- formula: rate_ij(theta) = sum over b, h of a_i(b) a_j(b) omega_ih omega_jh phi_bh(theta), a_i(b) = traces of i in b.
--          omega_i omega_j = base_i base_j + base_i excess_j + base_j excess_i + excess_i excess_j: here the first
--          three, which need only sums over h made once for each account and block. They bound the rate from below.
WITH wanted AS (
    SELECT DISTINCT s.behaviour, s.account_a, s.account_b
    FROM crowd_scores AS s
    JOIN crowd_candidates AS c ON c.account_a = s.account_a AND c.account_b = s.account_b
)
SELECT w.behaviour, s.window_us, w.account_a, w.account_b,
    sum(i.traces * j.traces * (s.unowned_least + i.base * j.base * s.owned_least
        + i.base * j.sum_least + j.base * i.sum_least)) AS rate_least,
    sum(i.traces * j.traces * (s.unowned_low + i.base * j.base * s.owned_low
        + i.base * j.sum_low + j.base * i.sum_low)) AS rate_low,
    sum(i.traces * j.traces * (s.unowned_mid + i.base * j.base * s.owned_mid
        + i.base * j.sum_mid + j.base * i.sum_mid)) AS rate_mid,
    sum(i.traces * j.traces * (s.unowned_high + i.base * j.base * s.owned_high
        + i.base * j.sum_high + j.base * i.sum_high)) AS rate_high
FROM wanted AS w
JOIN account_rates AS i ON i.behaviour = w.behaviour AND i.account = w.account_a
JOIN account_rates AS j
    ON j.behaviour = w.behaviour AND j.account = w.account_b AND j.block = i.block AND j.window_us = i.window_us
JOIN block_rates AS s ON s.behaviour = w.behaviour AND s.block = i.block AND s.window_us = i.window_us
GROUP BY w.behaviour, s.window_us, w.account_a, w.account_b
