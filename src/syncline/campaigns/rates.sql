-- title: each candidate beside four explanations: the crowd, its taste, those most like the network, its own habit
-- reads: campaign_candidates, campaign_takings, campaign_exposures, campaign_background, campaign_tastes,
--        campaign_alike, campaign_habits, campaign_crowd, campaign_objects
-- writes: campaign_rates (scope, block, day, kind, object, network_id, members, active, counted, takings, crowd,
--         crowd_takings, share, taste, crowd_taste_takings, share_of_taste, alike, alike_takings, habit, habit_takings)
-- formula: takings = those of the network in the block, on all objects of the kind; crowd, alike = takers outside, and
--          among those most like the network; taste = the share of the network's takings in the object's community, the
--          object itself left out, drawn to the crowd's share by taste_prior takings; an object that nobody of the
--          crowd touched is held to be of the network's favourite community
WITH exposures AS (
    SELECT scope, block, kind, network_id, sum(takings)::BIGINT AS takings
    FROM campaign_exposures
    GROUP BY ALL
),
own AS (
    SELECT network_id, object, count(*) AS takers
    FROM campaign_takings
    WHERE scope = 1
    GROUP BY network_id, object
),
alike AS (
    SELECT a.scope, a.block, a.network_id, o.kind, sum(a.takers)::BIGINT AS takings
    FROM campaign_alike AS a
    JOIN campaign_objects AS o ON o.object = a.object
    GROUP BY a.scope, a.block, a.network_id, o.kind
)
SELECT
    c.scope,
    c.block,
    c.day,
    c.kind,
    c.object,
    c.network_id,
    c.members,
    c.active,
    c.counted,
    e.takings,
    coalesce(o.takers, 0) AS crowd,
    coalesce(oe.takings, 0) AS crowd_takings,
    b.share,
    (greatest(t.takings - CASE WHEN b.community IS NULL THEN 0 ELSE w.takers END, 0) + $taste_prior * t.crowd_share)
    / (t.all_takings - w.takers + $taste_prior) AS taste,
    coalesce(te.takings, 0) AS crowd_taste_takings,
    b.taken / t.everybody AS share_of_taste,
    coalesce(a.takers, 0) AS alike,
    coalesce(ae.takings, 0) AS alike_takings,
    CASE WHEN c.scope > 0 THEN coalesce(h.takers, 0) ELSE 0 END AS habit,
    CASE WHEN c.scope > 0 THEN coalesce(h.takings, 0) ELSE 0 END AS habit_takings
FROM campaign_candidates AS c
JOIN campaign_background AS b ON b.object = c.object
JOIN exposures AS e
    ON e.scope = c.scope AND e.block = c.block AND e.kind = c.kind AND e.network_id = c.network_id
LEFT JOIN exposures AS oe
    ON oe.scope = c.scope AND oe.block = c.block AND oe.kind = c.kind AND oe.network_id IS NULL
LEFT JOIN campaign_tastes AS t
    ON t.kind = c.kind AND t.network_id = c.network_id
    AND CASE WHEN b.community IS NULL THEN t.place = 1 ELSE t.community = b.community END
LEFT JOIN campaign_exposures AS te
    ON te.scope = c.scope AND te.block = c.block AND te.kind = c.kind AND te.network_id IS NULL
    AND te.community = t.community
LEFT JOIN campaign_alike AS a
    ON a.scope = c.scope AND a.block = c.block AND a.network_id = c.network_id AND a.object = c.object
LEFT JOIN alike AS ae
    ON ae.scope = c.scope AND ae.block = c.block AND ae.network_id = c.network_id AND ae.kind = c.kind
LEFT JOIN campaign_crowd AS o ON o.scope = c.scope AND o.block = c.block AND o.object = c.object
LEFT JOIN own AS w ON w.network_id = c.network_id AND w.object = c.object
LEFT JOIN campaign_habits AS h ON h.network_id = c.network_id AND h.object = c.object
