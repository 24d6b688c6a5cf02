-- title: which two accounts acted on one object within its widest window?
-- reads: traces, eligible
-- writes: pairs (behaviour, object, account_a, account_b, post_a, post_b, time_a_us, time_b_us)
-- formula: |t_a - t_b| <= w, found by equality on (object, t // (w + 1)): each trace looks into its own bucket
--          and the next. account_a < account_b.
WITH reach AS (
    SELECT object, max(window_us) AS window_us
    FROM eligible
    WHERE usable
    GROUP BY object
),
bucketed AS (
    SELECT t.behaviour, t.object, t.account, t.time_us, t.post, r.window_us, t.time_us // (r.window_us + 1) AS bucket
    FROM traces AS t
    JOIN reach AS r ON r.object = t.object
),
both_buckets AS (
    SELECT *, bucket AS seen_from FROM bucketed
    UNION ALL
    SELECT *, bucket + 1 AS seen_from FROM bucketed
)
SELECT
    x.behaviour,
    x.object,
    least(x.account, y.account) AS account_a,
    greatest(x.account, y.account) AS account_b,
    CASE WHEN x.account < y.account THEN x.post ELSE y.post END AS post_a,
    CASE WHEN x.account < y.account THEN y.post ELSE x.post END AS post_b,
    CASE WHEN x.account < y.account THEN x.time_us ELSE y.time_us END AS time_a_us,
    CASE WHEN x.account < y.account THEN y.time_us ELSE x.time_us END AS time_b_us
FROM both_buckets AS x
JOIN bucketed AS y ON y.object = x.object AND y.bucket = x.seen_from
WHERE (x.time_us < y.time_us OR (x.time_us = y.time_us AND x.account < y.account))
    AND y.time_us - x.time_us <= x.window_us
