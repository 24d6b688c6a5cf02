-- title: how many handles did each account have, and does somebody else have one of them?
-- reads: account_history
-- writes: account_handles (platform, account_id, observations, handles, handed_on)
-- formula: observations with a handle; distinct handles; 1 if one of them was another account's as well
WITH named AS (
    SELECT platform, account_id, lower(username) AS handle
    FROM account_history
    WHERE username IS NOT NULL AND username <> ''
),
holders AS (
    SELECT platform, handle, count(DISTINCT account_id) AS accounts
    FROM named
    GROUP BY platform, handle
)
SELECT
    n.platform,
    n.account_id,
    count(*) AS observations,
    count(DISTINCT n.handle) AS handles,
    max(CASE WHEN h.accounts > 1 THEN 1 ELSE 0 END) AS handed_on
FROM named AS n
JOIN holders AS h ON h.platform = n.platform AND h.handle = n.handle
GROUP BY n.platform, n.account_id
