-- title: groups in the same second, act by act, strings restored
-- reads: synchronous_acts, moments, objects, accounts_coded, posts_coded, behaviour_names, memberships
-- writes: synchronous (as schema.SYNCHRONOUS)
-- formula: the largest group first
WITH sizes AS (
    SELECT group_number, count(DISTINCT account) AS accounts, min(moment) AS first_moment
    FROM synchronous_acts
    GROUP BY group_number
),
numbered AS (
    SELECT group_number, row_number() OVER (ORDER BY accounts DESC, first_moment) AS group_id
    FROM sizes
)
SELECT g.group_id, c.platform, c.account_id, n.name AS behaviour, o.key AS object, m.second_us, p.post_id,
    m.accounts AS accounts_in_second, m.around AS accounts_in_hour, s.log_p / ln(10) AS log10_p,
    b.network AS network_id
FROM synchronous_acts AS s
JOIN numbered AS g ON g.group_number = s.group_number
JOIN moments AS m ON m.moment = s.moment
JOIN objects AS o ON o.object = m.object
JOIN accounts_coded AS c ON c.account = s.account
JOIN posts_coded AS p ON p.post = s.post
JOIN behaviour_names AS n ON n.behaviour = m.behaviour
LEFT JOIN memberships AS b ON b.account = s.account
