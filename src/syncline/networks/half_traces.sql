-- title: the traces of every other day
-- reads: traces_coded
-- writes: traces (behaviour, object, account, time_us, post)
-- formula: UTC days whose number since 1970 is even (parity 0) or odd (parity 1)
SELECT behaviour, object, account, time_us, post
FROM traces_coded
WHERE (time_us // 86400000000) % 2 = $parity
