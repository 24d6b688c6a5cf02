-- title: a copy of the traces in which each time is redrawn within its hour
-- reads: telling_traces
-- writes: traces (behaviour, object, account, time_us, post)
-- formula: t = start of its UTC hour + uniform draw from an hour (jitter; Amarasingham 2012)
SELECT behaviour, object, account,
    time_us // 3600000000 * 3600000000 + (hash(object, account, $seed) % 3600000000)::BIGINT AS time_us, post
FROM telling_traces
