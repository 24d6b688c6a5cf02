-- title: moments: several accounts on one object in one second, where that is no small part of the hour
-- reads: moment_behaviours, traces
-- writes: moments (moment, behaviour, object, second_us, accounts, around)
-- formula: around = accounts that acted on the object in the clock hour of the second; a moment has $moment_accounts
--          accounts at least, and $moment_share of them. In an hour in which thousands act on an object, each second
--          holds several, and none of them is a moment.
WITH seconds AS (
    SELECT behaviour, object, time_us // 1000000 AS second, count(*) AS accounts
    FROM traces
    WHERE behaviour IN (SELECT behaviour FROM moment_behaviours)
    GROUP BY behaviour, object, time_us // 1000000
),
crowded AS (
    SELECT DISTINCT behaviour, object, second // 3600 AS hour
    FROM seconds
    WHERE accounts >= $moment_accounts
),
hours AS (
    SELECT c.behaviour, c.object, c.hour, sum(s.accounts) AS around
    FROM crowded AS c
    JOIN seconds AS s ON s.behaviour = c.behaviour AND s.object = c.object AND s.second // 3600 = c.hour
    GROUP BY c.behaviour, c.object, c.hour
)
SELECT
    (row_number() OVER (ORDER BY s.second, s.object) - 1)::INTEGER AS moment,
    s.behaviour,
    s.object,
    s.second * 1000000 AS second_us,
    s.accounts,
    h.around::BIGINT AS around
FROM seconds AS s
JOIN hours AS h ON h.behaviour = s.behaviour AND h.object = s.object AND h.hour = s.second // 3600
WHERE s.accounts >= $moment_accounts AND s.accounts >= $moment_share * h.around
