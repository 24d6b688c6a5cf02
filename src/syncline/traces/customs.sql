-- title: the habits that most accounts have, for the reader: what is no evidence is not hidden; $most of them
-- reads: habits, habit_meetings, objects, behaviour_names
-- writes: customs (behaviour, what, accounts, days, closer, in_all)
-- formula: what = the object's key without its day, cut to $characters; closer = (met / pairs) / (met_apart /
--          pairs_apart), null where fewer than $met_least met; in_all = how many customs there are
WITH nearness AS (
    -- Where none met on different days, one is taken to have: so many times at least.
    SELECT subject,
        CASE
            WHEN met >= $met_least THEN met / pairs / (greatest(met_apart, 1) / nullif(pairs_apart, 0))
        END AS closer
    FROM habit_meetings
)
SELECT n.name AS behaviour, left(o.key, $characters) AS what, count(DISTINCT h.account) AS accounts,
    count(DISTINCT o.day) AS days, round(max(c.closer), 1) AS closer, count(*) OVER () AS in_all
FROM habits AS h
JOIN objects AS o ON o.object = h.object
JOIN behaviour_names AS n ON n.behaviour = o.behaviour
JOIN nearness AS c ON c.subject = o.subject
GROUP BY n.name, o.key
ORDER BY accounts DESC, days DESC, n.name, o.key
LIMIT $most
