-- title: accounts as objects: who replied to, mentioned, or reposted and quoted whom
-- reads: campaign_addressed
-- appends: campaign_acts (kind, key, account, post_id, time_us)
-- formula: key = platform:account_id
SELECT kind, platform || ':' || name AS key, account, post_id, time_us FROM campaign_addressed
