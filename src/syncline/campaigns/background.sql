-- title: how popular each object is in the whole log, day by day, and of which taste it is
-- reads: campaign_takings, campaign_communities
-- writes: campaign_background (kind, object, community, taken, share)
-- formula: taken = account-days on the object; share = taken / account-days on all objects of its kind;
--          objects that nobody of the crowd took up are of no community
SELECT t.kind, t.object, c.community, count(*) AS taken, count(*) / sum(count(*)) OVER (PARTITION BY t.kind) AS share
FROM campaign_takings AS t
LEFT JOIN campaign_communities AS c ON c.object = t.object
WHERE t.scope = 1
GROUP BY t.kind, t.object, c.community
