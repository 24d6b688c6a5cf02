-- title: who moves first, and by how much
-- reads: uptake, directives, campaign_people
-- writes: campaign_movers (account, directives, firsts, median_delay_us)
-- formula: firsts = directives in which the account is in the first quarter of the followers, of those with
--          followers_min or more; equal times share their place
WITH placed AS (
    SELECT
        u.platform,
        u.account_id,
        u.delay_us,
        rank() OVER (PARTITION BY u.directive_id ORDER BY u.first_us) AS place,
        count(*) OVER (PARTITION BY u.directive_id) AS followers
    FROM uptake AS u
    JOIN directives AS d ON d.directive_id = u.directive_id AND d.leads AND d.day_us IS NOT NULL
)
SELECT
    c.account,
    count(*) AS directives,
    count(*) FILTER (p.place <= p.followers / 4) AS firsts,
    median(p.delay_us)::BIGINT AS median_delay_us
FROM placed AS p
JOIN campaign_people AS c ON c.platform = p.platform AND c.account_id = p.account_id
WHERE p.followers >= $followers_min
GROUP BY c.account
