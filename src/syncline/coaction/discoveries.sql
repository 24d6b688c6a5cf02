-- title: which pairs pass the error control?
-- reads: pair_evidence
-- writes: discoveries (account_a, account_b, log_e, log_p, objects)
-- formula: e-BH (Wang & Ramdas 2022) over all m pairs: the largest K with K pairs of e >= m / (alpha K);
--          valid under any dependence
WITH ranked AS (
    SELECT *, row_number() OVER (ORDER BY log_e DESC, account_a, account_b) AS place
    FROM pair_evidence
)
SELECT account_a, account_b, log_e, log_p, objects
FROM ranked
WHERE place <= (SELECT max(place) FROM ranked WHERE log_e >= ln($pairs_tested / ($alpha * place)))
