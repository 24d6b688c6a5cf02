-- title: one integer for each account
-- reads: posts
-- writes: accounts_coded (account, platform, account_id)
SELECT (row_number() OVER (ORDER BY platform, account_id) - 1)::INTEGER AS account, platform, account_id
FROM (SELECT DISTINCT platform, account_id FROM posts)
