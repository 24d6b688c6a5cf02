-- title: hashtags as objects, in posts of one's own and in reposts alike: who obeys may do so by reposting
-- reads: posts_coded, campaign_hashtags, campaign_objects
-- appends: campaign_acts (object, account, post, time_us)
SELECT h.object, p.account, p.post, p.time_us
FROM (SELECT account, post, time_us, unnest(hashtags) AS hashtag FROM posts_coded WHERE len(hashtags) > 0) AS p
JOIN (
    SELECT f.hashtag, o.object
    FROM campaign_hashtags AS f
    JOIN campaign_objects AS o ON o.kind = 'hashtag' AND o.key = f.folded
) AS h ON h.hashtag = p.hashtag
