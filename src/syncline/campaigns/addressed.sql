-- title: who addresses whom, post by post: replies, mentions in posts of one's own, reposts and quotes
-- reads: posts_coded, campaign_people, campaign_names
-- writes: campaign_addressed (kind, platform, name, account, post, post_id, time_us, to_post_id)
-- formula: the author of the post that is answered, reposted or quoted, where the source does not name the account;
--          a reply that names the account it answers is a reply, not a mention too; nobody addresses oneself
WITH aimed AS (
    SELECT 'applause' AS kind, reposted_account_id AS name, reposted_post_id AS to_post_id, platform, account,
        post, post_id, time_us
    FROM posts_coded
    WHERE is_repost AND (reposted_account_id IS NOT NULL OR reposted_post_id IS NOT NULL)
    UNION ALL
    SELECT 'applause', NULL, quoted_post_id, platform, account, post, post_id, time_us
    FROM posts_coded
    WHERE NOT is_repost AND quoted_post_id IS NOT NULL
    UNION ALL
    SELECT 'reply', reply_to_account_id, reply_to_post_id, platform, account, post, post_id, time_us
    FROM posts_coded
    WHERE NOT is_repost AND (reply_to_account_id IS NOT NULL OR reply_to_post_id IS NOT NULL)
    UNION ALL
    SELECT 'mention', unnest(mentions), NULL, platform, account, post, post_id, time_us
    FROM posts_coded
    WHERE NOT is_repost AND len(mentions) > 0
),
authors AS (
    SELECT w.platform, w.to_post_id, c.account_id
    FROM (SELECT DISTINCT platform, to_post_id FROM aimed WHERE name IS NULL AND to_post_id IS NOT NULL) AS w
    JOIN posts_coded AS p ON p.platform = w.platform AND p.post_id = w.to_post_id
    JOIN campaign_people AS c ON c.account = p.account
),
named AS (
    SELECT
        a.kind,
        a.platform,
        coalesce(n.account_id, lower(ltrim(coalesce(a.name, w.account_id), '@'))) AS name,
        a.account,
        a.post,
        a.post_id,
        a.time_us,
        a.to_post_id
    FROM aimed AS a
    LEFT JOIN authors AS w ON a.name IS NULL AND w.platform = a.platform AND w.to_post_id = a.to_post_id
    LEFT JOIN campaign_names AS n
        ON n.platform = a.platform AND n.name = lower(ltrim(coalesce(a.name, w.account_id), '@'))
    WHERE coalesce(a.name, w.account_id) <> ''
)
SELECT DISTINCT n.kind, n.platform, n.name, n.account, n.post, n.post_id, n.time_us, n.to_post_id
FROM named AS n
JOIN campaign_people AS c ON c.account = n.account
WHERE n.name <> c.account_id
    AND NOT (
        n.kind = 'mention'
        AND EXISTS (SELECT 1 FROM named AS r WHERE r.kind = 'reply' AND r.post = n.post AND r.name = n.name)
    )
