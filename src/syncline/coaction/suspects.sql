-- title: who is suspect? A liberal choice that names nobody: it only decides who is not the crowd
-- reads: chance_evidence
-- writes: suspects (account)
-- formula: e-BH (Wang & Ramdas 2022) in each behaviour and window over all m pairs: the largest K with
--          K pairs of e >= m / (alpha K); their accounts. Only pairs of e >= m / (alpha all) need a place
WITH ranked AS (
    SELECT account_a, account_b, log_e, row_number() OVER (
        PARTITION BY behaviour, window_us ORDER BY log_e DESC, account_a, account_b
    ) AS place, behaviour, window_us
    FROM chance_evidence
    WHERE log_e >= ln($pairs_tested / ($alpha * greatest((SELECT count(*) FROM chance_evidence), 1)))
),
bars AS (
    SELECT behaviour, window_us, max(place) AS discoveries
    FROM ranked
    WHERE log_e >= ln($pairs_tested / ($alpha * place))
    GROUP BY behaviour, window_us
),
found AS (
    SELECT r.account_a, r.account_b
    FROM ranked AS r
    JOIN bars AS b ON b.behaviour = r.behaviour AND b.window_us = r.window_us AND r.place <= b.discoveries
)
SELECT account_a AS account FROM found
UNION
SELECT account_b AS account FROM found
