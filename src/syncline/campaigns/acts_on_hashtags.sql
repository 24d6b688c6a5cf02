-- title: hashtags as objects, in posts of one's own and in reposts alike: who obeys may do so by reposting
-- reads: posts, campaign_people, campaign_hashtags
-- appends: campaign_acts (kind, key, account, post_id, time_us)
-- formula: key = folded hashtag
SELECT DISTINCT 'hashtag' AS kind, h.folded AS key, c.account, p.post_id, p.time_us
FROM (SELECT platform, account_id, post_id, time_us, unnest(hashtags) AS hashtag FROM posts) AS p
JOIN campaign_hashtags AS h ON h.hashtag = p.hashtag
JOIN campaign_people AS c ON c.platform = p.platform AND c.account_id = p.account_id
