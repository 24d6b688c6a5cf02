-- title: the accounts of each network, named or not, and why
-- reads: memberships, accounts_coded, accounts, posts_coded, networks
-- writes: members (as schema.MEMBERS)
SELECT m.network AS network_id, c.platform, c.account_id, a.username, m.named,
    CASE
        WHEN m.named THEN 'named: its evidence with ' || m.links || ' members passes, each on its own'
        WHEN n.kind = 'pair' THEN 'not named: a pair is often one person with two accounts'
        WHEN m.links < 2 THEN 'not named: its evidence passes with one member only'
        ELSE 'not named: its evidence passes only with members who are not named themselves'
    END AS reason,
    m.log_e / ln(10) AS log10_e, m.links AS edges, p.posts, NULL::VARCHAR AS role
FROM memberships AS m
JOIN accounts_coded AS c ON c.account = m.account
JOIN networks AS n ON n.network_id = m.network
JOIN (SELECT account, count(*) AS posts FROM posts_coded GROUP BY account) AS p ON p.account = m.account
LEFT JOIN accounts AS a ON a.platform = c.platform AND a.account_id = c.account_id
