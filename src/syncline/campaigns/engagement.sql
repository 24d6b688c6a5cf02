-- title: who engaged with the posts of each network's accounts: reposts, quotes and replies, from inside and outside
-- reads: campaign_addressed, campaign_people
-- writes: campaign_engagement (network_id, platform, author, to_post_id, account, inside)
SELECT m.network_id, a.platform, m.account AS author, a.to_post_id, a.account,
    coalesce(p.network_id = m.network_id, FALSE) AS inside
FROM campaign_addressed AS a
JOIN campaign_people AS m ON m.platform = a.platform AND m.account_id = a.name AND m.network_id IS NOT NULL
JOIN campaign_people AS p ON p.account = a.account
WHERE a.kind IN ('applause', 'reply')
