-- title: replies and mentions in each hour after a post of the account's own
-- reads: campaign_hours_after, campaign_aimed
-- writes: campaign_hourly (object, day, hours, acts)
SELECT h.object, h.hour // 24 AS day, count(DISTINCT h.hour) AS hours, count(a.post_id) AS acts
FROM campaign_hours_after AS h
LEFT JOIN campaign_aimed AS a ON a.object = h.object AND a.hour = h.hour
GROUP BY h.object, h.hour // 24
