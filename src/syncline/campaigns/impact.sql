-- title: did anybody outside listen? Engagement from outside against inside, its concentration, the communities reached
-- reads: campaign_engagement, campaign_usual_engagement, campaign_people, campaign_circles, posts
-- writes: impact (see syncline.schema.IMPACT)
-- formula: a community or platform is reached by reached_min accounts from outside; Breakout Scale (Nimmo 2020): 1 one
--          platform and one community, 2 several of one of them, 3 several of both; 4 to 6 are no matter of the log;
--          no category where the log does not say whose posts were engaged with
WITH written AS (
    SELECT
        c.network_id,
        count(*) AS posts,
        sum(p.likes)::BIGINT AS likes,
        sum(p.reposts)::BIGINT AS reposts,
        sum(p.replies)::BIGINT AS replies
    FROM posts AS p
    JOIN campaign_people AS c ON c.platform = p.platform AND c.account_id = p.account_id AND c.network_id IS NOT NULL
    WHERE NOT (coalesce(p.is_repost, FALSE) OR p.reposted_post_id IS NOT NULL)
    GROUP BY c.network_id
),
acts AS (
    SELECT
        network_id,
        count(*) FILTER (inside) AS inside_acts,
        count(DISTINCT account) FILTER (inside) AS inside_accounts,
        count(*) FILTER (NOT inside) AS outside_acts,
        count(DISTINCT account) FILTER (NOT inside) AS outside_accounts,
        count(DISTINCT (platform, to_post_id)) FILTER (NOT inside AND to_post_id IS NOT NULL) AS outside_posts
    FROM campaign_engagement
    GROUP BY network_id
),
most AS (
    SELECT network_id, sum(acts) FILTER (place <= 5)::BIGINT AS acts,
        list(post_id ORDER BY place) FILTER (place <= 5) AS post_ids
    FROM (
        SELECT
            network_id,
            to_post_id AS post_id,
            count(*) AS acts,
            row_number() OVER (PARTITION BY network_id ORDER BY count(*) DESC, to_post_id) AS place
        FROM campaign_engagement
        WHERE NOT inside AND to_post_id IS NOT NULL
        GROUP BY network_id, platform, to_post_id
    )
    GROUP BY network_id
),
authors AS (
    SELECT network_id, max(acts) AS acts
    FROM (
        SELECT network_id, author, count(*) AS acts
        FROM campaign_engagement
        WHERE NOT inside
        GROUP BY network_id, author
    )
    GROUP BY network_id
),
circles AS (
    SELECT network_id, count(*) AS communities
    FROM (
        SELECT e.network_id, c.community
        FROM campaign_engagement AS e
        JOIN campaign_circles AS c ON c.account = e.account
        WHERE NOT e.inside
        GROUP BY e.network_id, c.community
        HAVING count(DISTINCT e.account) >= $reached_min
    )
    GROUP BY network_id
),
places AS (
    SELECT network_id, count(*) AS platforms
    FROM (
        SELECT network_id, platform
        FROM campaign_engagement
        WHERE NOT inside
        GROUP BY network_id, platform
        HAVING count(DISTINCT account) >= $reached_min
    )
    GROUP BY network_id
)
SELECT
    n.network_id,
    coalesce(w.posts, 0) AS posts,
    coalesce(a.outside_posts, 0) AS outside_posts,
    coalesce(a.inside_accounts, 0) AS inside_accounts,
    coalesce(a.inside_acts, 0) AS inside_acts,
    coalesce(a.outside_accounts, 0) AS outside_accounts,
    coalesce(a.outside_acts, 0) AS outside_acts,
    CASE
        WHEN a.inside_acts + a.outside_acts > 0 THEN a.outside_acts / (a.inside_acts + a.outside_acts)
    END AS outside_share,
    CASE WHEN w.posts > 0 THEN coalesce(a.outside_acts, 0) / w.posts END AS rate,
    u.rate AS usual_rate,
    CASE WHEN a.outside_acts > 0 THEN coalesce(m.acts, 0) / a.outside_acts END AS top_posts_share,
    CASE WHEN a.outside_acts > 0 THEN b.acts / a.outside_acts END AS top_account_share,
    coalesce(c.communities, 0) AS communities,
    coalesce(p.platforms, 0) AS platforms,
    CASE
        WHEN NOT u.told THEN NULL
        WHEN coalesce(c.communities, 0) > 1 AND coalesce(p.platforms, 0) > 1 THEN 3
        WHEN coalesce(c.communities, 0) > 1 OR coalesce(p.platforms, 0) > 1 THEN 2
        ELSE 1
    END AS breakout,
    w.likes,
    w.reposts,
    w.replies,
    coalesce(m.post_ids, []) AS post_ids
FROM (SELECT DISTINCT network_id FROM campaign_people WHERE network_id IS NOT NULL) AS n
CROSS JOIN campaign_usual_engagement AS u
LEFT JOIN written AS w ON w.network_id = n.network_id
LEFT JOIN acts AS a ON a.network_id = n.network_id
LEFT JOIN most AS m ON m.network_id = n.network_id
LEFT JOIN authors AS b ON b.network_id = n.network_id
LEFT JOIN circles AS c ON c.network_id = n.network_id
LEFT JOIN places AS p ON p.network_id = n.network_id
