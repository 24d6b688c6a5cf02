-- title: who did what, in integers
-- reads: actions, objects
-- writes: actions_coded (behaviour, object, account, time_us, post)
-- A table of its own, since to look up strings and to group at once needs the memory of both.
SELECT o.behaviour, o.object, a.account, a.time_us, a.post
FROM actions AS a
JOIN objects AS o ON o.behaviour = a.behaviour AND o.key = a.key AND o.day IS NOT DISTINCT FROM a.day
