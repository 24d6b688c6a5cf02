-- title: what could each account have shown, had others done exactly what it did?
-- reads: traces, eligible, windows, chance_potential
-- writes: telling_actions (behaviour, window_us, account, k, telling, log_e)
-- formula: k_i; of them those on objects that are not left out; e = max over theta of exp(theta T - k_i^2 phi(theta)),
--          T = sum of w_o over them, w_max where an object is nobody else's
WITH counted AS (
    SELECT t.behaviour, w.window_us, t.account, count(*)::DOUBLE AS k,
        sum(CASE WHEN e.object IS NULL OR e.usable THEN 1.0 ELSE 0.0 END) AS telling,
        sum(CASE WHEN e.object IS NULL THEN $surprisal_max WHEN e.usable THEN e.surprisal ELSE 0.0 END) AS score
    FROM traces AS t
    CROSS JOIN windows AS w
    LEFT JOIN eligible AS e ON e.object = t.object AND e.window_us = w.window_us
    GROUP BY t.behaviour, w.window_us, t.account
)
SELECT c.behaviour, c.window_us, c.account, c.k, c.telling,
    greatest(
        $theta_least * c.score - c.k * c.k * coalesce(p.phi_least, 0),
        $theta_low * c.score - c.k * c.k * coalesce(p.phi_low, 0),
        $theta_mid * c.score - c.k * c.k * coalesce(p.phi_mid, 0),
        $theta_high * c.score - c.k * c.k * coalesce(p.phi_high, 0)
    ) AS log_e
FROM counted AS c
LEFT JOIN chance_potential AS p ON p.behaviour = c.behaviour AND p.window_us = c.window_us
