-- title: habits of many accounts, each at its own time
-- reads: habitual
-- writes: customs_of_many (subject)
-- formula: $habit_accounts accounts or more have the habit, and on its days less than $habit_together of them come
--          within the ten minutes in which most of them come
WITH crowded AS (
    SELECT subject, object, max(accounts) AS most, sum(accounts) AS accounts
    FROM (
        SELECT subject, object, ten_minutes, count(*) AS accounts
        FROM habitual
        WHERE accounts >= $habit_accounts
        GROUP BY subject, object, ten_minutes
    )
    GROUP BY subject, object
)
SELECT subject
FROM crowded
GROUP BY subject
HAVING sum(most) < $habit_together * sum(accounts)
