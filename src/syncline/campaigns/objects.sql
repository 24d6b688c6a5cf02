-- title: one integer for each object, whatever the day; an account that is an object may itself be in a network
-- reads: objects, behaviour_names, campaign_hashtags, campaign_addressed, campaign_people
-- writes: campaign_objects (object, kind, key, subject, network_id)
-- formula: key = that of the trace, the folded hashtag, or platform:account_id; subject = the trace's, where it is one;
--          in the order of kind and key
WITH every AS (
    SELECT any_value(n.name) AS kind, any_value(o.key) AS key, o.subject, o.subject AS place
    FROM objects AS o
    JOIN behaviour_names AS n ON n.behaviour = o.behaviour AND n.name IN ('url', 'text', 'media', 'repost')
    GROUP BY o.subject
    UNION ALL
    SELECT 'hashtag', folded, NULL, row_number() OVER (ORDER BY folded)
    FROM (SELECT DISTINCT folded FROM campaign_hashtags)
    UNION ALL
    SELECT kind, key, NULL, row_number() OVER (ORDER BY key)
    FROM (SELECT DISTINCT kind, platform || ':' || name AS key FROM campaign_addressed)
)
SELECT
    (row_number() OVER (ORDER BY a.kind, a.place) - 1)::INTEGER AS object,
    a.kind,
    a.key,
    a.subject,
    p.network_id
FROM every AS a
LEFT JOIN campaign_people AS p
    ON a.kind IN ('reply', 'mention', 'applause') AND p.platform || ':' || p.account_id = a.key
