-- title: the habits that most accounts have, for the reader: what is no evidence is not hidden; $most of them
-- reads: habits, traces_coded, objects, behaviour_names
-- writes: customs (behaviour, what, accounts, days, closer, in_all)
-- formula: what = the object's key without its day, cut to $characters; closer = of the pairs of its accounts that came
--          on one day, the share in the same ten minutes, over that share of those on two different days, by the clock;
--          null where fewer than $met_least pairs met; in_all = how many customs there are
WITH taken AS (
    SELECT o.subject, h.object, h.account, t.time_us % 86400000000 // 600000000 AS ten_minutes
    FROM habits AS h
    JOIN objects AS o ON o.object = h.object
    JOIN traces_coded AS t ON t.account = h.account AND t.object = h.object
),
-- Pairs of n are n (n - 1) / 2; of different accounts on any days, all pairs without those of one account.
on_one_day AS (
    SELECT subject, sum(n * (n - 1) / 2) AS pairs
    FROM (SELECT subject, object, count(*) AS n FROM taken GROUP BY subject, object)
    GROUP BY subject
),
met_on_one_day AS (
    SELECT subject, sum(n * (n - 1) / 2) AS pairs
    FROM (SELECT subject, object, ten_minutes, count(*) AS n FROM taken GROUP BY subject, object, ten_minutes)
    GROUP BY subject
),
on_any_days AS (
    SELECT subject, (sum(n) ** 2 - sum(n ** 2)) / 2 AS pairs
    FROM (SELECT subject, account, count(*) AS n FROM taken GROUP BY subject, account)
    GROUP BY subject
),
met_on_any_days AS (
    SELECT subject, sum(pairs) AS pairs
    FROM (
        SELECT subject, (sum(n) ** 2 - sum(n ** 2)) / 2 AS pairs
        FROM (SELECT subject, account, ten_minutes, count(*) AS n FROM taken GROUP BY subject, account, ten_minutes)
        GROUP BY subject, ten_minutes
    )
    GROUP BY subject
),
nearness AS (
    -- Where none met on different days, one is taken to have: so many times at least.
    SELECT subject,
        CASE
            WHEN m.pairs >= $met_least
            THEN m.pairs / o.pairs / (greatest(n.pairs - m.pairs, 1) / nullif(a.pairs - o.pairs, 0))
        END AS closer
    FROM on_one_day AS o
    JOIN met_on_one_day AS m USING (subject)
    JOIN on_any_days AS a USING (subject)
    JOIN met_on_any_days AS n USING (subject)
)
SELECT n.name AS behaviour, left(o.key, $characters) AS what, count(DISTINCT h.account) AS accounts,
    count(DISTINCT o.day) AS days, round(max(c.closer), 1) AS closer, count(*) OVER () AS in_all
FROM habits AS h
JOIN objects AS o ON o.object = h.object
JOIN behaviour_names AS n ON n.behaviour = o.behaviour
JOIN nearness AS c ON c.subject = o.subject
GROUP BY n.name, o.key
ORDER BY accounts DESC, days DESC, n.name, o.key
LIMIT $most
