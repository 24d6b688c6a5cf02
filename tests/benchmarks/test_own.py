"""Syncline as a detector of the benchmark: names as a scan names, and a curve that is what it says."""

from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from syncline import schema
from syncline.api import scan
from syncline.benchmarks.baselines import Tables
from syncline.benchmarks.evidence import default_nulls
from syncline.benchmarks.own import core_levels, detect, detect_by_first_pass
from syncline.settings import Settings

MINUTE_US = 60_000_000
RING = 12


def in_core(edges: list[tuple[int, int, float]], bar: float) -> set[int]:
    graph = nx.Graph([(a, b) for a, b, weight in edges if weight >= bar])
    return set(nx.k_core(graph, 2)) if len(graph) else set()


def levels(edges: list[tuple[int, int, float]], accounts: int) -> list[float]:
    a, b, weight = zip(*edges, strict=True)
    return core_levels(np.array(a), np.array(b), np.array(weight, dtype=float), accounts).tolist()


def test_a_bridge_between_triangles_is_in_the_core_and_a_tail_is_not() -> None:
    edges = [
        (0, 1, 9.0),
        (1, 2, 8.0),
        (0, 2, 7.0),
        (2, 3, 5.0),
        (3, 4, 6.0),
        (4, 5, 6.0),
        (3, 5, 6.0),
        (5, 6, 9.0),
    ]
    assert levels(edges, 8) == [7, 7, 7, 6, 6, 6, -np.inf, -np.inf]


def test_levels_are_those_of_the_two_core_at_every_bar() -> None:
    rng = np.random.default_rng(1)
    for _ in range(30):
        pairs = {(a, b) for a, b in np.sort(rng.integers(0, 14, (30, 2)), axis=1).tolist() if a < b}
        edges = [(a, b, float(rng.integers(1, 9))) for a, b in sorted(pairs)]
        found = levels(edges, 14)
        for bar in range(1, 10):
            assert {account for account in range(14) if found[account] >= bar} == in_core(edges, bar)


def test_without_edges_nobody_is_found() -> None:
    none = np.array([], dtype=np.int64)
    assert core_levels(none, none, none.astype(float), 3).tolist() == [-np.inf] * 3


def repost(account: str, number: int, minute: int, place: int) -> dict[str, object]:
    return {
        "platform": "x",
        "post_id": f"{account}-{number}",
        "account_id": account,
        "time_us": minute * MINUTE_US + place * 1_000_000,
        "is_repost": True,
        "reposted_post_id": f"post {number}",
    }


@pytest.fixture(scope="module")
def log() -> Tables:
    """A ring that reposts 20 posts within a minute each, among 400 accounts that repost when they like."""
    rng = np.random.default_rng(2)
    rows = [
        repost(f"ring{one}", number, 1440 * (number % 10) + number, one)
        for number in range(20)
        for one in range(RING)
    ]
    rows += [
        repost(f"one{one}", number, int(rng.integers(0, 14400)), 0)
        for one in range(400)
        for number in rng.choice(600, 12, replace=False).tolist()
    ]
    return {"posts": pa.Table.from_pylist(rows, schema=schema.POSTS)}


def named(found: pd.DataFrame) -> set[str]:
    return set(found.loc[found["named"], "account_id"])


@pytest.mark.parametrize("detector", [detect, detect_by_first_pass])
def test_a_ring_is_named_and_leads_the_ranking(detector: object, log: Tables) -> None:
    found = detector(log)  # type: ignore[operator]
    assert list(found.columns) == ["platform", "account_id", "score", "named"]
    assert len(found) == 400 + RING
    assert named(found) == {f"ring{one}" for one in range(RING)}
    ring = found["account_id"].str.startswith("ring")
    assert found.loc[ring, "score"].min() > found.loc[~ring, "score"].max()


def test_names_are_those_of_a_scan(log: Tables, tmp_path: Path) -> None:
    pq.write_table(log["posts"], tmp_path / "posts.parquet")
    settings = Settings(placebo_copies=0, confirm=False)
    case = scan(tmp_path / "posts.parquet", tmp_path / "log.case", settings)
    members = case.members
    assert named(detect(log)) == set(members.loc[members["named"], "account_id"])


def test_windows_finer_than_the_clock_are_left_out() -> None:
    assert default_nulls().windows_us == (MINUTE_US, 10 * MINUTE_US, 60 * MINUTE_US)
    assert default_nulls(resolution_us=60 * MINUTE_US).windows_us == (60 * MINUTE_US,)
    assert default_nulls(resolution_us=1440 * MINUTE_US).windows_us == (1440 * MINUTE_US,)
    assert default_nulls(alpha=0.2).alpha == 0.2
