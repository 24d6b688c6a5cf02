"""The order of posts, by sorting: the same table as posts_sorted.sql makes, a test holds it."""

import numpy as np

from syncline.arrays import Array, as_table, numbers
from syncline.engines.duckdb import DuckDBEngine
from syncline.ordered import Ints, changes, order_by


def sort_posts(engine: DuckDBEngine) -> None:
    """Make `posts_sorted` from `posts`: words are only compared where an account has several posts at one time."""
    rows = engine.fetch("SELECT rowid AS place, time_us, account FROM posts")
    place, time_us, account = (numbers(column) for column in rows.columns)
    order = order_by(time_us, account)
    _sort_ties(engine, place, order, changes(time_us[order], account[order]))
    place = place[order]
    post = np.arange(len(place), dtype=np.int32)
    known = np.array_equal(place, post)
    engine.put("posts_sorted", as_table({"place": place, "post": post}).slice(0, 0 if known else None))


def _sort_ties(engine: DuckDBEngine, place: Array, order: Ints, new: Array) -> None:
    """Put by their ids, in `order` itself, rows that are equal to the one before them, where they are not `new`."""
    tied = ~new
    tied[:-1] |= ~new[1:]
    slots = np.flatnonzero(tied)
    if not len(slots):
        return
    among = order[slots]
    run = np.cumsum(new)[slots]
    engine.put("posts_tied", as_table({"run": run, "row": among, "place": place[among]}))
    by_id = "SELECT row FROM posts_tied JOIN posts ON posts.rowid = posts_tied.place ORDER BY run, post_id"
    order[slots] = numbers(engine.fetch(by_id)["row"])
    engine.drop("posts_tied")
