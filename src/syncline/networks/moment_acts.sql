-- title: who was in each moment, and the how-manieth of the account's moments it was
-- reads: moments, traces
-- writes: moment_acts (moment, second_us, object, account, post, place)
SELECT m.moment, m.second_us, m.object, t.account, t.post,
    row_number() OVER (PARTITION BY t.account ORDER BY m.moment) AS place
FROM moments AS m
JOIN traces AS t ON t.behaviour = m.behaviour AND t.object = m.object AND t.time_us // 1000000 * 1000000 = m.second_us
