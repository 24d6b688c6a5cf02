-- title: the meetings of linked accounts, with what might explain them
-- reads: judged_meetings, network_links, posts_coded, objects, shortened_addresses
-- writes: link_meetings (as judged_meetings, and network, day, client, domain)
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
        AND object IN (SELECT object FROM judged_meetings)
        AND object NOT IN (SELECT object FROM shortened_addresses)
)
SELECT m.*, n.network, (m.time_a_us // 86400000000)::INTEGER AS day,
    CASE WHEN p.client = q.client THEN p.client END AS client, o.domain
FROM judged_meetings AS m
JOIN network_links AS n ON n.account_a = m.account_a AND n.account_b = m.account_b
LEFT JOIN clients AS p ON p.post = m.post_a
LEFT JOIN clients AS q ON q.post = m.post_b
LEFT JOIN domains AS o ON o.object = m.object
WHERE n.network IS NOT NULL
