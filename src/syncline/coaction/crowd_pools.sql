-- title: how fast is the crowd on objects of one size?
-- reads: crowd_bursts
-- writes: crowd_pools (behaviour, window_us, size, speed)
-- formula: g = pooled f / pairs in log2 bins of d^crowd, drawn to the behaviour's own g where pairs are few,
--          and to 1 (the cautious end) where it has hardly any
SELECT p.behaviour, p.window_us, p.size,
    (p.pairs_in_window + $pooling * (a.pairs_in_window + 1) / (a.pairs + 1)) / (p.pairs + $pooling) AS speed
FROM (
    SELECT behaviour, window_us, floor(log2((1 + sqrt(1 + 8 * pairs)) / 2))::INTEGER AS size,
        sum(pairs_in_window) AS pairs_in_window, sum(pairs) AS pairs
    FROM crowd_bursts
    GROUP BY ALL
) AS p
JOIN (
    SELECT behaviour, window_us, sum(pairs_in_window) AS pairs_in_window, sum(pairs) AS pairs
    FROM crowd_bursts
    GROUP BY ALL
) AS a ON a.behaviour = p.behaviour AND a.window_us = p.window_us
