-- title: who of the crowd acted on what, whatever the day
-- reads: traces, suspects, objects
-- writes: crowd_links (account, subject)
-- formula: subject = one integer for each behaviour and key, so that a taste lasts longer than a day; a link for
--          each day on which it was acted on
SELECT t.account, o.subject
FROM traces AS t
JOIN objects AS o ON o.object = t.object
LEFT JOIN suspects AS s ON s.account = t.account
WHERE s.account IS NULL
