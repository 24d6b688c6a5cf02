"""Communities of objects that the same people of the crowd take up: taste, which is no directive."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from syncline.campaigns.crowd import Log, counted
from syncline.engines.duckdb import DuckDBEngine
from syncline.graphs import louvain

Ints = NDArray[Any]

# Communities with fewer takings of the crowd are taken together: their rates say nothing.
_SMALLEST = 200
# Resolution: above one, so that a small taste is not lost in a large one.
_GAMMA = 4.0
# Rounds of moves on each level, and links looked at in all of them.
_ROUNDS_LEAST, _ROUNDS_MOST = 4, 32
_LINKS = 10_000_000


def find_communities(engine: DuckDBEngine, log: Log, seed: int) -> Ints:
    """Make `campaign_communities` (object, community) and `campaign_circles` (account, community) of the crowd.

    Louvain on the graph of the crowd's accounts and objects. What no one of the crowd took up is not listed.
    Returns the community of each object, -1 for what is not listed.
    """
    links = log.crowd(log.whole)
    account, object_, _ = counted(links.account, links.object)
    account_nodes, accounts = _numbered(account, len(log.group))
    object_nodes, objects = _numbered(object_, len(log.kind))
    found = _partition(account_nodes, object_nodes + len(accounts), len(accounts) + len(objects), seed)
    engine.put("campaign_circles", _table("account", accounts, found[: len(accounts)]))
    engine.put("campaign_communities", _table("object", objects, found[len(accounts) :]))
    community = np.full(len(log.kind), -1)
    community[objects] = found[len(accounts) :]
    return community


def _numbered(values: Ints, size: int) -> tuple[Ints, Ints]:
    """The place of each of `values`, which are below `size`, among those that occur, and these."""
    occurs = np.zeros(size, np.bool_)
    occurs[values] = True
    return (np.cumsum(occurs) - 1)[values], np.flatnonzero(occurs)


def _partition(accounts: Ints, objects: Ints, nodes: int, seed: int) -> Ints:
    if nodes == 0:
        return np.empty(0, np.int32)
    rounds = min(max(_LINKS // len(accounts), _ROUNDS_LEAST), _ROUNDS_MOST)
    found = louvain(accounts, objects, nodes, seed, rounds=rounds, gamma=_GAMMA)
    large = np.bincount(found[accounts], minlength=found.max() + 1) >= _SMALLEST
    renumbered: Ints = np.where(large, np.cumsum(large), 0)
    return renumbered[found]


def _table(name: str, nodes: Ints, community: Ints) -> pa.Table:
    return pa.table({name: pa.array(nodes, pa.int32()), "community": pa.array(community, pa.int32())})
