-- title: how often a network's accounts met on what they share, and how often had each come at its hours of another day
-- reads: network_links, traces, objects
-- writes: usual_hours (network, meetings, expected)
-- formula: each time two accounts, linked or not, acted on one object on one day counts, unless no other day can be
--          held against it; q = share of the other days' b that are within the network's widest window of its a by the
--          clock: those of the same subject (tag or text) where that recurs, else of all that do not; expected = sum of
--          q; $most_accounts accounts, $most_pairs pairs and $most_objects objects of each
WITH windows AS (
    SELECT network, max(window_us) AS window_us
    FROM network_links
    WHERE network IS NOT NULL AND window_us <= $widest_us
    GROUP BY network
),
-- Any order that has nothing to do with their evidence.
accounts AS (
    SELECT network, account,
        row_number() OVER (PARTITION BY network ORDER BY account * 7919::BIGINT % 1000003, account) AS place
    FROM (
        SELECT network, account_a AS account FROM network_links WHERE network IS NOT NULL
        UNION
        SELECT network, account_b FROM network_links WHERE network IS NOT NULL
    )
),
numbered AS (
    -- Not its links alone: those are the pairs that chance favoured.
    SELECT a.network, a.account AS account_a, b.account AS account_b, w.window_us,
        row_number() OVER (
            PARTITION BY a.network
            ORDER BY (a.account * 7919::BIGINT + b.account * 104729::BIGINT) % 1000003, a.account, b.account
        ) AS place
    FROM accounts AS a
    JOIN accounts AS b ON b.network = a.network AND b.account > a.account AND b.place <= $most_accounts
    JOIN windows AS w ON w.network = a.network
    WHERE a.place <= $most_accounts
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
    WHERE c.place <= $most_pairs AND a.time_us // 86400000000 = b.time_us // 86400000000
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
