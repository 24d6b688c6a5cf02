-- title: how often those who have a habit met on one day, and how often by the clock on different days
-- reads: habitual
-- writes: habit_meetings (subject, accounts, pairs, met, pairs_apart, met_apart)
-- formula: pairs = of accounts that came on one day, for each such day; met = those of them that came in the same ten
--          minutes; pairs_apart = of accounts on two different days, for each two days; met_apart = those of them that
--          came at the same ten minutes of the day
WITH on_one_day AS (
    SELECT subject, sum(taken * (taken - 1) / 2) AS pairs
    FROM (SELECT subject, object, count(*) AS taken FROM habitual GROUP BY subject, object)
    GROUP BY subject
),
met_on_one_day AS (
    SELECT subject, sum(taken * (taken - 1) / 2) AS pairs
    FROM (SELECT subject, object, ten_minutes, count(*) AS taken FROM habitual GROUP BY subject, object, ten_minutes)
    GROUP BY subject
),
-- Of any two days, the same one too; an account makes no pair with itself.
on_any_days AS (
    SELECT subject, max(accounts) AS accounts, (sum(taken) ** 2 - sum(taken ** 2)) / 2 AS pairs
    FROM (SELECT subject, account, max(accounts) AS accounts, count(*) AS taken FROM habitual GROUP BY subject, account)
    GROUP BY subject
),
met_on_any_days AS (
    SELECT subject, sum(pairs) AS pairs
    FROM (
        SELECT subject, (sum(taken) ** 2 - sum(taken ** 2)) / 2 AS pairs
        FROM (
            SELECT subject, account, ten_minutes, count(*) AS taken
            FROM habitual
            GROUP BY subject, account, ten_minutes
        )
        GROUP BY subject, ten_minutes
    )
    GROUP BY subject
)
SELECT
    o.subject,
    a.accounts,
    o.pairs,
    m.pairs AS met,
    a.pairs - o.pairs AS pairs_apart,
    n.pairs - m.pairs AS met_apart
FROM on_one_day AS o
JOIN met_on_one_day AS m ON m.subject = o.subject
JOIN on_any_days AS a ON a.subject = o.subject
JOIN met_on_any_days AS n ON n.subject = o.subject
