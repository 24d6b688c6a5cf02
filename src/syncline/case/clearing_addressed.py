"""Whom a network addressed and lifted up, counted anew for those that are left when accounts of it were cleared.

Acts are read from the posts as `campaigns/addressed.sql` reads them, of the accounts that the scan's rows are about.
What a scan compared with the crowd (evidence, rates, who was new) stays as it found it.
"""

import duckdb

# Reads posts, members, thinned, all_targets and all_applause.
_ADDRESSED = """
CREATE TABLE addressed_left AS
WITH own AS (
    SELECT m.network_id, p.platform, p.account_id AS member, p.post_id, p.time_us, p.reposted_post_id,
        p.reposted_account_id, p.reply_to_post_id, p.reply_to_account_id, p.quoted_post_id, p.mentions,
        coalesce(p.is_repost, FALSE) OR p.reposted_post_id IS NOT NULL AS is_repost
    FROM posts AS p JOIN members AS m USING (platform, account_id) SEMI JOIN thinned USING (network_id)
),
aimed AS (
    SELECT 'applause' AS kind, reposted_account_id AS name, reposted_post_id AS to_post_id, * FROM own WHERE is_repost
    UNION ALL
    SELECT 'applause', NULL, quoted_post_id, * FROM own WHERE NOT is_repost AND quoted_post_id IS NOT NULL
    UNION ALL
    SELECT 'reply', reply_to_account_id, reply_to_post_id, * FROM own WHERE NOT is_repost
    UNION ALL
    SELECT 'mention', unnest(mentions), NULL, * FROM own WHERE NOT is_repost
),
authors AS (
    SELECT platform, post_id, account_id FROM posts
    WHERE (platform, post_id) IN (SELECT (platform, to_post_id) FROM aimed WHERE name IS NULL)
),
addressed AS (
    SELECT platform, account_id, unnest([lower(account_id), lower(username)]) AS name
    FROM (
        SELECT platform, account_id, username FROM all_targets
        UNION SELECT platform, account_id, username FROM all_applause
    )
)
SELECT DISTINCT a.network_id, a.kind, a.platform, n.account_id, a.member, a.post_id, a.time_us, a.to_post_id
FROM aimed AS a
LEFT JOIN authors AS w ON a.name IS NULL AND w.platform = a.platform AND w.post_id = a.to_post_id
JOIN addressed AS n ON n.platform = a.platform AND n.name = lower(ltrim(coalesce(a.name, w.account_id), '@'))
WHERE a.member <> n.account_id
"""
_TARGETS = """
CREATE TABLE targets_left AS
WITH acts AS (
    SELECT t.network_id, t.platform, t.account_id, t.episode, p.account_id AS member, p.post_id, p.time_us,
        r.post_id IS NOT NULL AS is_reply, r.to_post_id
    FROM (SELECT *, unnest(post_ids) AS post_id FROM all_targets SEMI JOIN thinned USING (network_id)) AS t
    JOIN posts AS p ON p.platform = t.platform AND p.post_id = t.post_id
    JOIN members AS m ON m.network_id = t.network_id AND m.platform = p.platform AND m.account_id = p.account_id
    LEFT JOIN addressed_left AS r
        ON r.kind = 'reply' AND r.network_id = t.network_id AND r.platform = t.platform
        AND r.account_id = t.account_id AND r.post_id = t.post_id
),
counted AS (
    SELECT network_id, platform, account_id, episode, min(time_us) AS first_us, max(time_us) AS last_us,
        list(DISTINCT member) AS members, list(DISTINCT post_id) AS posts,
        count(DISTINCT post_id) FILTER (is_reply) AS replies, coalesce(list(DISTINCT to_post_id), []) AS answered
    FROM acts GROUP BY ALL
)
SELECT t.* REPLACE (
    c.first_us AS first_us, c.last_us AS last_us, len(c.members) AS members, len(c.members) / n.size AS share,
    len(c.posts) AS posts, c.replies AS replies,
    [one FOR one IN t.account_ids IF list_contains(c.members, one)] AS account_ids,
    [one FOR one IN t.post_ids IF list_contains(c.posts, one)] AS post_ids,
    [one FOR one IN t.target_post_ids IF list_contains(c.answered, one)] AS target_post_ids
)
FROM all_targets AS t
JOIN counted AS c USING (network_id, platform, account_id, episode)
JOIN networks_left AS n ON n.network_id = t.network_id
"""
_APPLAUSE = """
CREATE TABLE applause_left AS
WITH counted AS (
    SELECT a.network_id, a.platform, a.account_id,
        count(DISTINCT a.member) FILTER (a.kind = 'applause') AS members,
        count(DISTINCT a.post_id) FILTER (a.kind = 'applause') AS posts,
        count(DISTINCT a.post_id) FILTER (a.kind = 'mention' AND r.post_id IS NULL) AS mentions,
        min(a.time_us) FILTER (a.kind = 'applause') AS first_us,
        max(a.time_us) FILTER (a.kind = 'applause') AS last_us,
        list(DISTINCT a.to_post_id) FILTER (a.kind = 'applause') AS lifted
    FROM addressed_left AS a
    LEFT JOIN addressed_left AS r
        ON a.kind = 'mention' AND r.kind = 'reply' AND r.network_id = a.network_id AND r.platform = a.platform
        AND r.account_id = a.account_id AND r.post_id = a.post_id
    GROUP BY ALL
)
SELECT l.* REPLACE (
    c.members AS members, c.members / n.size AS share, c.posts AS posts, c.mentions AS mentions,
    c.first_us AS first_us, c.last_us AS last_us,
    [one FOR one IN l.post_ids IF list_contains(c.lifted, one)] AS post_ids
)
FROM all_applause AS l
JOIN counted AS c USING (network_id, platform, account_id)
JOIN networks_left AS n ON n.network_id = l.network_id
WHERE c.members > 0
"""


def count_addressed(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables `targets_left` and `applause_left`, with the rows of networks that lost an account."""
    for query in (_ADDRESSED, _TARGETS, _APPLAUSE):
        connection.execute(query).fetchall()
