-- title: the meetings of linked accounts, with what might explain them
-- reads: linked_meetings, posts_coded, objects, shortened_addresses
-- writes: link_meetings (as linked_meetings, and day, client, domain)
-- formula: client where both posts have the same one; domain = host name of the shared address, none where that is a
--          shortener, which says nothing about where the address leads, or where there is none: what has neither a
--          scheme nor a dotted host (whose last label starts with no digit, unless it is an IPv4 address) is an id
WITH clients AS (
    SELECT post, client
    FROM posts_coded
    WHERE client IS NOT NULL
),
hosts AS (
    SELECT object, lower(key) AS address, regexp_extract(lower(key), '^(?:[a-z]+://)?([^/?#]+)', 1) AS host
    FROM objects
    WHERE behaviour = 1
        AND object IN (SELECT object FROM linked_meetings)
        AND object NOT IN (SELECT object FROM shortened_addresses)
),
domains AS (
    SELECT object, nullif(regexp_replace(host, '^www\.', ''), '') AS domain
    FROM hosts
    WHERE regexp_matches(address, '^[a-z]+://')
        OR regexp_matches(host, '^\S*[^\s.]\.[^\s.:0-9][^\s.:]+(?::[0-9]+)?$')
        OR regexp_matches(host, '^[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?::[0-9]+)?$')
)
SELECT m.*, (m.time_a_us // 86400000000)::INTEGER AS day,
    CASE WHEN p.client = q.client THEN p.client END AS client, o.domain
FROM linked_meetings AS m
LEFT JOIN clients AS p ON p.post = m.post_a
LEFT JOIN clients AS q ON q.post = m.post_b
LEFT JOIN domains AS o ON o.object = m.object
