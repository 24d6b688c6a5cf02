-- title: how much engagement does a post of the crowd draw from others?
-- reads: campaign_addressed, campaign_people, posts_coded
-- writes: campaign_usual_engagement (rate)
-- formula: rate = reposts, quotes and replies that the crowd's posts drew / the crowd's posts that are no reposts
WITH drawn AS (
    SELECT count(*) AS acts
    FROM campaign_addressed AS a
    JOIN campaign_people AS p ON p.platform = a.platform AND p.account_id = a.name AND p.outside
    WHERE a.kind IN ('applause', 'reply')
),
written AS (
    SELECT count(*) AS posts
    FROM posts_coded AS p
    JOIN campaign_people AS c ON c.account = p.account AND c.outside
    WHERE NOT p.is_repost
)
SELECT CASE WHEN w.posts > 0 THEN d.acts / w.posts END AS rate
FROM drawn AS d
CROSS JOIN written AS w
