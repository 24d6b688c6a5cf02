-- title: what do two accounts have together within the window?
-- reads: repeated_pairs, eligible
-- appends: chance_scores (behaviour, window_us, account_a, account_b, objects, score)
-- formula: T_ij = sum of w_o over co-acted objects, $actions_min distinct ones at least
SELECT p.behaviour, e.window_us, p.account_a, p.account_b, count(*) AS objects, sum(e.surprisal) AS score
FROM repeated_pairs AS p
JOIN eligible AS e ON e.object = p.object AND e.window_us = $window_us AND e.usable
WHERE p.lag_us <= $window_us
GROUP BY p.behaviour, e.window_us, p.account_a, p.account_b
HAVING count(*) >= $actions_min
