-- title: the name that an account shows
-- reads: accounts, members
-- writes: campaign_names_shown (platform, account_id, username)
SELECT platform, account_id, max(username) AS username
FROM (
    SELECT platform, account_id, username FROM accounts
    UNION ALL
    SELECT platform, account_id, username FROM members
)
WHERE username <> ''
GROUP BY platform, account_id
