-- title: what several members of a network took up in one block; nothing is said about the others yet
-- reads: campaign_takings, campaign_objects, campaign_active
-- writes: campaign_candidates (scope, block, day, kind, object, network_id, members, active, counted)
-- formula: members = its accounts that took it up: members_min at least, and members_share of those active that day
--          (that log); its own members are no objects; of the whole log, only what was taken up on days_min days;
--          counted = the members on whom the question is decided: all, but of the whole log those who took it up on
--          another day than its busiest, because it says that something was repeated, which one day does not show
WITH days AS (
    SELECT network_id, object, day, count(*) AS members
    FROM campaign_takings
    WHERE scope = 1
    GROUP BY network_id, object, day
),
busiest AS (
    SELECT network_id, object, count(*) AS days, max_by(day, (members, day)) AS day
    FROM days
    GROUP BY network_id, object
),
repeated AS (
    SELECT t.network_id, t.object, any_value(b.days) AS days, count(DISTINCT t.account) AS accounts
    FROM campaign_takings AS t
    JOIN busiest AS b ON b.network_id = t.network_id AND b.object = t.object AND b.day <> t.day
    WHERE t.scope = 1
    GROUP BY t.network_id, t.object
)
SELECT
    t.scope,
    t.block,
    t.day,
    t.kind,
    t.object,
    t.network_id,
    t.members,
    a.accounts AS active,
    CASE WHEN t.scope > 0 THEN t.members ELSE r.accounts END AS counted
FROM (
    SELECT scope, block, day, kind, object, network_id, count(*) AS members
    FROM campaign_takings
    GROUP BY ALL
    HAVING count(*) >= $members_min
) AS t
JOIN campaign_objects AS o ON o.object = t.object
JOIN campaign_active AS a
    ON a.scope = least(t.scope, 1) AND a.block = coalesce(t.day, t.block) AND a.network_id = t.network_id
LEFT JOIN repeated AS r ON r.network_id = t.network_id AND r.object = t.object
WHERE o.network_id IS DISTINCT FROM t.network_id AND t.members >= $members_share * a.accounts
    AND (t.scope > 0 OR r.days >= $days_min)
