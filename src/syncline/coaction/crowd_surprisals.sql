-- title: how surprising is a meeting on this object, on this day, for someone who does as the crowd does?
-- reads: crowd_objects, crowd_bursts, crowd_pools, block_margins, eligible, windows
-- writes: crowd_surprisals (behaviour, object, block, window_us, accounts, active, in_window, expected, chance,
--         surprisal)
-- formula: p_ob = (d_ob^crowd + kappa) / (E_b^crowd + kappa V_b);
--          q_ob = (f_ob + K g) / (d_ob^crowd (d_ob^crowd - 1) / 2 + K); c_ob = p_ob^2 q_ob;
--          w_ob = min(ln(1 + delta / (k_mean_b^2 c_ob)), w_max), w_ob >= w_min; in_window = q_ob; expected = others who
--          would be on it within the window of one who is: p_ob q_ob k_mean_b (active - 1)
SELECT behaviour, object, block, window_us, accounts, active, in_window,
    popularity * in_window * k_mean * (active - 1) AS expected, chance, surprisal
FROM (
    SELECT *, least(ln(1 + $delta / (k_mean * k_mean * chance)), $surprisal_max) AS surprisal
    FROM (
        SELECT o.behaviour, o.object, o.block, w.window_us, o.accounts, m.accounts AS active, m.k_mean,
            (o.crowd + $smoothing) / (m.crowd_traces + $smoothing * m.objects) AS popularity,
            (coalesce(b.pairs_in_window, 0) + $pooling * coalesce(g.speed, 1)) / (coalesce(b.pairs, 0) + $pooling)
            AS in_window,
            popularity * popularity * in_window AS chance
        FROM crowd_objects AS o
        CROSS JOIN windows AS w
        JOIN block_margins AS m ON m.behaviour = o.behaviour AND m.block = o.block
        LEFT JOIN crowd_bursts AS b ON b.object = o.object AND b.block = o.block AND b.window_us = w.window_us
        LEFT JOIN crowd_pools AS g
            ON g.behaviour = o.behaviour AND g.window_us = w.window_us
            AND g.size = floor(log2(greatest(o.crowd, 2)))::INTEGER
        WHERE NOT EXISTS (
            SELECT 1 FROM eligible AS e WHERE e.object = o.object AND e.window_us = w.window_us AND NOT e.usable
        )
    )
)
WHERE surprisal >= $surprisal_min
