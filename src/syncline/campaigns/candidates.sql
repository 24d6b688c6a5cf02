-- title: what several members of a network took up in one block; nothing is said about the others yet
-- reads: campaign_takings, campaign_objects, campaign_active
-- writes: campaign_candidates (scope, block, day, kind, object, network_id, members, active)
-- formula: members = its accounts that took it up: members_min at least, and members_share of those active that day
--          (that log); its own members are no objects; of the whole log, only what was taken up on days_min days
SELECT t.scope, t.block, t.day, t.kind, t.object, t.network_id, t.members, a.accounts AS active
FROM (
    SELECT scope, block, day, kind, object, network_id, count(*) AS members
    FROM campaign_takings
    GROUP BY ALL
    HAVING count(*) >= $members_min
) AS t
JOIN campaign_objects AS o ON o.object = t.object
JOIN campaign_active AS a
    ON a.scope = least(t.scope, 1) AND a.block = coalesce(t.day, t.block) AND a.network_id = t.network_id
WHERE o.network_id IS DISTINCT FROM t.network_id AND t.members >= $members_share * a.accounts
    AND (
        t.scope > 0
        OR (
            SELECT count(DISTINCT d.day) FROM campaign_takings AS d
            WHERE d.scope = 1 AND d.network_id = t.network_id AND d.object = t.object
        ) >= $days_min
    )
