-- title: URLs, texts, pictures and reposted posts as objects: the traces as they are
-- reads: traces_coded, objects, campaign_objects, campaign_people, campaign_addressed
-- appends: campaign_acts (object, account, post, time_us)
-- formula: a repost whose author is known and in no network is left out, because the author is the object then
--          (applause)
SELECT o.object, t.account, t.post, t.time_us
FROM traces_coded AS t
JOIN (
    SELECT o.object AS trace_object, c.object, c.kind
    FROM objects AS o
    JOIN campaign_objects AS c ON c.subject = o.subject
) AS o ON o.trace_object = t.object
WHERE o.kind <> 'repost'
    OR t.post NOT IN (
        SELECT a.post
        FROM campaign_addressed AS a
        LEFT JOIN campaign_people AS author ON author.platform = a.platform AND author.account_id = a.name
        WHERE a.kind = 'applause' AND author.network_id IS NULL
    )
