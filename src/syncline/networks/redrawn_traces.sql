-- title: a copy of the traces in which each time is redrawn within its hour
-- reads: traces_coded, habits
-- writes: traces (behaviour, object, account, time_us, post)
-- formula: t = start of its UTC hour + uniform draw from an hour (jitter; Amarasingham 2012)
SELECT t.behaviour, t.object, t.account,
    t.time_us // 3600000000 * 3600000000 + (hash(t.object, t.account, $seed) % 3600000000)::BIGINT AS time_us, t.post
FROM traces_coded AS t
LEFT JOIN habits AS h ON h.account = t.account AND h.object = t.object
WHERE h.account IS NULL
