-- title: when in the week does each account post that is compared?
-- reads: posts, account_features, accounts_compared
-- writes: account_hours (account_number, half_hour, posts)
-- formula: half_hour = half hours since Monday 00:00 UTC, 0 to 335; 1970-01-01 was a Thursday
SELECT
    f.account_number,
    (p.time_us // 1800000000 + 144) % 336 AS half_hour,
    count(*) AS posts
FROM posts AS p
JOIN (
    SELECT a.account_number, a.platform, a.account_id
    FROM account_features AS a
    JOIN accounts_compared AS c ON c.account_number = a.account_number
) AS f ON f.platform = p.platform AND f.account_id = p.account_id
GROUP BY f.account_number, (p.time_us // 1800000000 + 144) % 336
