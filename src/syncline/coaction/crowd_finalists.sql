-- title: which candidates could still pass, now that most of their rates is known?
-- reads: crowd_scores, candidate_rates
-- writes: crowd_finalists (account_a, account_b)
-- formula: the rate is at least candidate_rates, so exp(theta T - rate) bounds the evidence from above; e-BH on that
--          bound keeps every pair that e-BH on the evidence would keep. Only pairs of e >= m / (alpha all) need a place
WITH bounds AS (
    SELECT s.account_a, s.account_b, max(greatest(
        $theta_least * s.score - r.rate_least, $theta_low * s.score - r.rate_low,
        $theta_mid * s.score - r.rate_mid, $theta_high * s.score - r.rate_high
    )) AS log_bound
    FROM crowd_scores AS s
    JOIN candidate_rates AS r
        ON r.behaviour = s.behaviour AND r.window_us = s.window_us
        AND r.account_a = s.account_a AND r.account_b = s.account_b
    GROUP BY s.account_a, s.account_b
),
ranked AS (
    SELECT account_a, account_b, log_bound, row_number() OVER (ORDER BY log_bound DESC) AS place
    FROM bounds
    WHERE log_bound >= ln($pairs_tested / ($alpha * greatest((SELECT count(*) FROM bounds), 1)))
)
SELECT account_a, account_b
FROM ranked
WHERE place <= (SELECT max(place) FROM ranked WHERE log_bound >= ln($pairs_tested / ($alpha * place)))
