-- title: the meetings of accounts that are linked inside a network
-- reads: judged_meetings, network_links
-- writes: linked_meetings (as judged_meetings, and network)
SELECT m.*, n.network
FROM judged_meetings AS m
JOIN network_links AS n ON n.account_a = m.account_a AND n.account_b = m.account_b
WHERE n.network IS NOT NULL
