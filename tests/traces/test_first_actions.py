"""Each account's first action on each object: the same by sorting as by SQL."""

from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from syncline import memory, traces
from syncline.engines.duckdb import DuckDBEngine
from syncline.traces import first_actions


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    with duckdb.connect() as connection:
        yield DuckDBEngine(connection)


def put_actions(engine: DuckDBEngine, actions: int) -> None:
    """Actions on 40 objects of 4 behaviours in posts by 25 accounts, some in one second, some by one post twice."""
    rng = np.random.default_rng(actions)
    posts = actions // 2 + 1
    account_of = rng.integers(0, 25, posts).astype(np.int32)
    time_of = 1_700_000_000_000_000 + np.sort(rng.integers(0, posts // 3 + 1, posts)) * 1_000_000
    object_, post = rng.integers(0, 40, actions).astype(np.int32), rng.integers(0, posts, actions)
    table = {
        "behaviour": (object_ // 10).astype(np.uint8),
        "object": object_,
        "account": account_of[post],
        "time_us": time_of[post],
        "post": post.astype(np.int32),
    }
    engine.put("actions_coded", pa.table(table))


@pytest.mark.parametrize("actions", [0, 1, 10, 3000])
def test_sorting_finds_the_first_actions_of_the_sql(
    engine: DuckDBEngine, actions: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_actions, "_AT_ONCE", 1000)
    put_actions(engine, actions)
    engine.run("traces/traces_coded.sql")
    by_sql = engine.fetch("FROM traces_coded ORDER BY object, post")
    first_actions.keep_first_actions(engine)
    by_sorting = engine.fetch("FROM traces_coded")
    assert by_sorting == by_sql
    assert by_sorting.num_rows <= 1000
    times = by_sorting.sort_by([("object", "ascending"), ("time_us", "ascending")])
    assert times["time_us"] == by_sorting["time_us"]


@pytest.mark.parametrize(("bound", "sorts"), [(None, True), ("64GB", True), ("700MB", False)])
@pytest.mark.parametrize("posts_of_one", [1, 1000])
def test_where_arrays_have_no_room_it_is_done_by_sql(
    bound: str | None, sorts: bool, posts_of_one: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two million posts, of which all or one in a thousand act."""
    sorted_for: list[DuckDBEngine] = []
    monkeypatch.setattr(traces, "keep_first_actions", sorted_for.append)
    with duckdb.connect() as connection:
        engine = DuckDBEngine(connection, bound=memory.in_bytes(bound) if bound else None)
        engine.make(
            "actions_coded",
            "SELECT 0::UTINYINT AS behaviour, (range % 7)::INTEGER AS object, range::INTEGER AS account,"
            f" range AS time_us, range::INTEGER AS post FROM range(0, 2000000, {posts_of_one})",
        )
        traces._make_traces(engine)
        assert sorted_for == [engine] * sorts
        assert engine.has("traces_coded") is not sorts
