"""CooRTweet 2.1.3 (Righetti & Balluff 2023): pairs that share an object within a time window.

The semantics of its `detect_groups` and `generate_coordinated_network` are kept to the row, with the pairs
made by a bucketed equality join: the original makes every pair of an object and filters by time afterwards.
"""

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from syncline.benchmarks.baselines.post_log import Detector, PostLog, Tables, flags, heaviest_edge

# Positions follow the original's row order (rows gathered by account, accounts by first appearance),
# which decides who is "older" among rows of one second.
_ACTIVE = """
    CREATE TEMP TABLE active AS
    WITH counted AS (
        SELECT *, count(*) OVER (PARTITION BY account) AS participation,
               min(input_row) OVER (PARTITION BY account) AS first_row
        FROM shares
    ),
    placed AS (
        SELECT object, account, post, time_us,
               row_number() OVER (ORDER BY first_row, input_row) AS position
        FROM counted WHERE participation >= $min_participation
    )
    SELECT *, time_us // ($window_us + 1) AS bucket,
           min(position) OVER (PARTITION BY object) AS object_position
    FROM placed
"""

# Two shares within the window lie in the same bucket or in neighbouring ones.
_PAIRS = """
    CREATE TEMP TABLE pairs AS
    SELECT older.object, older.object_position, older.account, newer.account AS account_y,
           older.post, newer.post AS post_y, newer.time_us - older.time_us AS lag_us,
           greatest(older.position, newer.position) AS late_position,
           least(older.position, newer.position) AS early_position
    FROM (SELECT *, unnest([bucket, bucket + 1]) AS meets FROM active) AS older
    JOIN active AS newer ON newer.object = older.object AND newer.bucket = older.meets
    WHERE (newer.time_us, newer.position) > (older.time_us, older.position)
      AND newer.time_us - older.time_us <= $window_us
"""

_WITHOUT_LOOPS = """
    DELETE FROM pairs
    WHERE account = account_y OR post = post_y OR object::VARCHAR IN (post::VARCHAR, post_y::VARCHAR)
"""

# Input rows, not pairs, are counted; one qualifying end keeps a pair.
_PARTICIPANTS = """
    CREATE TEMP TABLE participating AS
    SELECT DISTINCT post FROM (
        SELECT post, count(*) OVER (PARTITION BY account) AS participation
        FROM active WHERE post IN (SELECT post FROM pairs UNION SELECT post_y FROM pairs)
    ) WHERE participation >= $min_participation
"""

_GROUPS = """
    SELECT object AS object_id, account AS account_id, account_y AS account_id_y,
           post AS content_id, post_y AS content_id_y, lag_us / 1e6 AS time_delta
    FROM pairs
    WHERE post IN (FROM participating) OR post_y IN (FROM participating)
    ORDER BY object_position, late_position, early_position
"""

_NETWORK = """
    WITH ordered AS (
        SELECT * REPLACE (least(account_id, account_id_y) AS account_id,
                          greatest(account_id, account_id_y) AS account_id_y)
        FROM groups
    )
    SELECT account_id AS "from", account_id_y AS "to", count(*) AS weight, avg(time_delta) AS avg_time_delta,
           count(DISTINCT content_id) AS n_content_id, count(DISTINCT content_id_y) AS n_content_id_y,
           least(n_content_id, n_content_id_y) / greatest(n_content_id, n_content_id_y) AS edge_symmetry_score
    FROM ordered GROUP BY ALL ORDER BY "from", "to"
"""

_OBJECTS = """
    WITH objects AS (
        SELECT least(account_id, account_id_y) AS "from", greatest(account_id, account_id_y) AS "to",
               object_id, min(group_row) AS first_row
        FROM groups GROUP BY ALL
    )
    SELECT string_agg(object_id::VARCHAR, ',' ORDER BY first_row) AS object_ids
    FROM objects GROUP BY "from", "to" ORDER BY "from", "to"
"""


def detect_groups(
    shares: pa.Table, *, window_s: float = 10, min_participation: int = 2, remove_loops: bool = True
) -> pa.Table:
    """Pairs of shares of one object within the window, as CooRTweet's `detect_groups` gives them.

    `shares` has object, account, post (all text or all int64) and time_us (int64). Returns object_id,
    account_id and content_id of the older share, account_id_y and content_id_y of the newer one, and
    time_delta (seconds), in the original's row order.
    """
    window = {"window_us": round(window_s * 1_000_000)}
    least = {"min_participation": min_participation}
    with duckdb.connect() as connection:
        connection.register("shares", _numbered(shares, "input_row"))
        connection.execute(_ACTIVE, window | least)
        connection.execute(_PAIRS, window)
        if remove_loops:
            connection.execute(_WITHOUT_LOOPS)
        connection.execute(_PARTICIPANTS, least)
        return connection.sql(_GROUPS).to_arrow_table()


def generate_coordinated_network(
    groups: pa.Table, *, edge_weight: float = 0.5, subgraph: int = 0, objects: bool = False
) -> pd.DataFrame:
    """The undirected weighted network of CooRTweet's function of this name, one row an edge.

    Returns from, to, weight (pair rows, not distinct objects), avg_time_delta (seconds), n_content_id,
    n_content_id_y, edge_symmetry_score, object_ids (text, if `objects`) and weight_threshold (1 where the
    weight exceeds the `edge_weight` quantile, type 7, of all weights). `subgraph=1` keeps those edges only.
    As in the original, contents are not swapped with reordered accounts, so the symmetry score mixes ends.
    """
    with duckdb.connect() as connection:
        connection.register("groups", _numbered(groups, "group_row"))
        network: pd.DataFrame = connection.sql(_NETWORK).df()
        if objects:
            network["object_ids"] = connection.sql(_OBJECTS).df()["object_ids"]
    above = network["weight"] > (np.quantile(network["weight"], edge_weight) if len(network) else 0)
    network["weight_threshold"] = above.astype(np.int64)
    return network[above].reset_index(drop=True) if subgraph == 1 else network


def _numbered(table: pa.Table, name: str) -> pa.Table:
    return table.append_column(name, pa.array(np.arange(table.num_rows)))


def detector(*behaviours: str) -> Detector:
    """CooRTweet on the shares of these behaviours together, as in its vignette: 60 s, two rows or more.

    Curve: edge weight. Named: accounts of the subgraph above the median weight, the vignette's last step;
    the whole network is far larger.
    """

    def detect(tables: Tables) -> pd.DataFrame:
        log = PostLog(tables["posts"])
        groups = detect_groups(log.shares(*behaviours), window_s=60, min_participation=2)
        network = generate_coordinated_network(groups, edge_weight=0.5)
        strong = network[network["weight_threshold"] == 1]
        accounts = len(log.accounts)
        return log.detections(
            heaviest_edge(accounts, network["from"], network["to"], network["weight"]),
            flags(accounts, strong["from"], strong["to"]),
        )

    return detect
