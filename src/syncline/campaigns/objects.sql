-- title: one integer for each object, whatever the day; an account that is an object may itself be in a network
-- reads: campaign_acts, campaign_people
-- writes: campaign_objects (object, kind, key, network_id)
SELECT
    (row_number() OVER (ORDER BY a.kind, a.key) - 1)::INTEGER AS object,
    a.kind,
    a.key,
    p.network_id
FROM (SELECT DISTINCT kind, key FROM campaign_acts) AS a
LEFT JOIN campaign_people AS p
    ON a.kind IN ('reply', 'mention', 'applause') AND p.platform || ':' || p.account_id = a.key
