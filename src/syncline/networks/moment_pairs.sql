-- title: moments that share most of their accounts
-- reads: moment_acts, moment_steps, moments
-- writes: moment_pairs (moment_a, moment_b, shared, accounts_a, accounts_b, around_a, around_b)
-- formula: different objects, an hour apart or more; shared >= $moment_accounts, and half of the larger moment.
--          Each account's moments are compared with those that follow within `moment_steps` places: where accounts
--          have thousands of moments, what is shared is then counted low, never high.
WITH following AS (
    -- A column of its own, so that the join is by account and place, not by account alone.
    SELECT a.moment, a.second_us, a.object, a.account, a.place + s.step AS next_place
    FROM moment_acts AS a
    CROSS JOIN moment_steps AS s
),
shared AS (
    SELECT a.moment AS moment_a, b.moment AS moment_b, count(*) AS shared
    FROM following AS a
    JOIN moment_acts AS b ON b.account = a.account AND b.place = a.next_place
    WHERE a.object <> b.object AND b.second_us - a.second_us >= $moments_apart_us
    GROUP BY a.moment, b.moment
    HAVING count(*) >= $moment_accounts
)
SELECT s.moment_a, s.moment_b, s.shared, a.accounts AS accounts_a, b.accounts AS accounts_b,
    a.around AS around_a, b.around AS around_b
FROM shared AS s
JOIN moments AS a ON a.moment = s.moment_a
JOIN moments AS b ON b.moment = s.moment_b
WHERE 2 * s.shared >= greatest(a.accounts, b.accounts)
