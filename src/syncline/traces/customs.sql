-- title: the habits that most accounts have, for the reader: what is no evidence is not hidden
-- reads: habits, objects, behaviour_names
-- writes: customs (behaviour, what, accounts, days)
-- formula: what = the object's key without its day, cut to $characters
SELECT n.name AS behaviour, left(o.key, $characters) AS what, count(DISTINCT h.account) AS accounts,
    count(DISTINCT o.day) AS days
FROM habits AS h
JOIN objects AS o ON o.object = h.object
JOIN behaviour_names AS n ON n.behaviour = o.behaviour
GROUP BY n.name, o.key
ORDER BY accounts DESC, days DESC, n.name, o.key
