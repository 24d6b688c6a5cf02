-- title: how many questions are asked: network x block x object, and the object has takers enough to be a directive
-- reads: campaign_takings, campaign_askable
-- writes: campaign_tests (scope, tests)
-- formula: a choice by the number of takers, whoever they are, so that what it leaves is tested fairly
SELECT e.scope, sum(o.objects)::BIGINT AS tests
FROM (SELECT DISTINCT scope, block, kind, network_id FROM campaign_takings) AS e
JOIN campaign_askable AS o ON o.scope = e.scope AND o.block = e.block AND o.kind = e.kind
GROUP BY e.scope
