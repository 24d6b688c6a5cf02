-- title: how much of each network's meetings one client app, one domain, one day, one event or one custom takes up
-- reads: link_meetings, objects, behaviour_names
-- writes: explanations (network, sign, value, behaviour, meetings, of, hidden)
-- formula: the most frequent value; one_event = the three consecutive UTC days with most meetings; one_custom = the
--          address, hashtag, hashtag sequence or text with most, of those met on at $habit_days days or more, and the
--          name of its behaviour; one_domain out of the meetings on addresses, the others out of all; hidden = those
--          whose domain is not known (link_meetings): they count among all, and towards no domain; no value where that
--          is all of them
WITH alike AS (
    -- What a network's meetings have in common leaves few rows of many meetings.
    SELECT network, behaviour, day, client, domain, count(*) AS meetings
    FROM link_meetings GROUP BY network, behaviour, day, client, domain
),
days AS (
    SELECT network, day, sum(meetings)::BIGINT AS meetings FROM alike GROUP BY network, day
),
on_objects AS (
    SELECT network, object, day, count(*) AS meetings
    FROM link_meetings WHERE behaviour BETWEEN 1 AND 4 GROUP BY network, object, day
),
counts AS (
    SELECT network, 'one_client' AS sign, client AS value, NULL AS behaviour, sum(meetings)::BIGINT AS meetings
    FROM alike WHERE client IS NOT NULL GROUP BY network, client
    UNION ALL
    SELECT network, 'one_domain' AS sign, domain AS value, NULL AS behaviour,
        coalesce(sum(meetings) FILTER (domain IS NOT NULL), 0)::BIGINT AS meetings
    FROM alike WHERE behaviour = 1 GROUP BY network, domain
    UNION ALL
    SELECT network, 'one_day' AS sign, day::VARCHAR AS value, NULL AS behaviour, meetings
    FROM days
    UNION ALL
    SELECT d.network, 'one_event' AS sign, d.day::VARCHAR AS value, NULL AS behaviour,
        sum(m.meetings)::BIGINT AS meetings
    FROM days AS d
    JOIN days AS m ON m.network = d.network AND m.day BETWEEN d.day AND d.day + 2
    GROUP BY d.network, d.day
    UNION ALL
    SELECT m.network, 'one_custom' AS sign, o.key AS value, n.name AS behaviour, sum(m.meetings)::BIGINT AS meetings
    FROM on_objects AS m
    JOIN objects AS o ON o.object = m.object
    JOIN behaviour_names AS n ON n.behaviour = o.behaviour
    GROUP BY m.network, n.name, o.key
    HAVING count(DISTINCT m.day) >= $habit_days
),
totals AS (
    SELECT
        network,
        sum(meetings)::BIGINT AS meetings,
        coalesce(sum(meetings) FILTER (behaviour = 1), 0)::BIGINT AS on_addresses,
        coalesce(sum(meetings) FILTER (behaviour = 1 AND domain IS NULL), 0)::BIGINT AS hidden
    FROM alike GROUP BY network
)
SELECT c.network, c.sign, c.value, c.behaviour, c.meetings,
    CASE WHEN c.sign = 'one_domain' THEN t.on_addresses ELSE t.meetings END AS "of",
    CASE WHEN c.sign = 'one_domain' THEN t.hidden ELSE 0 END AS hidden
FROM (
    SELECT *, row_number() OVER (PARTITION BY network, sign ORDER BY meetings DESC, behaviour, value) AS place
    FROM counts
) AS c
JOIN totals AS t ON t.network = c.network
WHERE c.place = 1
