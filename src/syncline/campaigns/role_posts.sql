-- title: what each member did in the network's directives, and in all of its posts: wrote, boosted or addressed
-- reads: posts_coded, campaign_people, campaign_found_acts
-- writes: campaign_role_posts (account, network_id, directed, wrote, boosted, addressed)
-- formula: a repost or quote boosts; a reply, or a post that takes up a target's directive, addresses; the rest is
--          written
WITH own AS (
    SELECT
        c.account,
        c.network_id,
        p.post_id,
        p.is_repost OR p.quoted_post_id IS NOT NULL AS boosts,
        p.reply_to_post_id IS NOT NULL OR p.reply_to_account_id IS NOT NULL AS replies
    FROM posts_coded AS p
    JOIN campaign_people AS c ON c.account = p.account
    WHERE c.network_id IS NOT NULL
),
directed AS (
    SELECT account, post_id, bool_or(kind IN ('reply', 'mention')) AS addresses
    FROM campaign_found_acts
    GROUP BY account, post_id
),
classed AS (
    SELECT
        o.account,
        o.network_id,
        d.post_id IS NOT NULL AS directed,
        o.boosts,
        NOT o.boosts AND (o.replies OR coalesce(d.addresses, FALSE)) AS addresses
    FROM own AS o
    LEFT JOIN directed AS d ON d.account = o.account AND d.post_id = o.post_id
)
SELECT
    account,
    network_id,
    directed,
    count(*) FILTER (NOT boosts AND NOT addresses) AS wrote,
    count(*) FILTER (boosts) AS boosted,
    count(*) FILTER (addresses) AS addressed
FROM classed
GROUP BY account, network_id, directed
