-- title: the meetings of linked accounts, with what might explain them
-- reads: linked_meetings, posts_coded, objects, shortened_addresses
-- writes: link_meetings (as linked_meetings, and day, client, domain)
-- formula: client where both posts have the same one; domain = host name of the shared address, none where that is a
--          shortener, which says nothing about where the address leads
WITH clients AS (
    SELECT post, client
    FROM posts_coded
    WHERE client IS NOT NULL
),
domains AS (
    SELECT object,
        nullif(regexp_replace(regexp_extract(lower(key), '^(?:[a-z]+://)?([^/?#]+)', 1), '^www\.', ''), '') AS domain
    FROM objects
    WHERE behaviour = 1
        AND object IN (SELECT object FROM linked_meetings)
        AND object NOT IN (SELECT object FROM shortened_addresses)
)
SELECT m.*, (m.time_a_us // 86400000000)::INTEGER AS day,
    CASE WHEN p.client = q.client THEN p.client END AS client, o.domain
FROM linked_meetings AS m
LEFT JOIN clients AS p ON p.post = m.post_a
LEFT JOIN clients AS q ON q.post = m.post_b
LEFT JOIN domains AS o ON o.object = m.object
