-- title: how popular each object is in the whole log, day by day, and of which taste it is
-- reads: campaign_popularity, campaign_objects, campaign_communities
-- writes: campaign_background (kind, object, community, taken, share)
-- formula: taken = account-days on the object; share = taken / account-days on all objects of its kind;
--          objects that nobody of the crowd took up are of no community
SELECT o.kind, p.object, c.community, p.taken, p.taken / sum(p.taken) OVER (PARTITION BY o.kind) AS share
FROM campaign_popularity AS p
JOIN campaign_objects AS o ON o.object = p.object
LEFT JOIN campaign_communities AS c ON c.object = p.object
WHERE p.taken > 0
