-- title: all behaviours and windows of a pair together
-- reads: crowd_evidence
-- writes: pair_evidence (account_a, account_b, log_e, log_p, objects)
-- formula: the mean of e-values over the behaviours and windows in use, a missing one counting 0, is an e-value;
--          the p bound is the best one times their number (Bonferroni)
SELECT account_a, account_b,
    max(log_e) + ln(sum(exp(log_e - highest)) / $slots) AS log_e,
    least(min(log_p) + ln($slots), 0) AS log_p,
    max(objects) AS objects
FROM (SELECT *, max(log_e) OVER (PARTITION BY account_a, account_b) AS highest FROM crowd_evidence)
GROUP BY account_a, account_b
