-- title: how bursty are objects of one size?
-- reads: bursts
-- writes: burst_pools (behaviour, window_us, size, pairs_in_window, pairs)
-- formula: g = pooled f / pairs over objects of similar size (log2 bins), so that a ring which owns its objects
--          cannot hide in their own burst
SELECT behaviour, window_us, floor(log2(accounts))::INTEGER AS size,
    sum(pairs_in_window) AS pairs_in_window, sum(accounts * (accounts - 1) / 2) AS pairs
FROM bursts
GROUP BY behaviour, window_us, floor(log2(accounts))::INTEGER
