-- title: which pairs pass the error control?
-- reads: pair_evidence
-- writes: discoveries (account_a, account_b, log_e, log_p, objects)
-- formula: e-BH (Wang & Ramdas 2022) over all m pairs: the largest K with K pairs of e >= m / (alpha K);
--          valid under any dependence. Only pairs of e >= m / (alpha all) need a place, and those are few
WITH ranked AS (
    SELECT *, row_number() OVER (ORDER BY log_e DESC, account_a, account_b) AS place
    FROM pair_evidence
    WHERE log_e >= ln($pairs_tested / ($alpha * greatest((SELECT count(*) FROM pair_evidence), 1)))
)
SELECT account_a, account_b, log_e, log_p, objects
FROM ranked
WHERE place <= (SELECT max(place) FROM ranked WHERE log_e >= ln($pairs_tested / ($alpha * place)))
