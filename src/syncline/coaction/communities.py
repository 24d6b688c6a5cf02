"""Communities of objects that the same people of the crowd act on: shared taste, which belongs to the null."""

import numpy as np
import pyarrow as pa

from syncline.engines.engine import Engine
from syncline.graphs import Ints, louvain

# Communities with fewer of the crowd's traces than this are taken together: their shares say nothing.
_SMALLEST = 200
# Rounds of moves on each level: where there are communities the fourth already finds them.
_ROUNDS = 4
_SUBJECT = (1 << 32) - 1

NO_COMMUNITIES = pa.table({"object": pa.array([], pa.int32()), "community": pa.array([], pa.int32())})


def find_communities(engine: Engine, seed: int) -> None:
    """Make `object_communities` (object, community), 1 upwards, from the crowd's traces alone.

    Louvain on the account-object graph. Objects without a crowd are not listed.
    """
    engine.run("coaction/communities.sql")
    links = engine.fetch("SELECT account::BIGINT << 32 | subject AS link FROM crowd_links")
    if links.num_rows == 0:
        engine.put("object_communities", NO_COMMUNITIES)
        return
    # Each link once, and in one order, so that one log has one answer.
    link = np.sort(links.column("link").to_numpy())
    link = link[np.append(True, link[1:] != link[:-1])]
    accounts, account_nodes = _numbered(link >> 32)
    subjects, subject_nodes = _numbered(link & _SUBJECT)
    nodes = len(accounts) + len(subjects)
    found = louvain(account_nodes, subject_nodes + len(accounts), nodes, seed, rounds=_ROUNDS)
    community_of_link = found[account_nodes]
    sizes = np.bincount(community_of_link, minlength=found.max() + 1)
    renumbered = np.where(sizes >= _SMALLEST, np.cumsum(sizes >= _SMALLEST) + 1, 1)
    engine.put(
        "subject_communities",
        pa.table(
            {
                "subject": subjects.astype(np.int32),
                "community": renumbered[found[len(accounts) :]].astype(np.int32),
            }
        ),
    )
    engine.run("coaction/object_communities.sql")


def _numbered(values: Ints) -> tuple[Ints, Ints]:
    """The different values, ascending, and the place of each value among them: of small numbers, without a sort."""
    seen = np.zeros(int(values.max()) + 1, np.bool_)
    seen[values] = True
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[values]
