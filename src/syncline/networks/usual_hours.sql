-- title: how often linked accounts met on what they share, and how often had each come at its hours of another day
-- reads: network_links, traces
-- writes: usual_hours (network, links, shared, meetings, expected)
-- formula: for each link, q = share of the pairs (a's time on one shared object, b's on another of another day) that are
--          within the link's window by the clock; expected = q * objects that both acted on in one day, summed over the
--          network's links of which the days can be swapped; $most_links links and $most_objects objects of each
WITH numbered AS (
    -- Any order that has nothing to do with their evidence.
    SELECT n.network, n.account_a, n.account_b, n.window_us,
        row_number() OVER (
            PARTITION BY n.network
            ORDER BY (n.account_a * 7919::BIGINT + n.account_b * 104729::BIGINT) % 1000003, n.account_a, n.account_b
        ) AS place
    FROM network_links AS n
    WHERE n.network IS NOT NULL AND n.window_us <= $widest_us
),
shared AS (
    SELECT c.network, c.account_a, c.account_b, c.window_us,
        a.time_us // 86400000000 AS day, a.time_us - b.time_us AS lag_us,
        a.time_us % 86400000000 AS clock_a, b.time_us % 86400000000 AS clock_b,
        row_number() OVER (PARTITION BY c.account_a, c.account_b ORDER BY a.object) AS place
    FROM numbered AS c
    JOIN traces AS a ON a.account = c.account_a
    JOIN traces AS b ON b.account = c.account_b AND b.object = a.object
    WHERE c.place <= $most_links AND a.time_us // 86400000000 = b.time_us // 86400000000
),
kept AS (
    SELECT * FROM shared WHERE place <= $most_objects
),
met AS (
    SELECT network, account_a, account_b, count(*) AS shared,
        count(*) FILTER (WHERE abs(lag_us) <= window_us) AS meetings
    FROM kept
    GROUP BY network, account_a, account_b
),
swapped AS (
    SELECT one.account_a, one.account_b,
        avg(CASE
            WHEN abs(one.clock_a - other.clock_b) <= one.window_us
                OR 86400000000 - abs(one.clock_a - other.clock_b) <= one.window_us
            THEN 1.0 ELSE 0.0
        END) AS q
    FROM kept AS one
    JOIN kept AS other
        ON other.account_a = one.account_a AND other.account_b = one.account_b AND other.day <> one.day
    GROUP BY one.account_a, one.account_b
)
SELECT m.network, count(*) AS links, sum(m.shared)::BIGINT AS shared, sum(m.meetings)::BIGINT AS meetings,
    sum(m.shared * s.q) AS expected
FROM met AS m
JOIN swapped AS s ON s.account_a = m.account_a AND s.account_b = m.account_b
GROUP BY m.network
