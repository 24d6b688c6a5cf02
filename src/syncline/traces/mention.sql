-- title: mention: who named which account on which day, in posts of their own
-- reads: posts_coded
-- appends: actions (behaviour, key, day, account, post, time_us)
-- formula: key = mentioned account, day = UTC day
SELECT
    6::UTINYINT AS behaviour,
    platform || ':' || lower(ltrim(mention, '@')) AS key,
    day,
    account,
    post,
    time_us
FROM (
    SELECT platform, post, day, account, time_us, unnest(mentions) AS mention
    FROM posts_coded
    WHERE NOT is_repost AND len(mentions) > 0
)
