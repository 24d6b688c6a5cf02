-- title: traces with their strings restored
-- reads: traces_coded, objects, accounts_coded, posts_coded, behaviour_names
-- writes: traces (as schema.TRACES)
SELECT n.name AS behaviour, a.platform, a.account_id, o.key AS object, t.time_us, p.post_id
FROM traces_coded AS t
JOIN objects AS o ON o.object = t.object
JOIN accounts_coded AS a ON a.account = t.account
JOIN posts_coded AS p ON p.post = t.post
JOIN behaviour_names AS n ON n.behaviour = t.behaviour
