-- title: which two accounts met most beyond what the popularity of their things lets them?
-- reads: chance_evidence, eligible, account_margins
-- writes: closest_pair (window_us, objects, expected, beyond)
-- formula: expected = k_i k_j (sum of c_o over the objects in use); beyond = n ln(n / expected) - n + expected, the
--          logarithm of the likelihood ratio of n meetings at their own rate (Poisson); the pair with the most of it
WITH rates AS (
    SELECT behaviour, window_us, sum(chance) AS rate
    FROM eligible
    WHERE usable
    GROUP BY behaviour, window_us
),
met AS (
    SELECT e.behaviour, e.window_us, e.account_a, e.account_b, e.objects, i.k * j.k * r.rate AS expected
    FROM chance_evidence AS e
    JOIN rates AS r ON r.behaviour = e.behaviour AND r.window_us = e.window_us
    JOIN account_margins AS i ON i.behaviour = e.behaviour AND i.account = e.account_a
    JOIN account_margins AS j ON j.behaviour = e.behaviour AND j.account = e.account_b
)
SELECT window_us, objects, expected, objects * ln(objects / expected) - objects + expected AS beyond
FROM met
WHERE objects > expected
ORDER BY beyond DESC, behaviour, window_us, account_a, account_b
LIMIT 1
