-- title: the members' acts on what was found
-- reads: campaign_found, campaign_objects, campaign_acts, campaign_people, posts_coded
-- writes: campaign_found_acts (network_id, day, kind, key, object, account, post_id, time_us)
-- formula: day is missing where the object was found in the whole log and on no single day
SELECT u.network_id, u.day, u.kind, o.key, u.object, a.account, t.post_id, a.time_us
FROM campaign_found AS u
JOIN campaign_objects AS o ON o.object = u.object
JOIN campaign_acts AS a ON a.object = u.object
JOIN campaign_people AS p ON p.account = a.account AND p.network_id = u.network_id
JOIN posts_coded AS t ON t.post = a.post
WHERE
    CASE
        WHEN u.scope > 0 THEN a.time_us // $day_us = u.day
        ELSE NOT EXISTS (
            SELECT 1 FROM campaign_found AS d
            WHERE d.scope > 0 AND d.network_id = u.network_id AND d.object = u.object
        )
    END
