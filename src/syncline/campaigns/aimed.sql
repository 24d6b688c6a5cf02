-- title: every reply and mention, with who is behind it and in which hour
-- reads: campaign_addressed, campaign_people
-- writes: campaign_aimed (object, kind, account, network_id, outside, post_id, to_post_id, time_us, day, hour)
SELECT
    a.platform || ':' || a.name AS object,
    a.kind,
    a.account,
    p.network_id,
    p.outside,
    a.post_id,
    a.to_post_id,
    a.time_us,
    a.time_us // $day_us AS day,
    a.time_us // $hour_us AS hour
FROM campaign_addressed AS a
JOIN campaign_people AS p ON p.account = a.account
WHERE a.kind IN ('reply', 'mention')
