-- title: evidence against chance: everyone picks objects by popularity, independently
-- reads: chance_scores, chance_potential, account_margins
-- writes: chance_evidence (behaviour, window_us, account_a, account_b, objects, score, log_e, log_p)
-- formula: e_ij = weighted mean over theta of exp(theta T_ij - k_i k_j phi(theta)); E[e] <= 1 under the null, an
--          e-value. p_ij <= min over theta of exp(k_i k_j phi(theta) - theta T_ij). Natural logarithms.
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
            $theta_least * s.score - a.k * b.k * c.phi_least AS lowest,
            $theta_low * s.score - a.k * b.k * c.phi_low AS low,
            $theta_mid * s.score - a.k * b.k * c.phi_mid AS mid,
            $theta_high * s.score - a.k * b.k * c.phi_high AS high
        FROM chance_scores AS s
        JOIN chance_potential AS c ON c.behaviour = s.behaviour AND c.window_us = s.window_us
        JOIN account_margins AS a ON a.behaviour = s.behaviour AND a.account = s.account_a
        JOIN account_margins AS b ON b.behaviour = s.behaviour AND b.account = s.account_b
    )
)
