-- title: how many pairs of the crowd's accounts acted on an object within the window of each other?
-- reads: traces_in_blocks
-- appends: crowd_bursts (behaviour, object, block, window_us, pairs_in_window, pairs)
-- formula: f_ob over the crowd's traces, as a windowed count
SELECT behaviour, object, block, $window_us::BIGINT AS window_us,
    (sum(near)::DOUBLE - count(*)) / 2 AS pairs_in_window,
    count(*)::DOUBLE * (count(*) - 1) / 2 AS pairs
FROM (
    SELECT behaviour, object, block, count(*) OVER (
        PARTITION BY object, block ORDER BY time_us RANGE BETWEEN $window_us PRECEDING AND $window_us FOLLOWING
    ) AS near
    FROM traces_in_blocks
    WHERE crowd
)
GROUP BY behaviour, object, block
HAVING count(*) > 1
