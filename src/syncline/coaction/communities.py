"""Communities of objects that the same people of the crowd act on: shared taste, which belongs to the null."""

import numpy as np

from syncline.arrays import as_table, gathered
from syncline.engines.engine import Engine
from syncline.graphs import Sides, between, louvain
from syncline.memory import LINK
from syncline.ordered import changes

# Communities with fewer of the crowd's traces than this are taken together: their shares say nothing.
_SMALLEST = 200
# Rounds of moves on each level: where there are communities the fourth already finds them.
_ROUNDS = 4
# Links that are read at a time.
_AT_ONCE = 1_000_000
# Of a link, which is one number.
_HALF = 32
_LOWER = (1 << _HALF) - 1

NO_COMMUNITIES = as_table({"object": np.zeros(0, np.int32), "community": np.zeros(0, np.int32)})


def find_communities(engine: Engine, seed: int) -> None:
    """Make `object_communities` (object, community), 1 upwards, from the crowd's traces alone.

    Louvain on the account-object graph. Objects without a crowd are not listed.
    """
    engine.run("coaction/communities.sql")
    (count,) = engine.row("SELECT count(*) FROM crowd_links")
    if not count:
        engine.put("object_communities", NO_COMMUNITIES)
        return
    with engine.beside(count * LINK):
        sides = graph_of(engine, "SELECT account::BIGINT << 32 | subject AS link FROM crowd_links")
        found = louvain(sides, seed, rounds=_ROUNDS)
    accounts = len(sides.left)
    sizes = np.bincount(found[:accounts], sides.degrees, int(found.max()) + 1)
    renumbered = np.where(sizes >= _SMALLEST, np.cumsum(sizes >= _SMALLEST) + 1, 1)
    engine.put(
        "subject_communities",
        as_table(
            {
                "subject": sides.right.astype(np.int32),
                "community": renumbered[found[accounts:]].astype(np.int32),
            }
        ),
    )
    engine.run("coaction/object_communities.sql")


def graph_of(engine: Engine, query: str) -> Sides:
    """The graph of the links that `query` gives, as numbers whose upper and lower halves are the two ends.

    Each link once, and in one order, so that one log has one answer.
    """
    (count,) = engine.row(f"SELECT count(*) FROM ({query})")
    link = gathered((np.from_dlpack(batch.column(0)) for batch in engine.stream(query, _AT_ONCE)), count)
    link.sort()
    link = link[changes(link)]
    left, right = (link >> _HALF).astype(np.int32), (link & _LOWER).astype(np.int32)
    del link
    return between(left, right)
