-- title: URLs, texts, pictures and reposted posts as objects: the traces as they are
-- reads: traces, campaign_people, campaign_addressed
-- appends: campaign_acts (kind, key, account, post_id, time_us)
-- formula: key = the trace's object; a repost whose author is known and in no network of the reposter's is left out,
--          because the author is the object then (applause)
SELECT t.behaviour AS kind, t.object AS key, c.account, t.post_id, t.time_us
FROM traces AS t
JOIN campaign_people AS c ON c.platform = t.platform AND c.account_id = t.account_id
WHERE t.behaviour IN ('url', 'text', 'media')
UNION ALL
SELECT t.behaviour, t.object, c.account, t.post_id, t.time_us
FROM traces AS t
JOIN campaign_people AS c ON c.platform = t.platform AND c.account_id = t.account_id
LEFT JOIN campaign_addressed AS a
    ON a.kind = 'applause' AND a.platform = t.platform AND a.post_id = t.post_id AND a.account = c.account
LEFT JOIN campaign_people AS author ON author.platform = a.platform AND author.account_id = a.name
WHERE t.behaviour = 'repost' AND (a.name IS NULL OR author.network_id IS NOT NULL)
