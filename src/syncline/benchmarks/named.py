"""Whom a scan at default settings names in a world: the camp's accounts, organic ones, and innocent coordination."""

from dataclasses import dataclass

import numpy as np

from syncline import worlds
from syncline.benchmarks.evidence import default_nulls, engine_of, find, named_accounts
from syncline.benchmarks.scores import MIN_POSTS
from syncline.worlds import World
from syncline.worlds.truth import CROWDS

# A crowd at a breaking story or a match agrees on nothing: to name one of it is wrong.
_ACCOUNTS = f"""
    SELECT a.account, t.is_camp, coalesce(t.innocent_class NOT IN {CROWDS}, FALSE) AS innocent,
        (SELECT count(*) FROM posts_coded AS p WHERE p.account = a.account) AS posts
    FROM accounts_coded AS a
    JOIN truth AS t ON t.platform = a.platform AND t.account_id = a.account_id
    ORDER BY a.account
"""


@dataclass(frozen=True)
class Named:
    """What was found in one log."""

    edges: int
    named: int
    recall: float  # of the camp's accounts with MIN_POSTS posts or more; 0 where there is none
    wrong_per_1000: float  # of organic accounts
    innocent: int  # of labelled innocent coordination


def named_in(world: str | World, seed: int) -> Named:
    """Generate a world, run both passes on it, and count whom they name."""
    tables = worlds.generate(world, seed)
    engine, nulls = engine_of(tables["posts"]), default_nulls()
    edges = find(engine, nulls)[1]
    named = named_accounts(engine, nulls.seed)
    engine.put("truth", tables["truth"])
    accounts = engine.fetch(_ACCOUNTS).to_pandas()
    engine.connection.close()
    flagged = np.isin(accounts["account"], named)
    camp = accounts["is_camp"].to_numpy()
    to_find = camp & (accounts["posts"] >= MIN_POSTS).to_numpy()
    labelled = accounts["innocent"].to_numpy() & ~camp
    organic = ~camp & ~labelled
    return Named(
        edges,
        len(named),
        float(flagged[to_find].mean()) if to_find.any() else 0.0,
        1000 * float(flagged[organic].sum()) / max(int(organic.sum()), 1),
        int(flagged[labelled].sum()),
    )
