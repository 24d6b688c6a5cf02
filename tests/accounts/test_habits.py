"""Handle changes, deletions and clients: counted from what was observed, beside comparable accounts."""

import json
from collections.abc import Callable
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from account_tables import account, post, put

from syncline import schema
from syncline.accounts.findings import ErrorControl, judged
from syncline.accounts.groups import of_list
from syncline.accounts.habits import habits, look
from syncline.engines.duckdb import DuckDBEngine

CONTROL = ErrorControl(0.05)
Row = dict[str, Any]


def looked(
    sign: str, members: int, others: int, history: list[Row] | None = None, posts: list[Row] | None = None
) -> Row:
    """The finding on accounts m0, m1, ... beside o0, o1, ...."""
    accounts, controls = (
        pa.Table.from_pylist([account(f"{letter}{n}") for n in range(count)], schema=schema.ACCOUNTS)
        for letter, count in (("m", members), ("o", others))
    )
    with duckdb.connect() as connection:
        put(connection, posts=posts or [])
        engine = DuckDBEngine(connection)
        if history is not None:
            engine.put("account_history", pa.Table.from_pylist(history, schema=schema.ACCOUNTS))
        (habit,) = [
            each for each in habits(engine, pa.concat_tables([accounts, controls])) if each.sign == sign
        ]
    (row,) = judged([look(of_list(accounts, controls), CONTROL, habit)], CONTROL)
    return row


def everybody(members: int, others: int, row: Callable[[str, int], list[Row]]) -> list[Row]:
    names = [(letter, n) for letter, count in (("m", members), ("o", others)) for n in range(count)]
    return [each for letter, n in names for each in row(letter, n)]


def test_changed_handles() -> None:
    def observed(letter: str, n: int) -> list[Row]:
        later = (
            f"new{letter}{n}"
            if (letter == "m" and n < 6) or (letter == "o" and n < 2)
            else f"{letter}{n}".upper()
        )
        return [account(f"{letter}{n}"), account(f"{letter}{n}", username=later)]

    row = looked("handle_change", 20, 200, everybody(20, 200, observed))
    assert row["statement"] == (
        "6 of 20 accounts observed more than once have changed their handles; "
        "of 200 comparable accounts, 2 do (1%)."
    )
    assert row["account_ids"] == [f"m{n}" for n in range(6)]


def test_one_handle_of_several_accounts() -> None:
    def observed(letter: str, n: int) -> list[Row]:
        shared = "campaign" if letter == "m" and n < 5 else f"{letter}{n}"
        return [account(f"{letter}{n}", username=shared), account(f"{letter}{n}", username=shared)]

    row = looked("handle_change", 20, 100, everybody(20, 100, observed))
    assert row["statement"].startswith(
        "5 of 20 accounts observed more than once have had a handle that was another account's as well; of 100"
    )


@pytest.mark.parametrize("observations", [None, 0, 1])
def test_without_two_observations_that_is_said(observations: int | None) -> None:
    history = (
        None
        if observations is None
        else everybody(9, 60, lambda letter, n: [account(f"{letter}{n}")] * observations)
    )
    row = looked("handle_change", 9, 60, history)
    assert row["statement"] == (
        "Insufficient data: handles at two times are known of 0 of 9 accounts, where 5 are needed."
    )


def test_posts_taken_down_again() -> None:
    def observed(letter: str, n: int) -> list[Row]:
        gone = 3 if letter == "m" and n < 8 else 2 if letter == "m" else 0
        counts = ((100, 1_000), (100 + 10 - gone, 2_000))
        return [account(f"{letter}{n}", posts_count=count, observed_us=at) for count, at in counts]

    posts = everybody(20, 60, lambda letter, n: [post(f"{letter}{n}", 1_000 + 90 * k) for k in range(10)])
    # Before the first look and after the last, posts are not in the difference of the counts.
    posts += everybody(20, 60, lambda letter, n: [post(f"{letter}{n}", at) for at in (5, 2_000, 9_000)])
    row = looked("deletion", 20, 60, everybody(20, 60, observed), posts)
    assert row["statement"] == (
        "8 of 20 accounts with two dated counts of posts have taken down 3 posts or more in between; "
        "of 60 comparable accounts, none does."
    )


def test_of_two_counts_at_one_moment_those_that_accuse_least_are_taken() -> None:
    """Ten posts were seen, and from 100 to 110 there are ten more: nothing is gone, in whatever order counts come."""

    def observed(letter: str, n: int) -> list[Row]:
        counts = [(100, 1_000), (110, 1_000), (100, 2_000), (110, 2_000)]
        counts = counts if letter == "m" else [counts[0], counts[-1]]
        return [
            account(f"{letter}{n}", posts_count=count, observed_us=at)
            for count, at in counts[:: 1 - n % 2 * 2]
        ]

    posts = everybody(9, 60, lambda letter, n: [post(f"{letter}{n}", 1_000 + 90 * k) for k in range(10)])
    row = looked("deletion", 9, 60, everybody(9, 60, observed), posts)
    assert not row["applies"]
    assert json.loads(row["numbers"])["p_bound"] == 1.0


def test_a_main_client() -> None:
    def written(letter: str, n: int) -> list[Row]:
        clients = ["Tool"] * 4 + ["Web"] if letter == "m" and n < 9 else ["Web"] * 4 + ["Tool"]
        return [post(f"{letter}{n}", k, client=client) for k, client in enumerate(clients)]

    row = looked("client", 12, 100, posts=everybody(12, 100, written))
    assert row["statement"] == (
        "9 of 12 accounts whose client is known post mostly through “Tool”; of 100 comparable accounts, none does."
    )
    assert json.loads(row["numbers"])["kind"] == "Tool"


def test_four_posts_are_no_main_client() -> None:
    posts = everybody(9, 60, lambda letter, n: [post(f"{letter}{n}", k, client="Tool") for k in range(4)])
    row = looked("client", 9, 60, posts=posts)
    assert (
        row["statement"]
        == "Insufficient data: main clients are known of 0 of 9 accounts, where 5 are needed."
    )


def test_nothing_out_of_the_ordinary_is_said() -> None:
    posts = everybody(9, 60, lambda letter, n: [post(f"{letter}{n}", k, client="Web") for k in range(6)])
    row = looked("client", 9, 60, posts=posts)
    assert (
        row["statement"] == "No client is more frequent among 9 accounts than among 60 comparable accounts."
    )


def test_of_accounts_that_nobody_compares_nothing_is_kept() -> None:
    """A log has millions of them."""
    said = [post(name, n, client="an app") for name in ("asked", "other") for n in range(5)]
    asked = pa.Table.from_pylist([account("asked")], schema=schema.ACCOUNTS)
    with duckdb.connect() as connection:
        put(connection, posts=said)
        (clients,) = [each for each in habits(DuckDBEngine(connection), asked) if each.sign == "client"]
    assert {account_id for _, account_id in clients.known} == {"asked"}
