-- title: the meetings of tested accounts that met on enough distinct objects; fewer meetings are no evidence
-- reads: pairs, traces, account_margins
-- writes: repeated_pairs (behaviour, object, account_a, account_b, post_a, post_b, time_a_us, time_b_us)
-- formula: both accounts have $actions_min traces or more in some behaviour; $actions_min co-acted objects or more
WITH tested AS (
    SELECT account
    FROM account_margins
    GROUP BY account
    HAVING max(k) >= $actions_min
),
repeated AS (
    SELECT pair, (pair // 1073741824 % 1073741824)::INTEGER AS account_a, (pair % 1073741824)::INTEGER AS account_b
    FROM (SELECT pair FROM pairs GROUP BY pair HAVING count(*) >= $actions_min)
)
SELECT a.behaviour, p.object, r.account_a, r.account_b,
    a.post AS post_a, b.post AS post_b, a.time_us AS time_a_us, b.time_us AS time_b_us
FROM pairs AS p
JOIN repeated AS r ON r.pair = p.pair
JOIN traces AS a ON a.object = p.object AND a.account = r.account_a
JOIN traces AS b ON b.object = p.object AND b.account = r.account_b
WHERE r.account_a IN (SELECT account FROM tested) AND r.account_b IN (SELECT account FROM tested)
