"""A case without the accounts that an analyst has cleared: what is still a network, and who in it is still named.

What is left of a network is judged as a scan judges it: a member has a tie left, a name takes a place in the 2-core of
the ties that are left, and two accounts alone are a pair, in which nobody is named. Nobody gains a name.
"""

from collections.abc import Iterable

import duckdb
import numpy as np
import pyarrow as pa

from syncline.case.clearing_addressed import count_addressed

# Network, platform and account id.
_Node = tuple[int, str, str]

# The columns that name accounts in tables that only lose rows.
_ON_ACCOUNTS = {
    "synchronous": [("platform", "account_id")],
    "co_actions": [("platform_a", "account_a"), ("platform_b", "account_b")],
}
# What a network did; a scan looks for it in no pair.
_CAMPAIGNS = ("directives", "targets", "applause", "impact")
_BY_MEMBER = ("roles", "uptake")
_RENAMED = (
    "members",
    "networks",
    "edges",
    "ladder",
    "findings",
    *_CAMPAIGNS,
    *_BY_MEMBER,
    *_ON_ACCOUNTS,
)

# Networks that lost an account, and the ties that are left inside them.
_TIES = """
CREATE TABLE thinned AS SELECT DISTINCT network_id FROM all_members SEMI JOIN cleared USING (platform, account_id);
CREATE TABLE ties AS
SELECT * FROM all_edges SEMI JOIN thinned USING (network_id)
WHERE (platform_a, account_a) NOT IN (FROM cleared) AND (platform_b, account_b) NOT IN (FROM cleared)
"""
_ENDS = "SELECT network_id, platform_a, account_a, platform_b, account_b FROM ties"
# kind is NULL where only several pairs are left, or nothing: that is no network, and no pair.
_LEFT = """
CREATE TABLE members_left AS
WITH ends AS (
    SELECT network_id, platform_a AS platform, account_a AS account_id, log10_e FROM ties
    UNION ALL
    SELECT network_id, platform_b AS platform, account_b AS account_id, log10_e FROM ties
)
SELECT network_id, platform, account_id, count(*) AS edges,
    list_sort(list(log10_e), 'DESC')[least(2, count(*))] AS log10_e
FROM ends GROUP BY ALL;
CREATE TABLE kinds AS
SELECT network_id, CASE WHEN max(edges) > 1 THEN 'network' WHEN count(*) = 2 THEN 'pair' END AS kind
FROM thinned LEFT JOIN members_left USING (network_id) GROUP BY network_id
"""
_MEMBERS = """
CREATE VIEW members AS
SELECT * FROM all_members ANTI JOIN thinned USING (network_id)
UNION ALL
SELECT m.* REPLACE (
    m.named AND c.account_id IS NOT NULL AS named,
    CASE
        WHEN m.named AND c.account_id IS NOT NULL
        THEN 'named: its evidence with ' || l.edges || ' members passes, each on its own'
        WHEN k.kind = 'pair' THEN 'not named: a pair is often one person with two accounts'
        WHEN l.edges < 2 THEN 'not named: its evidence passes with one member only'
        ELSE 'not named: its evidence passes only with members who are not named themselves'
    END
    || CASE
        WHEN m.named AND c.account_id IS NULL THEN ', now that an analyst has cleared others' ELSE ''
    END AS reason,
    l.log10_e AS log10_e,
    l.edges AS edges,
    CASE WHEN k.kind = 'network' THEN m.role END AS role
)
FROM all_members AS m
JOIN members_left AS l USING (network_id, platform, account_id)
JOIN kinds AS k ON k.network_id = m.network_id AND k.kind IS NOT NULL
LEFT JOIN core AS c
    ON c.network_id = m.network_id AND c.platform = m.platform AND c.account_id = m.account_id
"""
_NETWORKS = """
CREATE TABLE networks_left AS
WITH acted AS (
    SELECT network_id, count(DISTINCT time_a_us // 86400000000) AS days
    FROM all_co_actions JOIN ties USING (platform_a, account_a, platform_b, account_b)
    GROUP BY network_id
),
tied AS (
    SELECT network_id, count(*) AS edges, median(log10_e) AS log10_e, min(first_us) AS first_us,
        max(last_us) AS last_us, list_sort(list_distinct(flatten(list(behaviours)))) AS behaviours
    FROM ties GROUP BY network_id
),
counted AS (
    SELECT network_id, count(*) AS size, count(*) FILTER (named) AS named FROM members GROUP BY network_id
)
SELECT n.* REPLACE (
    k.kind AS kind, counted.size AS size, counted.named AS named, tied.edges AS edges, tied.log10_e AS log10_e,
    [b FOR b IN n.behaviours IF list_contains(tied.behaviours, b)] AS behaviours,
    coalesce(acted.days, n.days) AS days, tied.first_us AS first_us, tied.last_us AS last_us
)
FROM all_networks AS n
JOIN kinds AS k ON k.network_id = n.network_id
JOIN counted ON counted.network_id = n.network_id
JOIN tied ON tied.network_id = n.network_id
LEFT JOIN acted ON acted.network_id = n.network_id;
CREATE VIEW networks AS
SELECT * FROM all_networks ANTI JOIN thinned USING (network_id) UNION ALL SELECT * FROM networks_left
"""
# A tie outlives its network: its accounts did act together.
_EDGES = """
CREATE VIEW edges AS
SELECT e.* REPLACE (CASE WHEN n.network_id IS NOT NULL THEN e.network_id END AS network_id)
FROM all_edges AS e LEFT JOIN networks AS n ON n.network_id = e.network_id
WHERE (platform_a, account_a) NOT IN (FROM cleared) AND (platform_b, account_b) NOT IN (FROM cleared)
"""


# Where an account is one of several in a row, the row stays, and is said of those that are left.
def _without(left_out: str, column: str) -> str:
    return (
        f"(SELECT coalesce(list(one ORDER BY place), []) FROM (SELECT unnest({column}) AS one,"
        f" generate_subscripts({column}, 1) AS place) WHERE one NOT IN (SELECT {column[:-1]} FROM {left_out}))"
        f" AS {column}"
    )


_WITHOUT_THEM = {
    "findings": f"REPLACE ({_without('cleared', 'account_ids')}, {_without('cleared_posts', 'post_ids')})",
    "directives": "REPLACE ("
    "coalesce(kept.followers, d.followers) AS followers, least(d.members, kept.followers) AS members,"
    " least(d.posts, kept.posts) AS posts,"
    " greatest(d.active - coalesce(gone.accounts, 0), kept.followers) AS active,"
    " CASE WHEN (d.first_platform, d.first_account) NOT IN (FROM cleared) THEN d.first_platform END AS first_platform,"
    " CASE WHEN (d.first_platform, d.first_account) NOT IN (FROM cleared) THEN d.first_account END AS first_account)",
}
# Of a directive, who of those that are left followed it, and how many that are not left were active on its day.
_FOLLOWED = """
SELECT network_id, directive_id, count(m.account_id) AS followers,
    sum(u.posts) FILTER (m.account_id IS NOT NULL) AS posts
FROM all_uptake AS u LEFT JOIN members AS m USING (network_id, platform, account_id)
GROUP BY network_id, directive_id
"""
_NOT_LEFT = """
SELECT network_id, day_us, count(DISTINCT (platform, account_id)) AS accounts
FROM (
    SELECT network_id, platform, account_id, unnest([time_us // 86400000000 * 86400000000, NULL]) AS day_us
    FROM traces JOIN (FROM all_members ANTI JOIN members USING (network_id, platform, account_id))
    USING (platform, account_id)
)
GROUP BY network_id, day_us
"""
_NO_NETWORK = "SELECT network_id FROM kinds WHERE kind IS DISTINCT FROM 'network'"
_GONE = "SELECT network_id FROM kinds WHERE kind IS NULL"


def leave_out(connection: duckdb.DuckDBPyConnection, cleared: list[tuple[str, str]]) -> None:
    """Let the views know nothing of what was found on these accounts (platform, account_id)."""
    for table in _RENAMED:
        connection.execute(f"ALTER VIEW {table} RENAME TO all_{table}").fetchall()
    connection.executemany("INSERT INTO cleared VALUES (?, ?)", cleared)
    connection.execute(
        "CREATE TABLE cleared_posts AS SELECT post_id FROM posts SEMI JOIN cleared USING (platform, account_id)"
    ).fetchall()
    connection.execute(_TIES).fetchall()
    connection.execute(_LEFT).fetchall()
    _put_core(connection)
    for query in (_MEMBERS, _NETWORKS, _EDGES):
        connection.execute(query).fetchall()
    count_addressed(connection)
    for table, query in _the_rest().items():
        connection.execute(f"CREATE VIEW {table} AS {query}").fetchall()


def two_core(ties: Iterable[tuple[_Node, _Node]]) -> set[_Node]:
    """The nodes that are left when those with fewer than two ties are taken away, again and again."""
    # Loads NetworKit, which no case needs of which nobody was cleared.
    from syncline.graphs import core_numbers

    pairs = list(ties)
    nodes = sorted({node for pair in pairs for node in pair})
    number = {node: place for place, node in enumerate(nodes)}
    left, right = (np.array([number[pair[side]] for pair in pairs], dtype=np.int64) for side in (0, 1))
    cores = core_numbers(left, right, len(nodes))
    return {node for node, core in zip(nodes, cores, strict=True) if core >= 2}


def _put_core(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `core` (network_id, platform, account_id)."""
    ties = connection.execute(_ENDS).fetchall()
    found = two_core(((tie[0], tie[1], tie[2]), (tie[0], tie[3], tie[4])) for tie in ties)
    rows = [
        {"network_id": network_id, "platform": platform, "account_id": account_id}
        for network_id, platform, account_id in found
    ]
    columns = pa.schema([("network_id", pa.int64()), ("platform", pa.string()), ("account_id", pa.string())])
    connection.register("core_found", pa.Table.from_pylist(rows, schema=columns))
    connection.execute("CREATE TABLE core AS FROM core_found").fetchall()
    connection.unregister("core_found")


def _the_rest() -> dict[str, str]:
    """What each of the other tables is without the accounts, and without what is no network any more."""
    queries = {"ladder": f"SELECT * FROM all_ladder ANTI JOIN ({_GONE}) USING (network_id)"}
    # What is said of a network does not hold of a pair; what may excuse it is kept.
    queries["findings"] = (
        f"SELECT * {_WITHOUT_THEM['findings']} FROM (SELECT * FROM all_findings ANTI JOIN ({_GONE}) USING (network_id))"
        f" WHERE gauge = 'explanation' OR coalesce(network_id NOT IN ({_NO_NETWORK}), TRUE)"
    )
    queries["impact"] = f"SELECT * FROM all_impact ANTI JOIN ({_NO_NETWORK}) USING (network_id)"
    for table in ("targets", "applause"):
        queries[table] = (
            f"SELECT * FROM all_{table} ANTI JOIN thinned USING (network_id)"
            f" UNION ALL SELECT * FROM {table}_left ANTI JOIN ({_NO_NETWORK}) USING (network_id)"
        )
    queries["directives"] = (
        f"SELECT d.* {_WITHOUT_THEM['directives']} FROM all_directives AS d"
        f" ANTI JOIN ({_NO_NETWORK}) USING (network_id)"
        f" LEFT JOIN ({_FOLLOWED}) AS kept ON kept.network_id = d.network_id AND kept.directive_id = d.directive_id"
        f" LEFT JOIN ({_NOT_LEFT}) AS gone"
        " ON gone.network_id = d.network_id AND gone.day_us IS NOT DISTINCT FROM d.day_us"
        " WHERE coalesce(kept.followers, 1) > 0"
    )
    for table in _BY_MEMBER:
        queries[table] = (
            f"SELECT * FROM all_{table} SEMI JOIN members USING (network_id, platform, account_id)"
            f" ANTI JOIN ({_NO_NETWORK}) USING (network_id)"
        )
    for table, ends in _ON_ACCOUNTS.items():
        kept = " AND ".join(f"({platform}, {account}) NOT IN (FROM cleared)" for platform, account in ends)
        queries[table] = f"SELECT * FROM all_{table} WHERE {kept}"
    return queries
