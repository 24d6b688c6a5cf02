"""Roles against those of a simulated camp; bridges and rhythms against what was put there."""

from collections import Counter
from time import process_time
from typing import Any

import networkx as nx
import numpy as np
import pytest

from syncline.benchmarks import campaigns as labelled
from syncline.benchmarks.campaigns import Labelled
from syncline.campaigns import find_campaigns
from syncline.campaigns.roles import interval, joining, role_of
from syncline.schema import ROLES
from syncline.traces import build_traces
from syncline.worlds.world import Innocent, Interests, People, World

RIGHT = 0.9  # share of the accounts whose role must be the one they were given


def test_the_confusion_table_is_nearly_diagonal(demo: Labelled) -> None:
    truth = {row["account_id"]: row["role"] for row in demo.tables["truth"].to_pylist()}
    rows = demo.rows("SELECT * FROM roles")
    confusion = Counter((truth[str(row["account_id"])], row["role"]) for row in rows)
    assert {role for role, _ in confusion} == {"author", "booster", "replier"}
    assert sum(count for (given, found), count in confusion.items() if given == found) >= RIGHT * len(rows)


def test_every_member_has_a_role_and_the_tables_agree(demo: Labelled) -> None:
    assert demo.engine.fetch("SELECT * FROM roles").column_names == ROLES.names
    rows = demo.rows(
        "SELECT m.role, r.role AS of_roles FROM members AS m LEFT JOIN roles AS r USING (network_id, account_id)"
    )
    assert len(rows) == 40
    assert all(row["role"] == row["of_roles"] is not None for row in rows)


def test_authors_move_first(demo: Labelled) -> None:
    first = Counter(row["role"] for row in demo.rows("SELECT role FROM roles WHERE first_mover"))
    assert first["author"] > first["booster"]
    for row in demo.rows("SELECT * FROM roles WHERE directives > 0"):
        assert 0 <= int(str(row["firsts"])) <= int(str(row["directives"]))
        assert float(str(row["firsts_low"])) <= int(str(row["firsts"])) / int(str(row["directives"]))


def test_a_role_needs_a_majority_that_is_sure() -> None:
    assert role_of({"wrote": 30, "boosted": 2, "addressed": 0})["role"] == "author"
    assert role_of({"wrote": 1, "boosted": 0, "addressed": 9})["role"] == "replier"
    assert role_of({"wrote": 6, "boosted": 5, "addressed": 0})["role"] == "mixed"
    assert role_of({"wrote": 1, "boosted": 0, "addressed": 0})["role"] == "mixed"
    assert role_of({"wrote": 0, "boosted": 0, "addressed": 0})["share"] is None


def test_the_interval_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    shares = rng.uniform(0.05, 0.95, 2000)
    inside = [
        low <= share <= high for share in shares for low, high in [interval(int(rng.binomial(40, share)), 40)]
    ]
    assert np.mean(inside) == pytest.approx(0.95, abs=0.02)
    assert interval(0, 10)[0] == 0.0
    assert interval(10, 10)[1] == 1.0


def test_a_bridge_is_an_account_that_alone_joins_two_parts() -> None:
    triangle, square = [(1, 2), (2, 3), (1, 3)], [(11, 12), (12, 13), (13, 14), (14, 11)]
    ends = np.array([*triangle, *square, (1, 7), (7, 11), (2, 20)])
    # 20 hangs on 2 alone, which makes no bridge of 2: one account is no part.
    assert joining(ends[:, 0], ends[:, 1]) == {1: 3, 7: 4, 11: 3}
    assert joining(np.array([1, 2, 3]), np.array([2, 3, 1])) == {}
    assert joining(np.empty(0, int), np.empty(0, int)) == {}


def test_bridges_are_those_of_a_plain_search() -> None:
    """Against taking away each account in turn, on graphs of several pieces, with and without circles."""
    rng = np.random.default_rng(6)
    for _ in range(200):
        size = int(rng.integers(4, 25))
        ties = np.unique(np.sort(rng.integers(0, size, (int(rng.integers(2, 2 * size)), 2))), axis=0)
        ties = ties[ties[:, 0] != ties[:, 1]]
        graph = nx.Graph(ties.tolist())
        expected = {}
        for account in graph:
            left = graph.subgraph(nx.node_connected_component(graph, account) - {account})
            sizes = sorted(len(part) for part in nx.connected_components(left))
            if apart := sum(part for part in sizes[:-1] if part >= 3):
                expected[account] = apart
        assert joining(ties[:, 0], ties[:, 1]) == expected


def test_the_bridges_of_a_chain_of_very_many_are_found_in_time() -> None:
    """Account n of a chain of 40,001 parts the n before it from those behind; what hangs on an end is no part."""
    chain, began = np.arange(40_000), process_time()
    found = joining(chain, chain + 1)
    assert found == {account: min(account, 40_000 - account) for account in range(3, 39_998)}
    assert process_time() - began < 10


def of_class(name: str) -> labelled.Grouping:
    def grouping(account: dict[str, Any]) -> int | None:
        return 1 if account["innocent_class"] == name else None

    return grouping


def test_posts_like_a_clock_are_a_sign_in_users_of_a_scheduler_only(demo: Labelled) -> None:
    world = World(
        people=People(accounts=400), interests=Interests(communities=4), innocent=Innocent(schedulers=1)
    )
    scheduled = labelled.make(world, 3, of_class("scheduler"))
    labelled.find(scheduled)
    by_clock = [row["cadence"] for row in scheduled.rows("SELECT cadence FROM roles")]
    # They post by hand as well, so that the clock shows in some of them only.
    assert by_clock.count("minute_of_hour") > len(by_clock) / 4
    assert {row["cadence"] for row in demo.rows("SELECT cadence FROM roles")} == {None}


def test_constant_intervals_are_a_sign() -> None:
    world = World(days=2, people=People(accounts=50), interests=Interests(communities=2))
    made = labelled.make(world, 2, lambda account: None)
    made.engine.connection.execute(
        """
        INSERT INTO posts (platform, post_id, account_id, time_us, is_repost)
        SELECT 'x', 'clock' || n, 'clock', 1709536000000000 + n * 1234000000, FALSE FROM range(60) AS r(n)
        """
    ).fetchall()
    build_traces(made.engine)
    made.engine.connection.execute(
        "INSERT INTO members (network_id, platform, account_id) VALUES (1, 'x', 'clock'), (1, 'x', 'b'), (1, 'x', 'c')"
    ).fetchall()
    made.engine.connection.execute("INSERT INTO networks (network_id, kind) VALUES (1, 'network')").fetchall()
    labelled.find(made)
    assert made.rows("SELECT cadence FROM roles") == [{"cadence": "constant_gaps"}]
    # Of whole hours everybody posts in the first minute.
    find_campaigns(made.engine, seed=1, resolution_us=3_600_000_000)
    assert made.rows("SELECT cadence FROM roles") == [{"cadence": None}]
    told = made.rows(
        "SELECT applies, statement FROM findings WHERE sign = 'scheduler' ORDER BY applies NULLS LAST"
    )
    assert told[-1]["applies"] is None
    assert "the clock knows no minutes" in told[-1]["statement"]
