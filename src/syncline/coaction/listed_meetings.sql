-- title: the meetings of pairs that were chosen elsewhere, to be judged whoever is suspect here
-- reads: repeated_pairs, crowd_candidates, traces
-- writes: judged_meetings (behaviour, object, account_a, account_b, post_a, post_b, time_a_us, time_b_us)
-- formula: the pairs of crowd_candidates
WITH chosen AS (
    SELECT p.behaviour, p.object, p.account_a, p.account_b
    FROM repeated_pairs AS p
    JOIN crowd_candidates AS l ON l.account_a = p.account_a AND l.account_b = p.account_b
),
keyed AS (
    SELECT object * 1073741824::BIGINT + account AS trace, post, time_us
    FROM traces
    WHERE account IN (SELECT account_a FROM chosen UNION SELECT account_b FROM chosen)
)
SELECT c.behaviour, c.object, c.account_a, c.account_b,
    a.post AS post_a, b.post AS post_b, a.time_us AS time_a_us, b.time_us AS time_b_us
FROM chosen AS c
JOIN keyed AS a ON a.trace = c.object * 1073741824::BIGINT + c.account_a
JOIN keyed AS b ON b.trace = c.object * 1073741824::BIGINT + c.account_b
