-- title: which two accounts acted on one object within its widest window?
-- reads: traces, eligible, account_margins
-- writes: pairs (object, pair, lag_us)
-- formula: |t_a - t_b| <= w, found by equality on (object, t // (w + 1)): each trace looks into its own bucket
--          and the next. pair packs behaviour, account_a < account_b into one integer, which counts much faster
--          than three: behaviour * 2^60 + account_a * 2^30 + account_b. Tested accounts only: $actions_min traces or
--          more in some behaviour
WITH tested AS (
    SELECT account
    FROM account_margins
    GROUP BY account
    HAVING max(k) >= $actions_min
),
reach AS (
    SELECT object, max(window_us) AS window_us
    FROM eligible
    WHERE usable
    GROUP BY object
),
bucketed AS (
    SELECT t.behaviour, t.object, t.account, t.time_us, r.window_us, t.time_us // (r.window_us + 1) AS bucket
    FROM traces AS t
    JOIN reach AS r ON r.object = t.object
    WHERE t.account IN (SELECT account FROM tested)
),
both_buckets AS (
    SELECT *, bucket AS seen_from FROM bucketed
    UNION ALL
    SELECT *, bucket + 1 AS seen_from FROM bucketed
)
SELECT x.object,
    x.behaviour * 1152921504606846976
    + least(x.account, y.account) * 1073741824::BIGINT + greatest(x.account, y.account) AS pair,
    y.time_us - x.time_us AS lag_us
FROM both_buckets AS x
JOIN bucketed AS y ON y.object = x.object AND y.bucket = x.seen_from
WHERE (x.time_us < y.time_us OR (x.time_us = y.time_us AND x.account < y.account))
    AND y.time_us - x.time_us <= x.window_us
