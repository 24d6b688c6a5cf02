-- title: every co-action behind every link
-- reads: judged_meetings, discoveries, crowd_surprisals
-- writes: meetings (behaviour, object, account_a, account_b, post_a, post_b, time_a_us, time_b_us, day, window_us,
--         surprisal, accounts, active, expected)
-- formula: the smallest window that holds the lag, of those in which the object says anything
WITH speaking AS (
    SELECT *, lag(window_us, 1, -1) OVER (PARTITION BY object, block ORDER BY window_us) AS narrower_us
    FROM crowd_surprisals
    WHERE object IN (SELECT object FROM judged_meetings)
)
SELECT m.*, m.time_a_us // 86400000000 AS day, s.window_us, s.surprisal, s.accounts, s.active, s.expected
FROM judged_meetings AS m
JOIN discoveries AS d ON d.account_a = m.account_a AND d.account_b = m.account_b
JOIN speaking AS s
    ON s.object = m.object AND s.block = m.time_a_us // 86400000000
    AND s.window_us >= abs(m.time_a_us - m.time_b_us) AND s.narrower_us < abs(m.time_a_us - m.time_b_us)
WHERE m.time_a_us // 86400000000 = m.time_b_us // 86400000000
