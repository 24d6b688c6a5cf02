-- title: how many pairs of an object's accounts acted within the window of each other?
-- reads: traces
-- appends: bursts (behaviour, object, window_us, accounts, pairs_in_window)
-- formula: f_o = pairs of its accounts within w, as a windowed count, linear in d_o; d_o = its accounts, two or more
SELECT behaviour, object, $window_us::BIGINT AS window_us, count(*)::DOUBLE AS accounts,
    (sum(near)::DOUBLE - count(*)) / 2 AS pairs_in_window
FROM (
    SELECT behaviour, object, count(*) OVER (
        PARTITION BY object ORDER BY time_us RANGE BETWEEN $window_us PRECEDING AND $window_us FOLLOWING
    ) AS near
    FROM traces
)
GROUP BY behaviour, object
HAVING count(*) > 1
