-- title: one integer for each object, whatever its behaviour; and one for its subject, whatever its day
-- reads: actions
-- writes: objects (object, subject, behaviour, key, day)
SELECT
    (row_number() OVER (ORDER BY behaviour, key, day) - 1)::INTEGER AS object,
    (dense_rank() OVER (ORDER BY behaviour, key) - 1)::INTEGER AS subject,
    behaviour,
    key,
    day
FROM (SELECT DISTINCT behaviour, key, day FROM actions)
