-- title: each network, and each pair apart from them
-- reads: memberships, network_links, meetings, links, confirmations, behaviour_names
-- writes: networks (as schema.NETWORKS)
-- formula: log10_e = median over the network's links
WITH seen AS (
    SELECT n.network, count(DISTINCT m.day) AS days, min(least(m.time_a_us, m.time_b_us)) AS first_us,
        max(greatest(m.time_a_us, m.time_b_us)) AS last_us
    FROM meetings AS m
    JOIN network_links AS n ON n.account_a = m.account_a AND n.account_b = m.account_b
    WHERE n.network IS NOT NULL
    GROUP BY n.network
),
spoken AS (
    SELECT network, list(name ORDER BY behaviour) AS behaviours
    FROM (
        SELECT DISTINCT n.network, b.behaviour, b.name
        FROM network_links AS n
        JOIN links AS l ON l.account_a = n.account_a AND l.account_b = n.account_b
        JOIN behaviour_names AS b ON list_contains(l.behaviours, b.behaviour)
        WHERE n.network IS NOT NULL
    )
    GROUP BY network
),
evidence AS (
    SELECT network, count(*) AS links, median(log_e) AS log_e
    FROM network_links
    WHERE network IS NOT NULL
    GROUP BY network
)
SELECT m.network AS network_id,
    CASE WHEN count(*) > 2 THEN 'network' ELSE 'pair' END AS kind,
    count(*) AS size,
    count(*) FILTER (WHERE m.named) AS named,
    any_value(e.links) AS edges,
    any_value(e.log_e) / ln(10) AS log10_e,
    any_value(k.behaviours) AS behaviours,
    any_value(s.days) AS days,
    any_value(s.first_us) AS first_us,
    any_value(s.last_us) AS last_us,
    CASE WHEN any_value(s.days) > 1 THEN coalesce(any_value(c.confirmed), 'too little data') ELSE 'too little data' END
    AS confirmed
FROM memberships AS m
JOIN evidence AS e ON e.network = m.network
LEFT JOIN seen AS s ON s.network = m.network
LEFT JOIN spoken AS k ON k.network = m.network
LEFT JOIN confirmations AS c ON c.network = m.network
GROUP BY m.network
