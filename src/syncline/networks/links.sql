-- title: everything that is known about each discovered pair
-- reads: discoveries, crowd_evidence, chance_evidence
-- writes: links (account_a, account_b, log_e, log_p, log_e_chance, log_p_chance, objects, behaviours, window_us)
-- formula: chance: the best behaviour and window; objects: distinct ones within the widest window, over behaviours;
--          behaviours: those with evidence of their own (e > 1), or the strongest; window_us: that of the most
--          evidence, of equals the narrowest
WITH crowd AS (
    SELECT c.account_a, c.account_b, c.behaviour, max(c.log_e) AS log_e, max(c.objects) AS objects,
        max_by(c.window_us, (c.log_e, -c.window_us)) AS window_us
    FROM crowd_evidence AS c
    JOIN discoveries AS d ON d.account_a = c.account_a AND d.account_b = c.account_b
    GROUP BY c.account_a, c.account_b, c.behaviour
),
best AS (
    SELECT account_a, account_b, max(log_e) AS log_e, sum(objects) AS objects,
        max_by(window_us, (log_e, -window_us)) AS window_us
    FROM crowd
    GROUP BY account_a, account_b
),
speaking AS (
    SELECT c.account_a, c.account_b, list_sort(list(c.behaviour)) AS behaviours
    FROM crowd AS c
    JOIN best AS b ON b.account_a = c.account_a AND b.account_b = c.account_b
    WHERE c.log_e > 0 OR c.log_e = b.log_e
    GROUP BY c.account_a, c.account_b
),
chance AS (
    SELECT account_a, account_b, max(log_e) AS log_e, min(log_p) AS log_p
    FROM chance_evidence
    GROUP BY account_a, account_b
)
SELECT d.account_a, d.account_b, d.log_e, d.log_p, n.log_e AS log_e_chance, n.log_p AS log_p_chance,
    b.objects, s.behaviours, b.window_us
FROM discoveries AS d
JOIN best AS b ON b.account_a = d.account_a AND b.account_b = d.account_b
JOIN speaking AS s ON s.account_a = d.account_a AND s.account_b = d.account_b
LEFT JOIN chance AS n ON n.account_a = d.account_a AND n.account_b = d.account_b
