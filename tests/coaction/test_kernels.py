"""What is counted by sorting is what the SQL says."""

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pytest

from crowds import crowd, ring
from evidence import DAY, HOUR, NULLS, SECOND, START, WINDOWS, Traces, engine_with, joined, traces
from syncline import ordered
from syncline.coaction import CONSTANTS, against_chance, against_the_crowd, kernels
from syncline.coaction.kernels import windows
from syncline.coaction.kernels.rows import in_order
from syncline.engines.duckdb import DuckDBEngine

ACTIONS_MIN = 2


@pytest.fixture(scope="module")
def log() -> Traces:
    """People with news, a ring, an object that 900 accounts share in one second, and a second behaviour."""
    rng = np.random.default_rng(1)
    people = crowd(rng, accounts=600, acts=12, days=6, objects_per_day=40)
    together = ring(rng, np.arange(600, 630), np.arange(900, 910), np.arange(3))
    tags = np.arange(960, 966)
    tweets = traces(
        np.tile(tags, 30), np.repeat(np.arange(600, 630), 6), START + np.tile(tags // 3 * DAY // 100, 30)
    )
    hot = traces(np.full(900, 950), np.arange(900), START + rng.integers(0, SECOND, 900))
    # The gap between these is just the widest window, and just over it.
    edge = traces([951, 951, 952, 952], [1, 2, 1, 2], START + np.array([0, HOUR, 0, HOUR + 1]))
    other = crowd(rng, accounts=600, acts=4, days=6, objects_per_day=20)
    second = traces(other.object + 1000, other.account, other.time_us, behaviour=3)
    return joined(people, together, tweets, hot, edge, second)


@pytest.fixture(scope="module")
def engine(log: Traces) -> DuckDBEngine:
    """Everything that the kernels and their steps read."""
    engine = engine_with(log)
    tested = against_chance(engine, NULLS)
    assert tested.actions_min == ACTIONS_MIN
    against_the_crowd(engine, NULLS, tested)
    return engine


def rows(engine: DuckDBEngine, table: str) -> pa.Table:
    return engine.fetch(f"SELECT * FROM {table} ORDER BY ALL")


def test_traces_are_sorted_once(log: Traces) -> None:
    engine = engine_with(log)
    before = engine.fetch("FROM traces")
    engine.put("traces", before.take(np.random.default_rng(3).permutation(before.num_rows)))
    kernels.sort_traces(engine)
    found = engine.fetch("FROM traces")
    assert found == before.sort_by([(name, "ascending") for name in ("object", "time_us", "account")])
    assert in_order(found) is found


def test_traces_in_blocks_are_those_of_the_sql(log: Traces) -> None:
    engine = engine_with(log)
    engine.make("suspects", "SELECT DISTINCT account FROM traces WHERE account BETWEEN 600 AND 620")
    # Times on either side of 1970, from which SQL counts blocks in both directions.
    shifted = f"SELECT * REPLACE (time_us - {START + 2 * DAY + HOUR} AS time_us) FROM traces"
    engine.make("traces", f"{shifted} ORDER BY object, time_us, account")
    kernels.traces_in_blocks(engine, DAY)
    in_arrays = engine.fetch("FROM traces_in_blocks")
    order = ["object", "time_us", "account"]
    assert in_arrays.select(order) == engine.fetch(f"SELECT {', '.join(order)} FROM traces")
    engine.run("coaction/traces_in_blocks.sql", block_us=DAY)
    by_sql = engine.fetch("FROM traces_in_blocks")
    assert in_arrays == by_sql.sort_by([(name, "ascending") for name in order])


@pytest.mark.parametrize("table", ["bursts", "crowd_bursts"])
def test_counts_are_those_of_the_sql(engine: DuckDBEngine, table: str) -> None:
    {"bursts": kernels.bursts, "crowd_bursts": kernels.crowd_bursts}[table](engine, WINDOWS)
    by_sorting = rows(engine, table)
    engine.drop(table)
    for window_us in WINDOWS:
        engine.run(f"coaction/{table}.sql", window_us=window_us)
    assert by_sorting.num_rows > 100
    assert by_sorting.equals(rows(engine, table))


def test_pairs_are_those_of_the_sql(engine: DuckDBEngine) -> None:
    kernels.repeated_pairs(engine, ACTIONS_MIN)
    by_sorting = rows(engine, "repeated_pairs")
    engine.run("coaction/pairs.sql", actions_min=ACTIONS_MIN)
    engine.run("coaction/repeated_pairs.sql", actions_min=ACTIONS_MIN)
    assert by_sorting.num_rows > 100
    assert by_sorting.equals(rows(engine, "repeated_pairs"))


def test_pairs_are_the_same_when_they_are_taken_in_small_parts(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernels.repeated_pairs(engine, ACTIONS_MIN)
    whole = rows(engine, "repeated_pairs")
    monkeypatch.setattr(windows, "_CHUNK", 100)
    monkeypatch.setattr(engine, "kernels", whole.num_rows // 3)
    kernels.repeated_pairs(engine, ACTIONS_MIN)
    assert rows(engine, "repeated_pairs").equals(whole)


def assert_same_scores(engine: DuckDBEngine, table: str, **values: int) -> None:
    by_sorting = rows(engine, table).to_pydict()
    engine.drop(table)
    for window_us in WINDOWS:
        engine.run(
            f"coaction/{table}.sql", **CONSTANTS, **values, window_us=window_us, actions_min=ACTIONS_MIN
        )
    by_sql = rows(engine, table).to_pydict()
    assert len(by_sql["score"]) > 100
    assert by_sorting.pop("score") == pytest.approx(by_sql.pop("score"), rel=1e-12)
    assert by_sorting == by_sql


def test_scores_against_chance_are_those_of_the_sql(engine: DuckDBEngine) -> None:
    kernels.chance_scores(engine, WINDOWS, ACTIONS_MIN)
    assert_same_scores(engine, "chance_scores")


def test_scores_against_the_crowd_are_those_of_the_sql(engine: DuckDBEngine) -> None:
    kernels.crowd_scores(engine, WINDOWS, DAY, ACTIONS_MIN)
    assert_same_scores(engine, "crowd_scores", block_us=DAY)


def test_rates_are_those_of_the_sql(engine: DuckDBEngine) -> None:
    kernels.candidate_rates(engine)
    by_sorting = rows(engine, "candidate_rates").to_pydict()
    engine.run("coaction/candidate_rates.sql")
    by_sql = rows(engine, "candidate_rates").to_pydict()
    assert len(by_sql["rate_low"]) > 100
    for theta in ("least", "low", "mid", "high"):
        assert by_sorting.pop(f"rate_{theta}") == pytest.approx(by_sql.pop(f"rate_{theta}"), rel=1e-9)
    assert by_sorting == by_sql


def test_meetings_of_suspects_are_those_of_the_sql(engine: DuckDBEngine) -> None:
    engine.run("coaction/suspect_meetings.sql")
    by_sql = engine.fetch("FROM judged_meetings")
    kernels.suspect_meetings(engine)
    by_sorting = engine.fetch("FROM judged_meetings")
    assert by_sql.num_rows > 100
    assert by_sorting.schema == by_sql.schema
    assert rows(engine, "judged_meetings") == by_sql.sort_by(
        [(name, "ascending") for name in by_sql.column_names]
    )
    keys = ["behaviour", "account_a", "account_b", "post_a", "post_b"]
    assert by_sorting.select(keys) == by_sql.select(keys)


def test_meetings_are_the_same_without_tables_to_look_up(
    engine: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    kernels.suspect_meetings(engine)
    looked_up = engine.fetch("FROM judged_meetings")
    monkeypatch.setattr(ordered, "_DENSE", 0)
    kernels.suspect_meetings(engine)
    assert rows(engine, "judged_meetings") == looked_up.sort_by(
        [(name, "ascending") for name in looked_up.column_names]
    )


def test_two_posts_meet_once(engine: DuckDBEngine) -> None:
    """A ring's posts that carry three hashtags each."""
    shared = engine.row(
        "SELECT count(*), count(DISTINCT (account_a, account_b, post_a, post_b)) FROM judged_meetings"
    )
    assert shared[1] < shared[0]


@pytest.mark.parametrize("pairs", [1000, 0])
def test_a_log_without_pairs_has_none(pairs: int) -> None:
    engine = engine_with(traces([1, 2, 3], [1, 2, 3], START + np.arange(3)))
    engine.kernels = pairs
    against_the_crowd(engine, NULLS, against_chance(engine, NULLS))
    assert engine.row("SELECT count(*) FROM repeated_pairs") == (0,)


def test_the_evidence_is_the_same_either_way(log: Traces) -> None:
    found = []
    for pairs in (10_000_000, 0):
        engine = engine_with(log)
        engine.kernels = pairs
        against_the_crowd(engine, NULLS, against_chance(engine, NULLS))
        found.append(rows(engine, "pair_evidence").to_pydict())
    assert len(found[0]["account_a"]) > 100
    for column, values in found[0].items():
        assert found[1][column] == pytest.approx(values, rel=1e-9)


# 400 accounts do as they like, and twelve act on thirty objects in the same minutes.
_SEARCH = """
import sys
import duckdb
from syncline.benchmarks.evidence import default_nulls, find
from syncline.engines.duckdb import DuckDBEngine

engine = DuckDBEngine(duckdb.connect())
engine.make("traces", '''
    SELECT 0::UTINYINT AS behaviour, object::INTEGER AS object, account::INTEGER AS account, time_us,
        row_number() OVER ()::INTEGER AS post
    FROM (
        SELECT a AS account, hash(a, n) % 300 AS object, min((hash(n, a) % 2592000000000)::BIGINT) AS time_us
        FROM range(400) s(a), range(20) t(n) GROUP BY ALL
        UNION ALL
        SELECT 400 + a, 300 + o, o * 7200000000 + a * 1000000 FROM range(12) s(a), range(30) t(o)
    )
''')
engine.make("objects", "SELECT DISTINCT object, object AS subject FROM traces")
print(find(engine, default_nulls())[1])
print(sorted({"pandas", "pyarrow.compute", "ural"} & sys.modules.keys()))
"""


def test_a_search_imports_nothing_that_it_does_not_use() -> None:
    said = subprocess.run([sys.executable, "-c", _SEARCH], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == [str(12 * 11 // 2), "[]"]
