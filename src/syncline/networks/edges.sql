-- title: the pairs that pass, with their evidence as powers of ten
-- reads: links, network_links, meetings, accounts_coded, behaviour_names
-- writes: edges (as schema.EDGES)
SELECT n.network AS network_id, a.platform AS platform_a, a.account_id AS account_a,
    b.platform AS platform_b, b.account_id AS account_b,
    l.log_e / ln(10) AS log10_e, l.log_e_chance / ln(10) AS log10_e_chance,
    l.log_p / ln(10) AS log10_p_bound, l.log_p_chance / ln(10) AS log10_p_bound_chance,
    l.objects::BIGINT AS objects,
    (SELECT list(name ORDER BY behaviour) FROM behaviour_names WHERE list_contains(l.behaviours, behaviour))
    AS behaviours,
    l.window_us / 1000000.0 AS window_s, m.days, m.first_us, m.last_us
FROM links AS l
JOIN network_links AS n ON n.account_a = l.account_a AND n.account_b = l.account_b
JOIN accounts_coded AS a ON a.account = l.account_a
JOIN accounts_coded AS b ON b.account = l.account_b
LEFT JOIN (
    SELECT account_a, account_b, count(DISTINCT day) AS days,
        min(least(time_a_us, time_b_us)) AS first_us, max(greatest(time_a_us, time_b_us)) AS last_us
    FROM meetings
    GROUP BY account_a, account_b
) AS m ON m.account_a = l.account_a AND m.account_b = l.account_b
