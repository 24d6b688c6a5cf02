-- title: how many pairs of an object's accounts acted within the window of each other?
-- reads: traces
-- appends: bursts (behaviour, object, window_us, accounts, pairs_in_window)
-- formula: f_o = pairs of its accounts within w; d_o = its accounts, two or more. Who acts at t stays for w and meets
--          those who are there: a running count, linear in d_o on any engine
WITH acts AS (
    SELECT behaviour, object, time_us, count(*) AS here
    FROM traces
    GROUP BY behaviour, object, time_us
),
moments AS (
    SELECT behaviour, object, time_us, here, here AS change FROM acts
    UNION ALL
    SELECT behaviour, object, time_us + $window_us + 1 AS time_us, 0 AS here, -here AS change FROM acts
),
counted AS (
    SELECT behaviour, object, here, sum(change) OVER (PARTITION BY object ORDER BY time_us) AS there
    FROM moments
)
SELECT behaviour, object, $window_us::BIGINT AS window_us, sum(here)::DOUBLE AS accounts,
    sum(here * (2 * there - here - 1))::DOUBLE / 2 AS pairs_in_window
FROM counted
GROUP BY behaviour, object
HAVING sum(here) > 1
