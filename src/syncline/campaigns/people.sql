-- title: who posts, and in which network: everybody in no network and no pair is the crowd
-- reads: accounts_coded, members, networks, cleared
-- writes: campaign_people (account, platform, account_id, network_id, outside)
-- formula: an account that an analyst has cleared is neither in a network nor in the crowd
SELECT
    p.account,
    p.platform,
    p.account_id,
    CASE WHEN c.account_id IS NULL THEN m.network_id END AS network_id,
    m.account_id IS NULL AND c.account_id IS NULL AS outside
FROM accounts_coded AS p
LEFT JOIN (
    SELECT
        platform,
        account_id,
        min(network_id) FILTER (network_id IN (SELECT network_id FROM networks WHERE kind = 'network')) AS network_id
    FROM members
    GROUP BY platform, account_id
) AS m ON m.platform = p.platform AND m.account_id = p.account_id
LEFT JOIN (SELECT DISTINCT platform, account_id FROM cleared) AS c
    ON c.platform = p.platform AND c.account_id = p.account_id
