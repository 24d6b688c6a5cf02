-- title: who followed each directive, when, and by which posts
-- reads: campaign_directives, campaign_found_acts, campaign_people
-- writes: uptake (directive_id, network_id, platform, account_id, first_us, delay_us, posts, post_id)
-- formula: delay = time since the first member; post_id = the account's first post
SELECT
    d.directive_id,
    a.network_id,
    p.platform,
    p.account_id,
    min(a.time_us) AS first_us,
    min(a.time_us) - min(min(a.time_us)) OVER (PARTITION BY d.directive_id) AS delay_us,
    count(DISTINCT a.post_id) AS posts,
    min_by(a.post_id, (a.time_us, a.post_id)) AS post_id
FROM campaign_directives AS d
JOIN campaign_found_acts AS a
    ON a.network_id = d.network_id AND a.object = d.object AND a.day IS NOT DISTINCT FROM d.day
JOIN campaign_people AS p ON p.account = a.account
GROUP BY d.directive_id, a.network_id, p.platform, p.account_id
