-- title: what says something about an account's taste, and how much
-- reads: campaign_popularity, campaign_objects, campaign_acts
-- writes: campaign_taste_weights (object, weight)
-- formula: weight = ln(accounts / accounts on the object)^2, of objects that two accounts or more took up
SELECT p.object, ln(a.accounts / p.takers) ^ 2 AS weight
FROM campaign_popularity AS p
JOIN campaign_objects AS o ON o.object = p.object AND o.kind IN ('hashtag', 'url', 'reply', 'mention', 'applause')
CROSS JOIN (SELECT count(DISTINCT account)::DOUBLE AS accounts FROM campaign_acts) AS a
WHERE p.takers > 1
