"""What every export writes: nodes (accounts in networks), edges, and the co-actions behind them."""

from collections.abc import Iterator
from typing import Any

from syncline.case import Case

_BATCH = 10_000

# `id` joins nodes and edges: platform and account id, as the same id on two platforms is two accounts.
# `signs` are those of the network, if the account is one that they rest on, `signs_of_log` those of the whole log.
# Findings tell accounts by their id alone: an id that several platforms have is given no sign.
NODES = """
WITH described AS (
    SELECT platform, account_id, max(username) AS username, max(display_name) AS display_name,
        max(created_us) AS created_us, max(followers) AS followers, max(following) AS following,
        max(posts_count) AS posts_count
    FROM accounts GROUP BY platform, account_id
),
bearers AS (
    SELECT account_id
    FROM (SELECT platform, account_id FROM accounts UNION SELECT platform, account_id FROM members)
    GROUP BY account_id HAVING count(*) = 1
),
found AS (
    SELECT account_id, network_id, list_sort(list(DISTINCT sign)) AS signs
    FROM (
        SELECT unnest(account_ids) AS account_id, network_id, sign FROM findings
        WHERE gauge = 'authenticity' AND applies
    )
    SEMI JOIN bearers USING (account_id)
    GROUP BY account_id, network_id
)
SELECT concat(m.platform, ':', m.account_id) AS id,
    coalesce(m.username, d.username, m.account_id) AS label,
    m.platform, m.account_id, coalesce(m.username, d.username) AS username, d.display_name,
    m.network_id, n.kind, m.named, m.reason, m.log10_e, m.edges, m.posts, m.role,
    n.confirmed, own.signs, whole.signs AS signs_of_log,
    d.created_us, d.followers, d.following, d.posts_count
FROM members m
LEFT JOIN networks n USING (network_id)
LEFT JOIN described d ON d.platform = m.platform AND d.account_id = m.account_id
LEFT JOIN found own ON own.account_id = m.account_id AND own.network_id = m.network_id
LEFT JOIN found whole ON whole.account_id = m.account_id AND whole.network_id IS NULL
ORDER BY m.network_id, m.named DESC, m.log10_e DESC, m.platform, m.account_id
"""

EDGES = """
SELECT concat(platform_a, ':', account_a) AS source, concat(platform_b, ':', account_b) AS target,
    log10_e AS weight, *
FROM edges
ORDER BY network_id, log10_e DESC, platform_a, account_a, platform_b, account_b
"""

CO_ACTIONS = """
SELECT concat(c.platform_a, ':', c.account_a) AS source, concat(c.platform_b, ':', c.account_b) AS target,
    c.*, a.text AS text_a, b.text AS text_b
FROM co_actions c
LEFT JOIN posts a ON a.platform = c.platform_a AND a.account_id = c.account_a AND a.post_id = c.post_a
LEFT JOIN posts b ON b.platform = c.platform_b AND b.account_id = c.account_b AND b.post_id = c.post_b
ORDER BY c.platform_a, c.account_a, c.platform_b, c.account_b, c.time_a_us, c.behaviour, c.object,
    c.post_a, c.post_b
"""


def columns(case: Case, query: str) -> list[tuple[str, str]]:
    """Name and DuckDB type of each column of `query`."""
    relation = case.sql(query)
    return [(name, str(kind)) for name, kind in zip(relation.columns, relation.types, strict=True)]


def records(case: Case, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of `query`, fetched in batches."""
    cursor = case.connection.execute(query)
    while batch := cursor.fetchmany(_BATCH):
        yield from batch
