-- title: the accounts of each group in the same second, those that were in enough of its moments
-- reads: moment_groups, moment_acts
-- writes: synchronous_acts (group_number, account, moment, post, log_p)
-- formula: enough: moments in $moments_least clock hours at least; groups of $moment_accounts accounts at least
WITH acts AS (
    SELECT g.group_number, a.account, a.moment, a.post, g.log_p, a.second_us // 3600000000 AS hour
    FROM moment_groups AS g
    JOIN moment_acts AS a ON a.moment = g.moment
),
often AS (
    SELECT group_number, account
    FROM acts
    GROUP BY group_number, account
    HAVING count(DISTINCT hour) >= $moments_least
),
large AS (
    SELECT group_number FROM often GROUP BY group_number HAVING count(*) >= $moment_accounts
)
SELECT a.group_number, a.account, a.moment, a.post, a.log_p
FROM acts AS a
JOIN often AS o ON o.group_number = a.group_number AND o.account = a.account
JOIN large AS l ON l.group_number = a.group_number
