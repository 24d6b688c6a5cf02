-- title: the meetings of linked accounts, and which of them the leading client, domain, days or custom take up
-- reads: link_meetings, explanations, objects, behaviour_names
-- writes: covered_meetings (as judged_meetings, and one_client, one_domain, one_event, one_custom)
-- formula: one_event covers the three days from the one that `explanations` gives
WITH customs AS (
    SELECT e.network, o.object
    FROM explanations AS e
    JOIN behaviour_names AS n ON n.name = e.behaviour
    JOIN objects AS o ON o.behaviour = n.behaviour AND o.key = e.value
    WHERE e.sign = 'one_custom'
)
SELECT m.behaviour, m.object, m.account_a, m.account_b, m.post_a, m.post_b, m.time_a_us, m.time_b_us,
    coalesce(m.client = c.value, FALSE) AS one_client,
    coalesce(m.domain = d.value, FALSE) AS one_domain,
    coalesce(m.day BETWEEN e.value::INTEGER AND e.value::INTEGER + 2, FALSE) AS one_event,
    k.object IS NOT NULL AS one_custom
FROM link_meetings AS m
LEFT JOIN explanations AS c ON c.network = m.network AND c.sign = 'one_client'
LEFT JOIN explanations AS d ON d.network = m.network AND d.sign = 'one_domain'
LEFT JOIN explanations AS e ON e.network = m.network AND e.sign = 'one_event'
LEFT JOIN customs AS k ON k.network = m.network AND k.object = m.object
-- Sorted once, for all who count the meetings of a pair later.
ORDER BY m.behaviour, m.account_a, m.account_b, m.post_a, m.post_b
