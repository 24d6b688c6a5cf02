-- title: the habits that most accounts have, for the reader: what is no evidence is not hidden; $most of them
-- reads: habits, objects, behaviour_names
-- writes: customs (behaviour, what, accounts, days, in_all)
-- formula: what = the object's key without its day, cut to $characters; in_all = how many customs there are
SELECT n.name AS behaviour, left(o.key, $characters) AS what, count(DISTINCT h.account) AS accounts,
    count(DISTINCT o.day) AS days, count(*) OVER () AS in_all
FROM habits AS h
JOIN objects AS o ON o.object = h.object
JOIN behaviour_names AS n ON n.behaviour = o.behaviour
GROUP BY n.name, o.key
ORDER BY accounts DESC, days DESC, n.name, o.key
LIMIT $most
