-- title: the meetings of linked accounts, with what might explain them
-- reads: judged_meetings, network_links, posts_coded, objects
-- writes: link_meetings (as judged_meetings, and network, day, client, domain)
-- formula: client where both posts have the same one; domain = host name of the shared address
SELECT m.*, n.network, (m.time_a_us // 86400000000)::INTEGER AS day,
    CASE WHEN p.client = q.client THEN p.client END AS client,
    CASE WHEN m.behaviour = 1 THEN
        nullif(regexp_replace(regexp_extract(lower(o.key), '^(?:[a-z]+://)?([^/?#]+)', 1), '^www\.', ''), '')
    END AS domain
FROM judged_meetings AS m
JOIN network_links AS n ON n.account_a = m.account_a AND n.account_b = m.account_b
JOIN posts_coded AS p ON p.post = m.post_a
JOIN posts_coded AS q ON q.post = m.post_b
JOIN objects AS o ON o.object = m.object
WHERE n.network IS NOT NULL
