"""Communities of objects that the same people of the crowd act on: shared taste, which belongs to the null."""

import numpy as np

from syncline.arrays import as_table, numbers
from syncline.coaction.kernels import changes, numbered
from syncline.engines.engine import Engine
from syncline.graphs import louvain

# Communities with fewer of the crowd's traces than this are taken together: their shares say nothing.
_SMALLEST = 200
# Rounds of moves on each level: where there are communities the fourth already finds them.
_ROUNDS = 4
_SUBJECT = (1 << 32) - 1

NO_COMMUNITIES = as_table({"object": np.zeros(0, np.int32), "community": np.zeros(0, np.int32)})


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
    link = np.sort(numbers(links["link"]))
    link = link[changes(link)]
    accounts, account_nodes = numbered(link >> 32)
    subjects, subject_nodes = numbered(link & _SUBJECT)
    nodes = len(accounts) + len(subjects)
    found = louvain(account_nodes, subject_nodes + len(accounts), nodes, seed, rounds=_ROUNDS)
    community_of_link = found[account_nodes]
    sizes = np.bincount(community_of_link, minlength=found.max() + 1)
    renumbered = np.where(sizes >= _SMALLEST, np.cumsum(sizes >= _SMALLEST) + 1, 1)
    engine.put(
        "subject_communities",
        as_table(
            {
                "subject": subjects.astype(np.int32),
                "community": renumbered[found[len(accounts) :]].astype(np.int32),
            }
        ),
    )
    engine.run("coaction/object_communities.sql")
