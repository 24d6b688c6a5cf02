-- title: the meetings of pairs that were chosen elsewhere, to be judged whoever is suspect here
-- reads: repeated_pairs, crowd_candidates
-- writes: judged_meetings (as pairs)
-- formula: the pairs of crowd_candidates
SELECT p.*
FROM repeated_pairs AS p
JOIN crowd_candidates AS c ON c.account_a = p.account_a AND c.account_b = p.account_b
