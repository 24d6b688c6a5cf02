"""Each account's first action on each object, by sorting: the same table as traces_coded.sql makes, a test holds it."""

import numpy as np

from syncline.arrays import Array, as_table
from syncline.engines.duckdb import DuckDBEngine
from syncline.ordered import Ints

# Objects, posts and accounts are numbers of so many bits.
_BITS = 31
_MASK = (1 << _BITS) - 1
# Actions that are read at a time.
_AT_ONCE = 1_000_000


def keep_first_actions(engine: DuckDBEngine) -> None:
    """Make `traces_coded` from `actions_coded`, by object and time, the order in which the evidence goes through it.

    A post has one account and one time, and posts are numbered in the order of time, so that to sort objects with
    their posts, two in one number, sorts it all.
    """
    actions, behaviour_of, account_of, time_of = _read(engine)
    actions.sort()
    by_account = actions & ~_MASK
    by_account |= account_of[actions & _MASK]
    _, places = np.unique(by_account, return_index=True)
    first = actions[np.sort(places)]
    object_, post = (first >> _BITS).astype(np.int32), (first & _MASK).astype(np.int32)
    traces: dict[str, Array] = {
        "behaviour": behaviour_of[object_],
        "object": object_,
        "account": account_of[post],
        "time_us": time_of[post],
        "post": post,
    }
    engine.put("traces_coded", as_table(traces))


def _read(engine: DuckDBEngine) -> tuple[Ints, Array, Array, Array]:
    """Object and post of each action as one number; the behaviour of each object; account and time of each post."""
    count, objects, posts = engine.row(
        "SELECT count(*), coalesce(max(object), -1), coalesce(max(post), -1) FROM actions_coded"
    )
    actions = np.empty(count, np.int64)
    behaviour_of = np.zeros(objects + 1, np.uint8)
    account_of, time_of = np.zeros(posts + 1, np.int32), np.zeros(posts + 1, np.int64)
    filled = 0
    query = "SELECT object, post, behaviour, account, time_us FROM actions_coded"
    for batch in engine.stream(query, _AT_ONCE):
        columns: list[Array] = [np.from_dlpack(column) for column in batch.columns]
        object_, post, behaviour, account, time_us = columns
        actions[filled : filled + len(post)] = object_.astype(np.int64) << _BITS | post
        behaviour_of[object_], account_of[post], time_of[post] = behaviour, account, time_us
        filled += len(post)
    return actions, behaviour_of, account_of, time_of
