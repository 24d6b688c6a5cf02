-- title: traces: each account's first action on each object
-- reads: actions_coded
-- writes: traces_coded (behaviour, object, account, time_us, post)
SELECT behaviour, object, account, min(time_us) AS time_us, min(post) AS post
FROM actions_coded
GROUP BY behaviour, object, account
