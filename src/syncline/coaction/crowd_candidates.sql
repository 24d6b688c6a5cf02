-- title: which pairs could pass at all, whatever their rates?
-- reads: crowd_scores
-- writes: crowd_candidates (account_a, account_b)
-- formula: e <= exp(theta_high T): e-BH on that bound keeps every pair that e-BH on the evidence would keep.
--          Only pairs of e >= m / (alpha all) need a place
WITH bounds AS (
    SELECT account_a, account_b, $theta_high * max(score) AS log_bound
    FROM crowd_scores
    GROUP BY account_a, account_b
),
ranked AS (
    SELECT account_a, account_b, log_bound, row_number() OVER (ORDER BY log_bound DESC) AS place
    FROM bounds
    WHERE log_bound >= ln($pairs_tested / ($alpha * greatest((SELECT count(*) FROM bounds), 1)))
)
SELECT account_a, account_b
FROM ranked
WHERE place <= (SELECT max(place) FROM ranked WHERE log_bound >= ln($pairs_tested / ($alpha * place)))
