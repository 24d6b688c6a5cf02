"""Networks as a threshold finds them, read as a scan reads its own: what is said of people whom a scan does not name.

A scan finds no network at a conference at any level. Other tools do: pairs that shared two objects within a minute.
Taking theirs as given shows what the report would say of them.
"""

import duckdb
import numpy as np

from syncline.benchmarks.campaigns import assume_networks
from syncline.campaigns import find_campaigns
from syncline.engines.duckdb import DuckDBEngine
from syncline.networks import conclude, explain_networks
from syncline.networks.partition import partition
from syncline.schema import LADDER

Groups = dict[tuple[str, str], int]

_WINDOW_US = 60_000_000
_OBJECTS_MIN = 2

_MEETINGS = f"""
    CREATE OR REPLACE TABLE threshold_meetings AS
    WITH met AS (
        SELECT a.behaviour, a.object, a.account AS account_a, b.account AS account_b, a.post AS post_a,
            b.post AS post_b, a.time_us AS time_a_us, b.time_us AS time_b_us
        FROM traces_coded AS a
        JOIN traces_coded AS b ON b.object = a.object AND b.account > a.account
            AND abs(a.time_us - b.time_us) <= {_WINDOW_US}
    )
    SELECT * FROM met
    QUALIFY count(*) OVER (PARTITION BY account_a, account_b) >= {_OBJECTS_MIN}
"""

_PAIRS = "SELECT account_a, account_b, count(*) AS objects FROM threshold_meetings GROUP BY ALL ORDER BY ALL"

_LINKS = f"""
    CREATE OR REPLACE TABLE network_links AS
    WITH numbered AS (
        SELECT c.account, m.network_id
        FROM members AS m JOIN accounts_coded AS c ON c.platform = m.platform AND c.account_id = m.account_id
    )
    SELECT DISTINCT t.account_a, t.account_b, a.network_id AS network, {_WINDOW_US} AS window_us
    FROM threshold_meetings AS t
    JOIN numbered AS a ON a.account = t.account_a
    JOIN numbered AS b ON b.account = t.account_b AND b.network_id = a.network_id
"""


def networks_of(engine: DuckDBEngine, seed: int = 1) -> Groups:
    """Of each account (platform, id) in a pair with two shared objects within 60 s, its Leiden community.

    Reads `posts` and what `traces.build_traces` makes of them.
    """
    engine.connection.execute(_MEETINGS).fetchall()
    pairs = engine.fetch(_PAIRS)
    a, b = (pairs.column(name).to_numpy().astype(np.int64) for name in ("account_a", "account_b"))
    if not len(a):
        return {}
    found = partition(a, b, pairs.column("objects").to_numpy().astype(np.float64), seed)
    names = engine.fetch("SELECT platform, account_id FROM accounts_coded ORDER BY account").to_pylist()
    return {
        (names[account]["platform"], names[account]["account_id"]): network
        for account, network in zip(found.accounts.tolist(), found.networks.tolist(), strict=True)
    }


def read_as_networks(connection: duckdb.DuckDBPyConnection, groups: Groups | None = None) -> DuckDBEngine:
    """Make the tables of a scan's networks, findings and campaigns for `groups`, or for `networks_of` the log.

    `connection` holds `posts` and `accounts`. `findings` says what of the meetings within 60 s of each network one
    event, day, client or domain explains; they are left in `threshold_meetings`, their pairs in `network_links`.
    """
    engine = DuckDBEngine(connection)
    assume_networks(engine, {})
    found = networks_of(engine)
    assume_networks(engine, found if groups is None else groups)
    connection.execute(_LINKS).fetchall()
    connection.execute("CREATE OR REPLACE TABLE judged_meetings AS FROM threshold_meetings").fetchall()
    connection.execute("CREATE OR REPLACE VIEW traces AS FROM traces_coded").fetchall()
    engine.put("ladder", LADDER.empty_table())
    explain_networks(engine)
    conclude(engine)
    find_campaigns(engine, seed=1)
    return engine
