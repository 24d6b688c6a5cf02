-- title: who of the crowd took up what, whatever the day
-- reads: campaign_takings
-- writes: campaign_crowd_links (account, object)
SELECT account, object
FROM campaign_takings
WHERE scope = 0 AND outside
