-- title: how often linked accounts met on what they share, and how often had each come at its hours of another day
-- reads: network_links, traces, objects
-- writes: usual_hours (network, meetings, expected)
-- formula: each time a link's accounts acted on one object on one day counts, unless no other day can be held against
--          it; q = share of the other days' b that are within the link's window of its a by the clock: those of the
--          same subject (tag or text) where that recurs, else of all that do not; expected = sum of q; $most_links
--          links and $most_objects objects of each
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
    SELECT c.network, c.account_a, c.account_b, c.window_us, o.subject,
        a.time_us // 86400000000 AS day, a.time_us - b.time_us AS lag_us,
        a.time_us % 86400000000 AS clock_a, b.time_us % 86400000000 AS clock_b,
        row_number() OVER (PARTITION BY c.account_a, c.account_b ORDER BY a.object) AS place
    FROM numbered AS c
    JOIN traces AS a ON a.account = c.account_a
    JOIN traces AS b ON b.account = c.account_b AND b.object = a.object
    JOIN objects AS o ON o.object = a.object
    WHERE c.place <= $most_links AND a.time_us // 86400000000 = b.time_us // 86400000000
),
kept AS (
    SELECT *, count(*) OVER (PARTITION BY account_a, account_b, subject) > 1 AS recurs
    FROM shared
    WHERE place <= $most_objects
),
swapped AS (
    SELECT one.network, one.account_a, one.account_b, one.place,
        max(CASE WHEN abs(one.lag_us) <= one.window_us THEN 1 ELSE 0 END) AS met,
        avg(CASE
            WHEN abs(one.clock_a - other.clock_b) <= one.window_us
                OR 86400000000 - abs(one.clock_a - other.clock_b) <= one.window_us
            THEN 1.0 ELSE 0.0
        END) AS q
    FROM kept AS one
    JOIN kept AS other
        ON other.account_a = one.account_a AND other.account_b = one.account_b AND other.day <> one.day
        AND CASE WHEN one.recurs THEN other.subject = one.subject ELSE NOT other.recurs END
    GROUP BY one.network, one.account_a, one.account_b, one.place
)
SELECT network, sum(met)::BIGINT AS meetings, sum(q) AS expected
FROM swapped
GROUP BY network
