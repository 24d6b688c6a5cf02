-- title: the meetings of two suspects; who is in the crowd is judged no further
-- reads: repeated_pairs, suspects
-- writes: judged_meetings (as pairs)
-- formula: leaving a pair out sets its evidence to 0, which no error control minds
SELECT p.*
FROM repeated_pairs AS p
WHERE p.account_a IN (SELECT account FROM suspects) AND p.account_b IN (SELECT account FROM suspects)
