-- title: through which client does each account post?
-- reads: posts
-- writes: account_clients (platform, account_id, client)
-- formula: the client of more than half of its posts whose client is known, five or more of them
WITH counted AS (
    SELECT platform, account_id, client, count(*) AS posts
    FROM posts
    WHERE client IS NOT NULL AND client <> ''
    GROUP BY platform, account_id, client
),
shares AS (
    SELECT
        platform,
        account_id,
        client,
        posts,
        sum(posts) OVER (PARTITION BY platform, account_id) AS all_posts
    FROM counted
)
SELECT platform, account_id, client
FROM shares
WHERE posts * 2 > all_posts AND all_posts >= 5
