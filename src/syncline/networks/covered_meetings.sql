-- title: the meetings of linked accounts, and which of them its network's leading client, domain or days take up
-- reads: link_meetings, explanations
-- writes: covered_meetings (as judged_meetings, and one_client, one_domain, one_event)
-- formula: one_event covers the three days from the one that `explanations` gives
SELECT m.behaviour, m.object, m.account_a, m.account_b, m.post_a, m.post_b, m.time_a_us, m.time_b_us,
    coalesce(m.client = c.value, FALSE) AS one_client,
    coalesce(m.domain = d.value, FALSE) AS one_domain,
    coalesce(m.day BETWEEN e.value::INTEGER AND e.value::INTEGER + 2, FALSE) AS one_event
FROM link_meetings AS m
LEFT JOIN explanations AS c ON c.network = m.network AND c.sign = 'one_client'
LEFT JOIN explanations AS d ON d.network = m.network AND d.sign = 'one_domain'
LEFT JOIN explanations AS e ON e.network = m.network AND e.sign = 'one_event'
-- Sorted once, for all who count the meetings of a pair later.
ORDER BY m.behaviour, m.account_a, m.account_b, m.post_a, m.post_b
