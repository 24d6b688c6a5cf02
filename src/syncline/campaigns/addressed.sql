-- title: who addresses whom, post by post: replies, mentions in posts of one's own, reposts and quotes
-- reads: posts, campaign_people, campaign_names
-- writes: campaign_addressed (kind, platform, name, account, post_id, time_us, to_post_id)
-- formula: the author of the post that is answered, reposted or quoted, where the source does not name the account;
--          a reply that names the account it answers is a reply, not a mention too; nobody addresses oneself
WITH said AS (
    SELECT
        c.account,
        c.account_id,
        p.platform,
        p.post_id,
        p.time_us,
        coalesce(p.is_repost, FALSE) OR p.reposted_post_id IS NOT NULL AS is_repost,
        p.reposted_post_id,
        coalesce(p.reposted_account_id, reposted.account_id) AS reposted_account,
        p.reply_to_post_id,
        coalesce(p.reply_to_account_id, answered.account_id) AS answered_account,
        p.quoted_post_id,
        quoted.account_id AS quoted_account,
        p.mentions
    FROM posts AS p
    JOIN campaign_people AS c ON c.platform = p.platform AND c.account_id = p.account_id
    LEFT JOIN posts AS reposted ON reposted.platform = p.platform AND reposted.post_id = p.reposted_post_id
    LEFT JOIN posts AS answered ON answered.platform = p.platform AND answered.post_id = p.reply_to_post_id
    LEFT JOIN posts AS quoted ON quoted.platform = p.platform AND quoted.post_id = p.quoted_post_id
),
aimed AS (
    SELECT 'applause' AS kind, reposted_account AS name, reposted_post_id AS to_post_id, * FROM said WHERE is_repost
    UNION ALL
    SELECT 'applause', quoted_account, quoted_post_id, * FROM said WHERE NOT is_repost AND quoted_post_id IS NOT NULL
    UNION ALL
    SELECT 'reply', answered_account, reply_to_post_id, * FROM said WHERE NOT is_repost
    UNION ALL
    SELECT 'mention', unnest(mentions), NULL, * FROM said WHERE NOT is_repost
),
named AS (
    SELECT
        a.kind,
        a.platform,
        coalesce(n.account_id, lower(ltrim(a.name, '@'))) AS name,
        a.account,
        a.account_id,
        a.post_id,
        a.time_us,
        a.to_post_id
    FROM aimed AS a
    LEFT JOIN campaign_names AS n ON n.platform = a.platform AND n.name = lower(ltrim(a.name, '@'))
    WHERE a.name <> ''
)
SELECT DISTINCT kind, platform, name, account, post_id, time_us, to_post_id
FROM named AS n
WHERE name <> account_id
    AND NOT (
        kind = 'mention'
        AND EXISTS (
            SELECT 1 FROM named AS r
            WHERE r.kind = 'reply' AND r.platform = n.platform AND r.post_id = n.post_id AND r.name = n.name
        )
    )
