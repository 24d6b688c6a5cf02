-- title: the meetings of pairs that met on enough distinct objects; fewer meetings are no evidence
-- reads: pairs
-- writes: repeated_pairs (behaviour, object, account_a, account_b, lag_us)
-- formula: $actions_min co-acted objects or more
SELECT (pair // 1152921504606846976)::UTINYINT AS behaviour, object,
    (pair // 1073741824 % 1073741824)::INTEGER AS account_a, (pair % 1073741824)::INTEGER AS account_b, lag_us
FROM pairs
WHERE pair IN (SELECT pair FROM pairs GROUP BY pair HAVING count(*) >= $actions_min)
