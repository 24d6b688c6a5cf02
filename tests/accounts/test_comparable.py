"""Comparable accounts: from outside, alike, none twice, and few where there are few."""

from collections import Counter

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from account_tables import account, network, post, put

from syncline.accounts.comparable import FEWEST, all_strata, comparable_accounts
from syncline.accounts.groups import networks
from syncline.engines.duckdb import DuckDBEngine

DAY_US = 86_400_000_000


def features(rows: list[tuple[str, str, int, int]]) -> pa.Table:
    """(platform, language, activity, age) of each account."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    return pa.table(dict(zip(("platform", "language", "activity", "age"), columns, strict=True)))


def drawn(rows: list[tuple[str, str, int, int]], members: list[int], free: np.ndarray | None = None):
    outside = np.ones(len(rows), np.bool_) if free is None else free
    return comparable_accounts(
        all_strata(features(rows)), np.array(members), outside, np.random.default_rng(1)
    )


def test_composition_is_that_of_the_members() -> None:
    rows = [("x", "en", 1, 3)] * 30 + [("x", "fa", 1, 3)] * 10
    rows += [("x", "en", 1, 3)] * 5000 + [("x", "fa", 1, 3)] * 400 + [("x", "en", 4, 0)] * 5000
    got = drawn(rows, list(range(40)))
    assert Counter(rows[number] for number in got.numbers) == {("x", "en", 1, 3): 300, ("x", "fa", 1, 3): 100}
    assert got.matched == {"platform, language, activity, age": 400}
    assert got.wanted == 400


def test_members_and_accounts_in_networks_are_never_drawn_and_none_is_drawn_twice() -> None:
    rows = [("x", "en", 1, 3)] * 500
    outside = np.arange(500) >= 100
    got = drawn(rows, list(range(5)), outside)
    assert got.numbers.min() >= 100
    assert np.unique(got.numbers).size == got.size == 200


def test_each_of_seven_members_gets_so_many_that_they_are_200_at_least() -> None:
    got = drawn([("x", "en", 1, 3)] * 500, list(range(7)))
    assert got.wanted == got.size == 7 * 29


def test_cleared_accounts_are_neither_members_nor_drawn() -> None:
    row, members = network(1, [f"m{number}" for number in range(8)])
    everybody = [account(name) for name in [f"m{n}" for n in range(8)] + [f"o{n}" for n in range(60)]]
    cleared = [{"platform": "x", "account_id": name} for name in ("m0", "m1", *(f"o{n}" for n in range(20)))]
    with duckdb.connect() as connection:
        put(connection, accounts=everybody, networks=[row], members=members, cleared=cleared)
        (group,) = networks(DuckDBEngine(connection), 1)
    assert group.members.column("account_id").to_pylist() == [f"m{number}" for number in range(2, 8)]
    assert set(group.others.column("account_id").to_pylist()) == {f"o{number}" for number in range(20, 60)}


def test_where_few_match_activity_goes_first_then_language_then_age_and_platform_never() -> None:
    member = ("x", "fa", 3, 2)
    rows = [member] * 20
    rows += [member] * 10 + [("x", "fa", 0, 2)] * 20 + [("x", "en", 0, 2)] * 40 + [("x", "en", 0, 5)] * 50
    rows += [("mastodon", "fa", 3, 2)] * 500
    got = drawn(rows, list(range(20)))
    assert got.matched == {
        "platform, language, activity, age": 10,
        "platform, language, age": 20,
        "platform, age": 40,
        "platform": 50,
    }
    assert all(rows[number][0] == "x" for number in got.numbers)
    assert got.size < got.wanted == 200


def test_nearly_exact_strata_are_filled_before_any_match_is_loosened() -> None:
    rows = [("x", "en", 1, 1), ("x", "fa", 1, 1)]
    rows += [("x", "en", 1, 1)] * 1000 + [("x", "fa", 1, 1)] * 40 + [("x", "fa", 2, 1)] * 1000
    got = drawn(rows, [0, 1])
    kinds = Counter(rows[number] for number in got.numbers)
    assert kinds == {("x", "en", 1, 1): 100, ("x", "fa", 1, 1): 40, ("x", "fa", 2, 1): 60}


@pytest.mark.parametrize(("others", "enough"), [(0, False), (FEWEST - 1, False), (FEWEST, True)])
def test_too_few_is_said(others: int, enough: bool) -> None:
    got = drawn([("x", "en", 1, 1)] * (3 + others), [0, 1, 2])
    assert got.size == others
    assert got.sufficient is enough


def test_the_same_seed_draws_the_same_accounts() -> None:
    rows = [("x", "en", 1, 1)] * 3000
    assert drawn(rows, [0, 1, 2]).numbers.tolist() == drawn(rows, [0, 1, 2]).numbers.tolist()


def test_every_free_account_is_as_likely_as_any_other() -> None:
    table = features([("x", "en", 1, 1)] * 410)
    counts = np.zeros(410)
    for seed in range(200):
        got = comparable_accounts(
            all_strata(table), np.arange(10), np.ones(410, np.bool_), np.random.default_rng(seed)
        )
        counts[got.numbers] += 1
    assert counts[:10].sum() == 0
    # 200 of 400 each time: within five standard deviations of a half, for every account.
    assert np.abs(counts[10:] - 100).max() < 5 * np.sqrt(200 * 0.25)


def test_features_of_accounts() -> None:
    last = 1000 * DAY_US
    posts = [post("a", last - n, lang="en") for n in range(16)] + [post("a", 5, lang="fa")]
    posts += [post("b", last, text="سلام دنیا"), post("c", last, text="привет", lang="und")]
    posts += [post("d", last, text="hello")]
    accounts = [
        account("a", created_us=last - 89 * DAY_US),
        account("b", created_us=last - 364 * DAY_US),
        account("c", created_us=last - 700 * DAY_US),
        account("d", created_us=last - 900 * DAY_US),
        account("e"),
    ]
    with duckdb.connect() as connection:
        put(connection, posts=posts, accounts=accounts)
        engine = DuckDBEngine(connection)
        engine.run("accounts/account_features.sql")
        got = engine.fetch(
            "SELECT account_id, language, posts, activity, age FROM account_features ORDER BY 1"
        )
    assert [tuple(row.values()) for row in got.to_pylist()] == [
        ("a", "en", 17, 2, 0),
        ("b", "script:arabic", 1, 0, 1),
        ("c", "script:cyrillic", 1, 0, 2),
        ("d", "script:other", 1, 0, 3),
        ("e", "unknown", 0, -1, -1),
    ]
