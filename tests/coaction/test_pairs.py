"""The pair step and the windowed counts against the sorted-window kernel and brute force."""

from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence import DAY, SECOND, START, Traces, engine_with, joined, traces
from syncline.benchmarks.kernel import count_pairs
from syncline.engines.duckdb import DuckDBEngine

MINUTE = 60 * SECOND
WINDOWS = (3 * MINUTE, 10 * MINUTE, 25 * MINUTE)
BLOCK = 30 * MINUTE


@st.composite
def logs(draw: st.DrawFn) -> Traces:
    """Two behaviours, few objects, times in whole minutes: many ties, repeated acts and borders of buckets."""
    acts = draw(
        st.lists(
            st.tuples(st.integers(0, 5), st.integers(0, 9), st.integers(-40, 40)), min_size=1, max_size=60
        )
    )
    objects, accounts, times = (np.array(column, np.int64) for column in zip(*acts, strict=True))
    return Traces(objects % 2, objects, accounts, START + times * MINUTE)


def meetings_of(engine: DuckDBEngine, window: int, at_least: int) -> pd.DataFrame:
    """The meetings of pairs with this many objects in common, where everybody is suspect and every object usable."""
    engine.connection.execute(
        f"CREATE OR REPLACE TABLE eligible AS SELECT DISTINCT behaviour, object, {window}::BIGINT AS window_us,"
        " TRUE AS usable FROM traces;"
        "CREATE OR REPLACE TABLE suspects AS SELECT DISTINCT account FROM traces"
    ).fetchall()
    engine.run("coaction/account_margins.sql")
    engine.run("coaction/pairs.sql", actions_min=at_least)
    engine.run("coaction/repeated_pairs.sql", actions_min=at_least)
    engine.run("coaction/suspect_meetings.sql")
    meetings: pd.DataFrame = engine.fetch(
        "FROM judged_meetings ORDER BY behaviour, account_a, account_b, object"
    ).to_pandas()
    return meetings


def counted(meetings: pd.DataFrame) -> list[tuple[int, ...]]:
    pairs = meetings.groupby(["behaviour", "account_a", "account_b"])["object"].nunique().reset_index()
    return list(pairs.itertuples(index=False, name=None))


def reference(log: Traces, window: int, at_least: int) -> list[tuple[int, int, int, int]]:
    first = log.table.to_pandas()
    found = []
    for behaviour, part in first.groupby("behaviour"):
        pairs = count_pairs(
            part["object"], part["account"], part["time_us"], window, at_least=at_least, compiled=False
        )
        active = part.groupby("account").size()
        found += [
            (int(behaviour), a, b, n)
            for a, b, n in zip(*(column.tolist() for column in pairs), strict=True)
            if active[a] >= at_least and active[b] >= at_least
        ]
    return sorted(found)


@settings(max_examples=30, deadline=None)
@given(logs(), st.sampled_from(WINDOWS), st.integers(1, 3))
def test_the_pair_step_finds_what_the_kernel_finds(log: Traces, window: int, at_least: int) -> None:
    with engine_with(log).connection as connection:
        found = meetings_of(DuckDBEngine(connection), window, at_least)
    assert counted(found) == reference(log, window, at_least)
    assert (found["account_a"] < found["account_b"]).all()
    assert ((found["time_a_us"] - found["time_b_us"]).abs() <= window).all()
    assert not found.duplicated(["object", "account_a", "account_b"]).any()


def test_the_pair_step_finds_what_the_kernel_finds_in_a_busy_log() -> None:
    rng = np.random.default_rng(5)
    size = 20_000
    objects = rng.zipf(1.5, size) % 2_000
    busy = traces(objects, rng.integers(0, 400, size), START + rng.integers(0, DAY // 1000, size))
    hot = traces(np.full(500, 5_000), np.arange(500), START + rng.integers(0, 5, 500))
    log = joined(busy, hot)
    window = 2_000_000
    kernel = reference(log, window, 2)
    assert len(kernel) > 1000
    assert counted(meetings_of(engine_with(log), window, 2)) == kernel


def test_a_meeting_carries_both_posts_and_both_times() -> None:
    engine = engine_with(traces([1, 1, 2, 2], [7, 3, 7, 3], [START + 5, START, START + 20, START + 21]))
    columns = ["object", "account_a", "account_b", "time_a_us", "time_b_us", "post_a", "post_b"]
    rows = meetings_of(engine, 10, 2)[columns]
    posts = {
        (row["account"], row["object"]): row["post"]
        for row in engine.fetch("SELECT account, object, post FROM traces").to_pylist()
    }
    assert list(rows.itertuples(index=False, name=None)) == [
        (1, 3, 7, START, START + 5, posts[3, 1], posts[7, 1]),
        (2, 3, 7, START + 21, START + 20, posts[3, 2], posts[7, 2]),
    ]


@settings(max_examples=20, deadline=None)
@given(logs())
def test_bursts_count_pairs_within_the_window(log: Traces) -> None:
    first = log.table.to_pandas()
    expected = [
        (int(behaviour), int(object_), window, len(part), within(part["time_us"], window))
        for (behaviour, object_), part in first.groupby(["behaviour", "object"])
        for window in WINDOWS
        if len(part) > 1
    ]
    with engine_with(log).connection as connection:
        engine = DuckDBEngine(connection)
        for window in WINDOWS:
            engine.run("coaction/bursts.sql", window_us=window)
        found = connection.sql("FROM bursts ORDER BY behaviour, object, window_us").fetchall()
    assert found == expected


@settings(max_examples=20, deadline=None)
@given(logs(), st.sets(st.integers(0, 9)))
def test_crowd_bursts_count_pairs_of_the_crowd_inside_a_block(log: Traces, suspects: set[int]) -> None:
    first = log.table.to_pandas()
    first = first[~first["account"].isin(suspects)]
    first["block"] = first["time_us"] // BLOCK
    keys = ["behaviour", "object", "block"]
    expected = [
        (*map(int, key), window, within(part["time_us"], window), len(part) * (len(part) - 1) / 2)
        for key, part in first.groupby(keys)
        for window in WINDOWS
        if len(part) > 1
    ]
    with engine_with(log).connection as connection:
        engine = DuckDBEngine(connection)
        connection.execute("CREATE TABLE suspects (account INTEGER)")
        connection.executemany("INSERT INTO suspects VALUES (?)", [[account] for account in [*suspects, 99]])
        engine.run("coaction/traces_in_blocks.sql", block_us=BLOCK)
        for window in WINDOWS:
            engine.run("coaction/crowd_bursts.sql", window_us=window)
        found = connection.sql("FROM crowd_bursts ORDER BY behaviour, object, block, window_us").fetchall()
    assert found == expected


def within(times: pd.Series, window: int) -> int:
    return sum(abs(one - other) <= window for one, other in combinations(times.tolist(), 2))
