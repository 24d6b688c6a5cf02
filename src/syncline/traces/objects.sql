-- title: one integer for each object, whatever its behaviour; and one for its subject, whatever its day
-- reads: actions
-- writes: objects (object, subject, behaviour, key, day)
-- Sorted once, and then counted as they come: windows with an order of their own would sort the words again.
WITH sorted AS (
    SELECT DISTINCT behaviour, key, day
    FROM actions
    ORDER BY behaviour, key, day
),
compared AS (
    SELECT
        behaviour,
        key,
        day,
        coalesce(key <> lag(key) OVER () OR behaviour <> lag(behaviour) OVER (), TRUE) AS new_subject
    FROM sorted
)
SELECT
    (row_number() OVER () - 1)::INTEGER AS object,
    (count(*) FILTER (new_subject) OVER (ROWS UNBOUNDED PRECEDING) - 1)::INTEGER AS subject,
    behaviour,
    key,
    day
FROM compared
