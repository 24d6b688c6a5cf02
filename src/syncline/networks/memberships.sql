-- title: who is in which network, and the evidence that names them
-- reads: memberships_found, links
-- writes: memberships (account, network, links, named, log_e)
-- formula: log_e = the second strongest of the account's links inside its network (the only one in a pair)
WITH ends AS (
    SELECT account_a AS account, account_b AS other, log_e FROM links
    UNION ALL
    SELECT account_b AS account, account_a AS other, log_e FROM links
),
ranked AS (
    SELECT m.account, e.log_e, row_number() OVER (PARTITION BY m.account ORDER BY e.log_e DESC, e.other) AS place
    FROM memberships_found AS m
    JOIN ends AS e ON e.account = m.account
    JOIN memberships_found AS o ON o.account = e.other AND o.network = m.network
)
SELECT m.account, m.network, m.links, m.named, min(r.log_e) AS log_e
FROM memberships_found AS m
JOIN ranked AS r ON r.account = m.account AND r.place <= 2
GROUP BY m.account, m.network, m.links, m.named
