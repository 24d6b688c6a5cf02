-- title: the hours after the posts of targets and of the accounts like them
-- reads: posts, campaign_episodes, campaign_comparable_targets
-- writes: campaign_hours_after (object, hour)
-- formula: the hour of a post and those that follow, hours_after in all; overlapping hours count once
WITH watched AS (
    SELECT object FROM campaign_episodes
    UNION
    SELECT like_object FROM campaign_comparable_targets
)
SELECT DISTINCT w.object, p.time_us // $hour_us + h.later AS hour
FROM posts AS p
JOIN watched AS w ON w.object = p.platform || ':' || p.account_id
CROSS JOIN (SELECT unnest(range($hours_after)) AS later) AS h
