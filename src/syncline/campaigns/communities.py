"""Communities of objects that the same people of the crowd take up: taste, which is no directive."""

from typing import Any

import networkit as nk
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from syncline.engines.duckdb import DuckDBEngine

Ints = NDArray[Any]

# Communities with fewer takings of the crowd are taken together: their rates say nothing.
_SMALLEST = 200
# Resolution: above one, so that a small taste is not lost in a large one.
_GAMMA = 4.0


def find_communities(engine: DuckDBEngine, seed: int) -> None:
    """Make `campaign_communities` (object, community) and `campaign_circles` (account, community) of the crowd.

    Louvain (NetworKit PLM; Staudt & Meyerhenke 2016) on the graph of the crowd's accounts and objects, on one
    thread, so that the same seed gives the same communities. What no one of the crowd took up is not listed.
    """
    engine.run("campaigns/crowd_links.sql")
    links = engine.fetch("SELECT account, object FROM campaign_crowd_links ORDER BY account, object")
    accounts, account_nodes = np.unique(links.column("account").to_numpy(), return_inverse=True)
    objects, object_nodes = np.unique(links.column("object").to_numpy(), return_inverse=True)
    found = _partition(account_nodes, object_nodes + len(accounts), len(accounts) + len(objects), seed)
    engine.put("campaign_circles", _table("account", accounts, found[: len(accounts)]))
    engine.put("campaign_communities", _table("object", objects, found[len(accounts) :]))


def _partition(accounts: Ints, objects: Ints, nodes: int, seed: int) -> Ints:
    if nodes == 0:
        return np.empty(0, np.int32)
    nk.setSeed(seed, False)
    nk.setNumberOfThreads(1)
    graph = nk.GraphFromCoo((accounts, objects), n=nodes)
    found: Ints = np.asarray(
        nk.community.PLM(graph, refine=False, gamma=_GAMMA).run().getPartition().getVector()
    )
    large = np.bincount(found[accounts], minlength=found.max() + 1) >= _SMALLEST
    renumbered: Ints = np.where(large, np.cumsum(large), 0)
    return renumbered[found]


def _table(name: str, nodes: Ints, community: Ints) -> pa.Table:
    return pa.table({name: pa.array(nodes, pa.int32()), "community": pa.array(community, pa.int32())})
