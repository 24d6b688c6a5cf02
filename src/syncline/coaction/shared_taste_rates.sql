-- title: how much more does the crowd null expect from finalists whose tastes meet?
-- reads: crowd_finalists, crowd_scores, traces_in_blocks, tastes, crowd_potential
-- writes: shared_taste_rates (behaviour, window_us, account_a, account_b, rate_least, rate_low, rate_mid,
--         rate_high)
-- formula: the fourth term of candidate_rates: sum over b, h of a_i(b) a_j(b) excess_ih excess_jh phi_bh(theta)
WITH wanted AS (
    SELECT DISTINCT s.behaviour, s.account_a, s.account_b
    FROM crowd_scores AS s
    JOIN crowd_finalists AS c ON c.account_a = s.account_a AND c.account_b = s.account_b
),
activity AS (
    SELECT behaviour, account, block, count(*)::DOUBLE AS traces
    FROM traces_in_blocks
    WHERE account IN (SELECT account_a FROM wanted UNION SELECT account_b FROM wanted)
    GROUP BY behaviour, account, block
),
both_active AS (
    SELECT w.behaviour, w.account_a, w.account_b, i.block, i.traces * j.traces AS activity
    FROM wanted AS w
    JOIN activity AS i ON i.behaviour = w.behaviour AND i.account = w.account_a
    JOIN activity AS j ON j.behaviour = w.behaviour AND j.account = w.account_b AND j.block = i.block
),
shared AS (
    SELECT w.behaviour, w.account_a, w.account_b, i.community, i.excess * j.excess AS excess
    FROM wanted AS w
    JOIN tastes AS i ON i.behaviour = w.behaviour AND i.account = w.account_a AND i.community <> 0
    JOIN tastes AS j ON j.behaviour = w.behaviour AND j.account = w.account_b AND j.community = i.community
)
SELECT b.behaviour, p.window_us, b.account_a, b.account_b,
    sum(b.activity * s.excess * p.phi_least) AS rate_least,
    sum(b.activity * s.excess * p.phi_low) AS rate_low,
    sum(b.activity * s.excess * p.phi_mid) AS rate_mid,
    sum(b.activity * s.excess * p.phi_high) AS rate_high
FROM both_active AS b
JOIN shared AS s ON s.behaviour = b.behaviour AND s.account_a = b.account_a AND s.account_b = b.account_b
JOIN crowd_potential AS p ON p.behaviour = b.behaviour AND p.block = b.block AND p.community = s.community
GROUP BY b.behaviour, p.window_us, b.account_a, b.account_b
