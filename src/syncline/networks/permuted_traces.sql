-- title: a copy of the traces in which accounts are permuted among the traces of a day
-- reads: traces_coded, habits
-- writes: traces (behaviour, object, account, time_us, post)
-- formula: within each behaviour and UTC day the n-th trace by one keyed shuffle gets the account of the n-th by
--          another: activity, popularity and bursts stay, company goes. A second trace of one account on one object
--          falls away. What is somebody's habit is no part of it.
WITH keyed AS (
    SELECT t.behaviour, t.object, t.account, t.time_us, t.post, t.time_us // 86400000000 AS day,
        hash(t.object, t.account, $seed) AS shuffle
    FROM traces_coded AS t
    LEFT JOIN habits AS h ON h.account = t.account AND h.object = t.object
    WHERE h.account IS NULL
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
