"""Communities of objects that the same people of the crowd take up: taste, which is no directive."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from syncline.coaction.communities import graph_of
from syncline.engines.duckdb import DuckDBEngine
from syncline.graphs import Sides, louvain
from syncline.memory import LINK

Ints = NDArray[Any]

# Communities with fewer takings of the crowd are taken together: their rates say nothing.
_SMALLEST = 200
# Resolution: above one, so that a small taste is not lost in a large one.
_GAMMA = 4.0
# Rounds of moves on each level, and links looked at in all of them.
_ROUNDS_LEAST, _ROUNDS_MOST = 4, 32
_LINKS = 10_000_000


def find_communities(engine: DuckDBEngine, seed: int) -> Ints:
    """Make `campaign_communities` (object, community) and `campaign_circles` (account, community) of the crowd.

    Louvain on the graph of the crowd's accounts and objects. What no one of the crowd took up is not listed.
    Returns the community of each object of `campaign_objects`, -1 for what is not listed.
    """
    acts, objects = engine.row("SELECT (SELECT count(*) FROM campaign_acts), count(*) FROM campaign_objects")
    with engine.beside(acts * LINK):
        sides = graph_of(engine, _LINKS_OF_CROWD)
        found = _partition(sides, seed)
    accounts = len(sides.left)
    engine.put("campaign_circles", _table("account", sides.left, found[:accounts]))
    engine.put("campaign_communities", _table("object", sides.right, found[accounts:]))
    community = np.full(objects, -1)
    community[sides.right] = found[accounts:]
    return community


_LINKS_OF_CROWD = """
    SELECT a.account::BIGINT << 32 | a.object AS link
    FROM campaign_acts AS a
    JOIN campaign_people AS p ON p.account = a.account
    WHERE p.outside
"""


def _partition(sides: Sides, seed: int) -> Ints:
    links = int(sides.degrees.sum())
    if not links:
        return np.empty(0, np.int32)
    rounds = min(max(_LINKS // links, _ROUNDS_LEAST), _ROUNDS_MOST)
    found = louvain(sides, seed, rounds=rounds, gamma=_GAMMA)
    sizes = np.bincount(found[: len(sides.left)], sides.degrees, int(found.max()) + 1)
    large = sizes >= _SMALLEST
    renumbered: Ints = np.where(large, np.cumsum(large), 0)
    return renumbered[found]


def _table(name: str, nodes: Ints, community: Ints) -> pa.Table:
    return pa.table({name: pa.array(nodes, pa.int32()), "community": pa.array(community, pa.int32())})
