-- title: how much sooner than the crowd does an account act on what both act on?
-- reads: crowd_finalists, traces_in_blocks, crowd_surprisals
-- appends: account_paces (behaviour, window_us, account, pace)
-- formula: x_iob = share of the crowd's others on o that day who acted within the window of i;
--          pace_i = max(1, (sum x_iob - sqrt(sum x_iob^2) + K) / (sum q_ob + K)) over all o, b on which i met others:
--          one standard error less than it seems, so that few acts say nothing
WITH judged AS (
    SELECT account_a AS account FROM crowd_finalists
    UNION
    SELECT account_b AS account FROM crowd_finalists
),
touched AS (
    SELECT DISTINCT object, block
    FROM traces_in_blocks
    WHERE account IN (SELECT account FROM judged)
),
beside AS (
    SELECT t.behaviour, t.object, t.block, t.account, t.crowd::INTEGER AS self,
        sum(t.crowd::INTEGER) OVER (
            PARTITION BY t.object, t.block ORDER BY t.time_us
            RANGE BETWEEN $window_us PRECEDING AND $window_us FOLLOWING
        ) AS near,
        sum(t.crowd::INTEGER) OVER (PARTITION BY t.object, t.block) AS there
    FROM traces_in_blocks AS t
    JOIN touched AS o ON o.object = t.object AND o.block = t.block
),
shares AS (
    SELECT behaviour, object, block, account, (near - self) / (there - self) AS share
    FROM beside
    WHERE there > self AND account IN (SELECT account FROM judged)
)
SELECT i.behaviour, $window_us::BIGINT AS window_us, i.account,
    greatest(
        (sum(i.share) - sqrt(sum(i.share * i.share)) + $pooling) / (sum(s.in_window) + $pooling), 1
    )::DOUBLE AS pace
FROM shares AS i
JOIN crowd_surprisals AS s ON s.object = i.object AND s.block = i.block AND s.window_us = $window_us
GROUP BY i.behaviour, i.account
