-- title: the meetings of every other day
-- reads: whole_meetings
-- writes: judged_meetings (as whole_meetings)
-- formula: UTC days whose number since 1970 is even (parity 0) or odd (parity 1)
SELECT * FROM whole_meetings WHERE (time_a_us // 86400000000) % 2 = $parity
