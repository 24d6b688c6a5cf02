-- title: habits of few accounts who come no closer to each other on one day than on different days
-- reads: habitual
-- writes: customs_of_few (subject)
-- formula: met = pairs of accounts in the same ten minutes of one day, of the pairs that came on that day;
--          expected = pairs * (share of pairs of accounts, on two different days, at the same ten minutes of the day);
--          a custom where met < $habit_meetings + expected + $habit_deviations sqrt(expected), the deviations of a
--          Poisson variable, and met < $habit_together^2 pairs, as where $habit_together of them come within ten
--          minutes
WITH of_few AS (
    SELECT subject, account, object, ten_minutes
    FROM habitual
    WHERE accounts < $habit_accounts
),
on_one_day AS (
    SELECT subject, sum(taken * (taken - 1) / 2) AS pairs
    FROM (SELECT subject, object, count(*) AS taken FROM of_few GROUP BY subject, object)
    GROUP BY subject
),
met_on_one_day AS (
    SELECT subject, sum(taken * (taken - 1) / 2) AS pairs
    FROM (SELECT subject, object, ten_minutes, count(*) AS taken FROM of_few GROUP BY subject, object, ten_minutes)
    GROUP BY subject
),
-- Of any two days, the same one too; an account makes no pair with itself.
on_any_days AS (
    SELECT subject, (sum(taken) ** 2 - sum(taken ** 2)) / 2 AS pairs
    FROM (SELECT subject, account, count(*) AS taken FROM of_few GROUP BY subject, account)
    GROUP BY subject
),
met_on_any_days AS (
    SELECT subject, sum(pairs) AS pairs
    FROM (
        SELECT subject, (sum(taken) ** 2 - sum(taken ** 2)) / 2 AS pairs
        FROM (
            SELECT subject, account, ten_minutes, count(*) AS taken
            FROM of_few
            GROUP BY subject, account, ten_minutes
        )
        GROUP BY subject, ten_minutes
    )
    GROUP BY subject
),
compared AS (
    SELECT
        o.subject,
        o.pairs,
        m.pairs AS met,
        -- Accounts that never came on different days leave nothing to compare with.
        o.pairs * coalesce((n.pairs - m.pairs) / nullif(a.pairs - o.pairs, 0), 0) AS expected
    FROM on_one_day AS o
    JOIN met_on_one_day AS m ON m.subject = o.subject
    JOIN on_any_days AS a ON a.subject = o.subject
    JOIN met_on_any_days AS n ON n.subject = o.subject
)
SELECT subject
FROM compared
WHERE met < $habit_meetings + expected + $habit_deviations * sqrt(expected)
    AND met < $habit_together ** 2 * pairs
