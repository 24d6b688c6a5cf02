-- title: accounts as objects: who replied to, mentioned, or reposted and quoted whom
-- reads: campaign_addressed, campaign_objects
-- appends: campaign_acts (object, account, post, time_us)
SELECT o.object, a.account, a.post, a.time_us
FROM campaign_addressed AS a
JOIN campaign_objects AS o ON o.kind = a.kind AND o.key = a.platform || ':' || a.name
