-- title: a copy of the traces in which accounts are permuted among the traces of a day
-- reads: telling_traces
-- writes: traces (behaviour, object, account, time_us, post)
-- formula: within each behaviour and UTC day the n-th trace by one keyed shuffle gets the account of the n-th by
--          another: activity, popularity and bursts stay, company goes. A second trace of one account on one object
--          falls away.
WITH keyed AS (
    SELECT behaviour, object, account, time_us, post, time_us // 86400000000 AS day,
        hash(object, account, $seed) AS shuffle
    FROM telling_traces
),
places AS (
    SELECT behaviour, object, account, time_us, post, day,
        row_number() OVER (PARTITION BY behaviour, day ORDER BY object, account) AS place
    FROM keyed
),
people AS (
    SELECT behaviour, account, day,
        row_number() OVER (PARTITION BY behaviour, day ORDER BY shuffle, object, account) AS place
    FROM keyed
)
SELECT p.behaviour, p.object, a.account, min(p.time_us) AS time_us, min(p.post) AS post
FROM places AS p
JOIN people AS a ON a.behaviour = p.behaviour AND a.day = p.day AND a.place = p.place
GROUP BY p.behaviour, p.object, a.account
