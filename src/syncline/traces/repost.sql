-- title: repost: who passed on which post
-- reads: posts_coded, texts_normalised
-- appends: actions (behaviour, key, day, account, post, time_us)
-- formula: key = id of the reposted post; where a source has none, reposted account + normalised text
SELECT
    0::UTINYINT AS behaviour,
    coalesce(
        p.platform || ':' || p.reposted_post_id,
        p.platform || ':' || coalesce(p.reposted_account_id, '') || ':' || n.text
    ) AS key,
    NULL::INTEGER AS day,
    p.account,
    p.post,
    p.time_us
FROM posts_coded AS p
LEFT JOIN texts_normalised AS n ON n.post = p.post
WHERE p.is_repost AND (p.reposted_post_id IS NOT NULL OR n.text <> '')
