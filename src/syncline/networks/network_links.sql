-- title: the network of each link; none where it leads from one network into another
-- reads: links, memberships_found
-- writes: network_links (network, account_a, account_b, log_e, log_e_chance, window_us)
SELECT CASE WHEN a.network = b.network THEN a.network END AS network,
    l.account_a, l.account_b, l.log_e, l.log_e_chance, l.window_us
FROM links AS l
JOIN memberships_found AS a ON a.account = l.account_a
JOIN memberships_found AS b ON b.account = l.account_b
