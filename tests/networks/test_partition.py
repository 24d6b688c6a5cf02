"""From links to networks, and the evidence that names their members."""

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from syncline.engines.duckdb import DuckDBEngine
from syncline.networks.partition import _join_small, partition


def clique(first: int, size: int) -> list[tuple[int, int, float]]:
    """Links of one weight between accounts that follow each other in number."""
    accounts = range(first, first + size)
    return [(a, b, 20.0) for a in accounts for b in accounts if a < b]


def split(links: Sequence[tuple[int, int, float]]) -> list[list[int]]:
    """The accounts of each network, the largest first."""
    a, b, weights = (np.array(column) for column in zip(*links, strict=True))
    found = partition(a, b, weights, seed=1)
    return [found.accounts[found.networks == number].tolist() for number in range(1, max(found.networks) + 1)]


@pytest.mark.parametrize("hanging", [[(4, 9, 1.0)], [(4, 9, 1.0), (9, 10, 30.0)]], ids=["one", "two"])
def test_one_or_two_that_hang_on_a_network_belong_to_it(
    hanging: list[tuple[int, int, float]],
) -> None:
    """Two are a community of their own, by the links alone."""
    links = [*clique(0, 5), *hanging]
    everybody = sorted({account for one, other, _ in links for account in (one, other)})
    assert split(links) == [everybody]


def test_one_that_hangs_on_two_networks_joins_the_one_it_is_linked_to_most_strongly() -> None:
    labels = np.array([0, 0, 0, 1, 1, 1, 2])
    left, right = np.array([0, 0, 1, 3, 3, 4, 0, 3]), np.array([1, 2, 2, 4, 5, 5, 6, 6])
    for weights, first in (([5.0, 9.0], False), ([9.0, 5.0], True)):
        joined = _join_small(labels, left, right, np.array([20.0] * 6 + weights))
        assert ((joined[6] == joined[0]), (joined[6] == joined[3])) == (first, not first)


def test_a_pair_that_hangs_on_nothing_stays_a_pair() -> None:
    assert split([*clique(0, 5), (7, 8, 30.0)]) == [[0, 1, 2, 3, 4], [7, 8]]


def test_what_names_an_account_is_the_second_strongest_of_its_links_inside_its_network() -> None:
    """Account 0 has a stronger link yet, which leads out of its network; 7 and 8 are a pair, whose one link counts."""
    inside = [(0, 1, 50.0), (0, 2, 40.0), (0, 3, 30.0), (1, 2, 20.0), (2, 3, 10.0), (7, 8, 5.0)]
    engine = DuckDBEngine(duckdb.connect())
    engine.put(
        "links",
        pa.Table.from_pylist(
            [{"account_a": a, "account_b": b, "log_e": log_e} for a, b, log_e in [*inside, (0, 7, 60.0)]]
        ),
    )
    engine.put(
        "memberships_found",
        pa.table(
            {
                "account": [0, 1, 2, 3, 7, 8],
                "network": [1, 1, 1, 1, 2, 2],
                "links": [3, 2, 3, 2, 1, 1],
                "named": [True] * 4 + [False] * 2,
            }
        ),
    )
    engine.run("networks/memberships.sql")
    rows = engine.fetch("SELECT account, log_e FROM memberships").to_pylist()
    assert {row["account"]: row["log_e"] for row in rows} == {0: 40, 1: 20, 2: 20, 3: 10, 7: 5, 8: 5}


def test_a_link_names_the_behaviours_that_have_evidence_of_their_own_or_the_strongest() -> None:
    """By behaviour: two that speak and one that does not, and a link of which none does alone."""
    evidence = [(1, 0, 9.0), (1, 1, 0.1), (1, 2, -0.1), (2, 1, -0.5), (2, 2, -0.2)]
    engine = DuckDBEngine(duckdb.connect())
    engine.put(
        "crowd_evidence",
        pa.Table.from_pylist(
            [
                {"account_a": 0, "account_b": b, "behaviour": behaviour, "window_us": window_us,
                 "log_e": log_e - (window_us > 60), "objects": 2}
                for b, behaviour, log_e in evidence for window_us in (60, 600)
            ]
        ),
    )  # fmt: skip
    found = {"account_a": [0, 0], "account_b": [1, 2], "log_e": [8.0, 7.0], "log_p": [-9.0, -9.0]}
    engine.put("discoveries", pa.table(found))
    engine.put("chance_evidence", pa.table(found))
    engine.run("networks/links.sql")
    rows = engine.fetch("SELECT account_b, behaviours FROM links").to_pylist()
    assert {row["account_b"]: row["behaviours"] for row in rows} == {1: [0, 1], 2: [2]}
