-- title: what an account does day after day, where $habit_least or more do so
-- reads: traces_coded, objects
-- writes: habitual (subject, accounts, account, object, ten_minutes)
-- formula: a habit is a subject (an object whatever its day) that an account took up on $habit_days days or more, on
--          $habit_share of the days on which it did anything or more, from whose first to whose last day is $habit_span
--          of its own time in the log or more; accounts = how many have it; ten_minutes = which of the day, from 0
WITH recurring AS (
    -- Few subjects have several days, so that few traces are counted.
    SELECT subject
    FROM objects
    WHERE day IS NOT NULL
    GROUP BY subject
    HAVING count(*) >= $habit_days
),
dated AS (
    SELECT object, subject, day
    FROM objects
    WHERE subject IN (SELECT subject FROM recurring)
),
taken AS (
    SELECT t.account, o.subject, count(*) AS days, max(o.day) - min(o.day) + 1 AS span
    FROM traces_coded AS t
    JOIN dated AS o ON o.object = t.object
    GROUP BY t.account, o.subject
    HAVING count(*) >= $habit_days
),
active AS (
    SELECT
        account,
        count(DISTINCT time_us // 86400000000) AS days,
        max(time_us // 86400000000) - min(time_us // 86400000000) + 1 AS span
    FROM traces_coded
    WHERE account IN (SELECT account FROM taken)
    GROUP BY account
),
kept_up AS (
    SELECT t.account, t.subject, count(*) OVER (PARTITION BY t.subject) AS accounts
    FROM taken AS t
    JOIN active AS a ON a.account = t.account
    WHERE t.days >= $habit_share * a.days AND t.span >= $habit_span * a.span
)
SELECT k.subject, k.accounts, t.account, t.object, t.time_us % 86400000000 // 600000000 AS ten_minutes
FROM kept_up AS k
JOIN dated AS d ON d.subject = k.subject
JOIN traces_coded AS t ON t.account = k.account AND t.object = d.object
WHERE k.accounts >= $habit_least
