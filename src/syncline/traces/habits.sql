-- title: what an account does day after day, as many others do
-- reads: traces_coded, objects
-- writes: habits (account, object)
-- formula: stem = what is acted upon, whatever the day; of hashtags without digits, which count the rounds of a game, but
--          for codes that stand for hashtags; a habit is a stem that an account took up on $habit_days days or more, on
--          $habit_share of the days on which it did anything or more, from whose first to whose last day is $habit_span
--          of its own time in the log or more; a custom, which alone counts, is one that $habit_accounts accounts or
--          more have as a habit
WITH stems AS (
    SELECT
        object,
        behaviour,
        day,
        CASE
            WHEN behaviour NOT IN (2, 3) OR starts_with(key, 'hashtag_') THEN key
            ELSE coalesce(nullif(translate(key, '0123456789', ''), ''), key)
        END AS stem
    FROM objects
    WHERE day IS NOT NULL
),
recurring AS (
    -- Few stems have several days, so that few traces are counted.
    SELECT behaviour, stem, (row_number() OVER ())::INTEGER AS number
    FROM stems
    GROUP BY behaviour, stem
    HAVING count(DISTINCT day) >= $habit_days
),
dated AS (
    SELECT s.object, s.day, r.number
    FROM stems AS s
    JOIN recurring AS r ON r.behaviour = s.behaviour AND r.stem = s.stem
),
taken AS (
    SELECT t.account, o.number, count(DISTINCT o.day) AS days, max(o.day) - min(o.day) + 1 AS span
    FROM traces_coded AS t
    JOIN dated AS o ON o.object = t.object
    GROUP BY t.account, o.number
    HAVING count(DISTINCT o.day) >= $habit_days
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
    SELECT t.account, t.number, count(*) OVER (PARTITION BY t.number) AS accounts
    FROM taken AS t
    JOIN active AS a ON a.account = t.account
    WHERE t.days >= $habit_share * a.days AND t.span >= $habit_span * a.span
)
SELECT t.account, t.object
FROM kept_up AS k
JOIN dated AS d ON d.number = k.number
JOIN traces_coded AS t ON t.account = k.account AND t.object = d.object
WHERE k.accounts >= $habit_accounts
