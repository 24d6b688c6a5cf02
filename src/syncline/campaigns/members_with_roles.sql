-- title: the members, with their roles
-- reads: members, roles
-- writes: members (as schema.MEMBERS)
SELECT m.* REPLACE (coalesce(r.role, m.role) AS role)
FROM members AS m
LEFT JOIN roles AS r ON r.network_id = m.network_id AND r.platform = m.platform AND r.account_id = m.account_id
