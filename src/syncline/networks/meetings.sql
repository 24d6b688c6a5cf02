-- title: every co-action behind every link
-- reads: judged_meetings, discoveries, crowd_surprisals
-- writes: meetings (behaviour, object, account_a, account_b, post_a, post_b, time_a_us, time_b_us, day, window_us,
--         surprisal, accounts, active, expected)
-- formula: the smallest window that holds the lag, of those in which the object says anything
SELECT m.behaviour, m.object, m.account_a, m.account_b, any_value(m.post_a) AS post_a, any_value(m.post_b) AS post_b,
    any_value(m.time_a_us) AS time_a_us, any_value(m.time_b_us) AS time_b_us,
    any_value(m.time_a_us // 86400000000) AS day,
    min(s.window_us) AS window_us,
    arg_min(s.surprisal, s.window_us) AS surprisal,
    any_value(s.accounts) AS accounts,
    any_value(s.active) AS active,
    arg_min(s.expected, s.window_us) AS expected
FROM judged_meetings AS m
JOIN discoveries AS d ON d.account_a = m.account_a AND d.account_b = m.account_b
JOIN crowd_surprisals AS s
    ON s.object = m.object AND s.block = m.time_a_us // 86400000000
    AND s.window_us >= abs(m.time_a_us - m.time_b_us)
WHERE m.time_a_us // 86400000000 = m.time_b_us // 86400000000
GROUP BY m.behaviour, m.object, m.account_a, m.account_b
