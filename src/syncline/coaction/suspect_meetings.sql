-- title: the meetings of two suspects, with their posts; who is in the crowd is judged no further
-- reads: repeated_pairs, suspects, traces
-- writes: judged_meetings (behaviour, object, account_a, account_b, post_a, post_b, time_a_us, time_b_us)
-- formula: leaving a pair out sets its evidence to 0, which no error control minds
WITH chosen AS (
    SELECT behaviour, object, account_a, account_b
    FROM repeated_pairs
    WHERE account_a IN (SELECT account FROM suspects) AND account_b IN (SELECT account FROM suspects)
),
-- One key to join on, so that no engine is tempted to join accounts before objects.
keyed AS (
    SELECT object * 1073741824::BIGINT + account AS trace, post, time_us
    FROM traces
    WHERE account IN (SELECT account FROM suspects)
)
SELECT c.behaviour, c.object, c.account_a, c.account_b,
    a.post AS post_a, b.post AS post_b, a.time_us AS time_a_us, b.time_us AS time_b_us
FROM chosen AS c
JOIN keyed AS a ON a.trace = c.object * 1073741824::BIGINT + c.account_a
JOIN keyed AS b ON b.trace = c.object * 1073741824::BIGINT + c.account_b
-- Sorted once, for all who count the meetings of a pair later.
ORDER BY behaviour, account_a, account_b, post_a, post_b
