"""The networks room's own tables: networks, members and edges in words, from the links that passed."""

import numpy as np
import pyarrow as pa

from syncline.engines.duckdb import DuckDBEngine
from syncline.engines.engine import Engine
from syncline.networks.partition import partition


def find_networks(engine: Engine, seed: int) -> None:
    """From `discoveries` make `links`, `meetings`, `memberships` (account, network, links, named, log_e).

    `log_e` of a membership is the second strongest of the account's links in its network: what names it, since it
    takes two links that pass on their own.
    """
    engine.run("networks/links.sql")
    engine.run("networks/meetings.sql")
    links = engine.fetch("SELECT account_a, account_b, log_e FROM links ORDER BY account_a, account_b")
    if links.num_rows == 0:
        engine.put("memberships_found", _NO_MEMBERSHIPS)
    else:
        a = links.column("account_a").to_numpy().astype(np.int64)
        b = links.column("account_b").to_numpy().astype(np.int64)
        found = partition(a, b, links.column("log_e").to_numpy(), seed)
        engine.put(
            "memberships_found",
            pa.table(
                {
                    "account": found.accounts,
                    "network": found.networks,
                    "links": found.links,
                    "named": found.named,
                }
            ),
        )
    engine.run("networks/memberships.sql")
    engine.run("networks/network_links.sql")


def write_tables(engine: DuckDBEngine) -> None:
    """Make `edges`, `co_actions`, `networks` and `members` of `syncline.schema`, strings restored.

    `co_actions`, with a row for every co-action behind a link, is a view: it lasts as long as `meetings`, `objects`,
    `posts_coded`, `accounts_coded` and `behaviour_names`.
    """
    engine.view("networks/co_actions.sql")
    engine.run("networks/edges.sql")
    engine.run("networks/networks.sql")
    engine.run("networks/members.sql")


_NO_MEMBERSHIPS = pa.table(
    {
        "account": pa.array([], pa.int64()),
        "network": pa.array([], pa.int64()),
        "links": pa.array([], pa.int64()),
        "named": pa.array([], pa.bool_()),
    }
)
