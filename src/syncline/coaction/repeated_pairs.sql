-- title: the meetings of tested accounts that met on enough distinct objects; fewer meetings are no evidence
-- reads: pairs, account_margins
-- writes: repeated_pairs (as pairs)
-- formula: both accounts have $actions_min traces or more in some behaviour; $actions_min co-acted objects or more
WITH tested AS (
    SELECT account
    FROM account_margins
    GROUP BY account
    HAVING max(k) >= $actions_min
),
repeated AS (
    SELECT behaviour, account_a, account_b
    FROM pairs
    GROUP BY behaviour, account_a, account_b
    HAVING count(*) >= $actions_min
)
SELECT p.*
FROM pairs AS p
JOIN repeated AS r ON r.behaviour = p.behaviour AND r.account_a = p.account_a AND r.account_b = p.account_b
WHERE p.account_a IN (SELECT account FROM tested) AND p.account_b IN (SELECT account FROM tested)
