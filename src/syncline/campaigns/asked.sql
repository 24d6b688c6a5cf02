-- title: one question for each network, object and day: the day's own answer, or that of its best hours
-- reads: campaign_evidence
-- writes: campaign_asked (scope, day, kind, object, network_id, members, active, crowd, expected, log_odds,
--         log_odds_error, busiest_block, log_p)
-- formula: p = 2 min(p of the day, blocks x p of the best block) (Bonferroni); the whole log has no hours
SELECT
    d.scope,
    d.day,
    d.kind,
    d.object,
    d.network_id,
    d.members,
    d.active,
    d.crowd,
    d.expected,
    d.log_odds,
    d.log_odds_error,
    h.busiest_block,
    CASE
        WHEN d.scope = 0 THEN d.log_p
        ELSE least(least(d.log_p, coalesce(h.log_p, 0) + ln($blocks)) + ln(2), 0)
    END AS log_p
FROM campaign_evidence AS d
LEFT JOIN (
    SELECT network_id, object, day, min(log_p) AS log_p, min_by(block, (log_p, block)) AS busiest_block
    FROM campaign_evidence
    WHERE scope = 2
    GROUP BY network_id, object, day
) AS h ON h.network_id = d.network_id AND h.object = d.object AND h.day = d.day
WHERE d.scope < 2
ORDER BY d.network_id, d.day, d.object
