-- title: how much engagement does a post of the crowd draw from others, and could the log show it?
-- reads: campaign_addressed, campaign_people, posts_coded
-- writes: campaign_usual_engagement (rate, told)
-- formula: rate = reposts, quotes and replies that the crowd's posts drew / the crowd's posts that are no reposts;
--          told = whether the log says whose post was reposted, for told_min of all reposts, or shows engagement at all
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
),
reposts AS (
    SELECT
        (SELECT count(*) FROM posts_coded WHERE is_repost) AS every,
        (
            SELECT count(DISTINCT a.post)
            FROM campaign_addressed AS a
            JOIN posts_coded AS p ON p.post = a.post AND p.is_repost
            WHERE a.kind = 'applause'
        ) AS with_author,
        (SELECT count(*) FROM campaign_addressed WHERE kind IN ('applause', 'reply')) AS acts
)
SELECT CASE WHEN w.posts > 0 THEN d.acts / w.posts END AS rate,
    r.acts > 0 AND r.with_author >= $told_min * r.every AS told
FROM drawn AS d
CROSS JOIN written AS w
CROSS JOIN reposts AS r
