-- title: how many pairs of the crowd's accounts acted on an object within the window of each other?
-- reads: traces_in_blocks
-- appends: crowd_bursts (behaviour, object, block, window_us, pairs_in_window, pairs)
-- formula: f_ob over the crowd's traces, as a running count like that of bursts
WITH acts AS (
    SELECT behaviour, object, block, time_us, count(*) AS here
    FROM traces_in_blocks
    WHERE crowd
    GROUP BY behaviour, object, block, time_us
),
moments AS (
    SELECT behaviour, object, block, time_us, here, here AS change FROM acts
    UNION ALL
    SELECT behaviour, object, block, time_us + $window_us + 1 AS time_us, 0 AS here, -here AS change FROM acts
),
counted AS (
    SELECT behaviour, object, block, here, sum(change) OVER (PARTITION BY object, block ORDER BY time_us) AS there
    FROM moments
)
SELECT behaviour, object, block, $window_us::BIGINT AS window_us,
    sum(here * (2 * there - here - 1))::DOUBLE / 2 AS pairs_in_window,
    sum(here)::DOUBLE * (sum(here) - 1) / 2 AS pairs
FROM counted
GROUP BY behaviour, object, block
HAVING sum(here) > 1
