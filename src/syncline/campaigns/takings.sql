-- title: which member took up which object in which block of time
-- reads: campaign_acts, campaign_objects, campaign_people
-- writes: campaign_takings (scope, block, day, kind, object, account, network_id)
-- formula: scope 0: the whole log is one block; 1: a block is a UTC day; 2: some hours of a day
SELECT DISTINCT
    s.scope,
    CASE s.scope WHEN 0 THEN 0 WHEN 1 THEN a.time_us // $day_us ELSE a.time_us // $hours_us END::INTEGER AS block,
    CASE WHEN s.scope > 0 THEN a.time_us // $day_us END::INTEGER AS day,
    o.kind,
    a.object,
    a.account,
    p.network_id
FROM campaign_acts AS a
JOIN campaign_people AS p ON p.account = a.account AND p.network_id IS NOT NULL
JOIN campaign_objects AS o ON o.object = a.object
CROSS JOIN (SELECT unnest([0, 1, 2]) AS scope) AS s
