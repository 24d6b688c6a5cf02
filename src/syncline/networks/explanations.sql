-- title: how much of each network's meetings one client app, one domain, one day or one event takes up
-- reads: link_meetings
-- writes: explanations (network, sign, value, meetings, of, hidden)
-- formula: the most frequent value; one_event = the three consecutive UTC days with most meetings;
--          one_client out of all meetings, one_domain out of those on addresses; hidden = those whose domain a
--          shortener hides: they count among all, and towards no domain; no value where that is all of them
WITH counts AS (
    SELECT network, 'one_client' AS sign, client AS value, count(*) AS meetings
    FROM link_meetings WHERE client IS NOT NULL GROUP BY network, client
    UNION ALL
    SELECT network, 'one_domain' AS sign, domain AS value, count(domain) AS meetings
    FROM link_meetings WHERE behaviour = 1 GROUP BY network, domain
    UNION ALL
    SELECT network, 'one_day' AS sign, day::VARCHAR AS value, count(*) AS meetings
    FROM link_meetings GROUP BY network, day
    UNION ALL
    SELECT d.network, 'one_event' AS sign, d.day::VARCHAR AS value, count(*) AS meetings
    FROM (SELECT DISTINCT network, day FROM link_meetings) AS d
    JOIN link_meetings AS m ON m.network = d.network AND m.day BETWEEN d.day AND d.day + 2
    GROUP BY d.network, d.day
),
totals AS (
    SELECT
        network,
        count(*) AS meetings,
        count(*) FILTER (behaviour = 1) AS on_addresses,
        count(*) FILTER (behaviour = 1 AND domain IS NULL) AS hidden
    FROM link_meetings GROUP BY network
)
SELECT c.network, c.sign, c.value, c.meetings,
    CASE WHEN c.sign = 'one_domain' THEN t.on_addresses ELSE t.meetings END AS "of",
    CASE WHEN c.sign = 'one_domain' THEN t.hidden ELSE 0 END AS hidden
FROM (
    SELECT *, row_number() OVER (PARTITION BY network, sign ORDER BY meetings DESC, value) AS place FROM counts
) AS c
JOIN totals AS t ON t.network = c.network
WHERE c.place = 1
