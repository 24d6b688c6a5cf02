-- title: how surprising is it that two accounts meet on an object?
-- reads: bursts, burst_pools, behaviour_margins
-- writes: surprisals (behaviour, object, window_us, accounts, pairs_in_window, chance, surprisal)
-- formula: q_o = (f_o + K g) / (d_o (d_o - 1) / 2 + K); c_o = d_o (d_o - 1) q_o / E^2;
--          w_o = min(ln(1 + delta / (k_mean^2 c_o)), w_max)
SELECT behaviour, object, window_us, accounts, pairs_in_window, chance,
    least(ln(1 + $delta / (k_mean * k_mean * chance)), $surprisal_max) AS surprisal
FROM (
    SELECT b.behaviour, b.object, b.window_us, b.accounts, b.pairs_in_window, m.k_mean,
        b.accounts * (b.accounts - 1) / (m.traces * m.traces)
        * (b.pairs_in_window + $pooling * g.pairs_in_window / g.pairs)
        / (b.accounts * (b.accounts - 1) / 2 + $pooling) AS chance
    FROM bursts AS b
    JOIN burst_pools AS g
        ON g.behaviour = b.behaviour AND g.window_us = b.window_us AND g.size = floor(log2(b.accounts))::INTEGER
    JOIN behaviour_margins AS m ON m.behaviour = b.behaviour
)
WHERE chance > 0
