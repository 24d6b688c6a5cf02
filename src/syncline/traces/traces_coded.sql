-- title: traces: each account's first action on each object
-- reads: actions, objects
-- writes: traces_coded (behaviour, object, account, time_us, post)
SELECT o.behaviour, o.object, a.account, min(a.time_us) AS time_us, min(a.post) AS post
FROM actions AS a
JOIN objects AS o ON o.behaviour = a.behaviour AND o.key = a.key AND o.day IS NOT DISTINCT FROM a.day
GROUP BY o.behaviour, o.object, a.account
