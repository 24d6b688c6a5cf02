-- title: evidence against the crowd: on its active days each account picks what the others pick, at their speed
-- reads: crowd_finalists, crowd_scores, candidate_rates, shared_taste_rates, account_paces
-- writes: crowd_evidence (behaviour, window_us, account_a, account_b, objects, score, log_e, log_p)
-- formula: as chance_evidence, with pace_i pace_j rate_ij(theta) in the place of k_i k_j phi(theta)
WITH paced AS (
    SELECT s.*, coalesce(i.pace, 1) * coalesce(j.pace, 1) AS pace
    FROM crowd_scores AS s
    LEFT JOIN account_paces AS i
        ON i.behaviour = s.behaviour AND i.window_us = s.window_us AND i.account = s.account_a
    LEFT JOIN account_paces AS j
        ON j.behaviour = s.behaviour AND j.window_us = s.window_us AND j.account = s.account_b
)
SELECT behaviour, window_us, account_a, account_b, objects, score,
    highest + ln(
        $theta_least_weight * exp(lowest - highest)
        + (1 - $theta_least_weight) / 3 * (exp(low - highest) + exp(mid - highest) + exp(high - highest))
    ) AS log_e,
    least(-highest, 0) AS log_p
FROM (
    SELECT *, greatest(lowest, low, mid, high) AS highest
    FROM (
        SELECT s.*,
            $theta_least * s.score - s.pace * (r.rate_least + coalesce(t.rate_least, 0)) AS lowest,
            $theta_low * s.score - s.pace * (r.rate_low + coalesce(t.rate_low, 0)) AS low,
            $theta_mid * s.score - s.pace * (r.rate_mid + coalesce(t.rate_mid, 0)) AS mid,
            $theta_high * s.score - s.pace * (r.rate_high + coalesce(t.rate_high, 0)) AS high
        FROM paced AS s
        JOIN crowd_finalists AS f ON f.account_a = s.account_a AND f.account_b = s.account_b
        JOIN candidate_rates AS r
            ON r.behaviour = s.behaviour AND r.window_us = s.window_us
            AND r.account_a = s.account_a AND r.account_b = s.account_b
        LEFT JOIN shared_taste_rates AS t
            ON t.behaviour = s.behaviour AND t.window_us = s.window_us
            AND t.account_a = s.account_a AND t.account_b = s.account_b
    )
)
