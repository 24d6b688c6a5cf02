-- title: under which names an account may be addressed: its id, or its username where that is no id
-- reads: accounts_coded, accounts
-- writes: campaign_names (platform, name, account_id)
WITH ids AS (
    SELECT platform, account_id FROM accounts
    UNION
    SELECT platform, account_id FROM accounts_coded
),
usernames AS (
    SELECT platform, lower(username) AS name, min(account_id) AS account_id
    FROM accounts
    WHERE username <> ''
    GROUP BY platform, lower(username)
    HAVING count(DISTINCT account_id) = 1
)
SELECT platform, lower(account_id) AS name, min(account_id) AS account_id
FROM ids
GROUP BY platform, lower(account_id)
UNION ALL
SELECT platform, name, account_id
FROM usernames AS u
WHERE NOT EXISTS (SELECT 1 FROM ids AS i WHERE i.platform = u.platform AND lower(i.account_id) = u.name)
