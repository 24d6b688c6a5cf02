-- title: what says something about an account's taste, and how much
-- reads: campaign_takings
-- writes: campaign_taste_weights (object, weight)
-- formula: weight = ln(accounts / accounts on the object)^2, of objects that two accounts or more took up
SELECT object, ln(total / count(DISTINCT account)) ^ 2 AS weight
FROM campaign_takings
CROSS JOIN (SELECT count(DISTINCT account)::DOUBLE AS total FROM campaign_takings)
WHERE scope = 0 AND kind IN ('hashtag', 'url', 'reply', 'mention', 'applause')
GROUP BY object, total
HAVING count(DISTINCT account) > 1
