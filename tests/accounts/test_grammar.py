"""Every statement about accounts is right for 0, 1, 2 and many."""

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from account_tables import account, put

from grammar import wrong
from syncline import schema
from syncline.accounts import across, bios, creation, habits, handles, hours, locations, portraits
from syncline.accounts.across import Link
from syncline.accounts.comparable import Comparison
from syncline.accounts.concentration import Concentration
from syncline.accounts.creation_scan import DAY_US, HOUR_US, Batch
from syncline.accounts.findings import ErrorControl, judged
from syncline.accounts.groups import Group, beside
from syncline.accounts.office import Break, Fit
from syncline.engines.duckdb import DuckDBEngine

COUNTS = (0, 1, 2, 60)
CONTROL = ErrorControl(0.05)


def accounts(size: int, **values: Any) -> pa.Table:
    rows = [account(f"a{number}", created_us=DAY_US, **values) for number in range(size)]
    return pa.Table.from_pylist(rows, schema=schema.ACCOUNTS)


def group(members: int, others: int, **values: Any) -> Group:
    comparison = Comparison(np.arange(others), {}, others)
    return Group(1, accounts(members, **values), accounts(others, **values), comparison)


def found(feature: Any, count: int, others: int) -> Concentration:
    return Concentration(feature, list(range(count)), others, 0.001)


def of_counts(count: int, of: int, others: int) -> Iterator[str]:
    """The statements of `count` of `of` accounts, where so many `others` of a thousand do it too."""
    some = group(of, 1000, username="name", location="place", bio="one two three")
    names, rows = ["name"] * of, list(range(of))
    for feature in (
        ("form", (("a", 1), ("9", 2))),
        ("loose form", (("Aa", 0),)),
        ("stem", "name"),
        ("improbable", ""),
    ):
        yield handles._candidate(some, found(feature, count, others), names, rows, 1000).statement
    yield locations._candidate(some, found("place", count, others), rows, 1000).statement
    for kind in ("shared", "known"):
        yield f"{portraits._statement(kind, count, of, max(count // 2, 1))}{beside(others, 1000)}."
    yield f"{portraits._eyes_statement(count, of)}{beside(others, 1000)}."
    with duckdb.connect() as connection:
        put(connection)
        for habit in habits.habits(DuckDBEngine(connection), schema.ACCOUNTS.empty_table()):
            for feature in ("changed", "handed on"):
                yield f"{habit.said(feature, count, of)}{beside(others, 1000)}."
            yield habit.otherwise.format(*(f"{of} account{'s' * (of != 1)}", "3 comparable accounts"))
    template = ["one", "two", "three"]
    bios_of = [tuple(template)] * count + [("other",)] * (of - count)
    others_of = [tuple(template)] * others + [("other",)] * (1000 - others)
    for candidate in bios._candidate(some, found("x", count, others), template, bios_of, rows, others_of):
        yield candidate.statement
    yield from batches(count, of, others)


def batches(count: int, of: int, others: int) -> Iterator[str]:
    for span, resolution in ((0, 1), (HOUR_US, 1), (0, DAY_US), (3 * DAY_US, DAY_US)):
        batch = Batch(np.arange(count), DAY_US, DAY_US, DAY_US + span, 0.5, 9.0, 0.001, others)
        for most in (None, 0, 1, 5):
            yield creation._statement(batch, most, of, others, resolution, of + 1)
    yield creation._nothing(of, others, 1, of + 1)


@pytest.mark.parametrize("others", COUNTS)
@pytest.mark.parametrize("count", [1, 2, 60])
@pytest.mark.parametrize("more", [0, 1])
def test_what_some_accounts_do(count: int, others: int, more: int) -> None:
    said = list(of_counts(count, count + more, others))
    assert len(said) > 30
    assert {each: wrong(each) for each in said if wrong(each)} == {}


@pytest.mark.parametrize("others", COUNTS)
@pytest.mark.parametrize("members", COUNTS)
def test_what_is_said_when_nothing_is_found_or_known(members: int, others: int) -> None:
    some = group(members, others, username="name", location="place", bio="one two three", avatar_path="a.png")
    tests = [room.look(some, CONTROL) for room in (creation, handles, bios, locations, portraits)]
    tests.append(portraits.look_at_eyes(some, CONTROL))
    said = [row["statement"] for row in judged(tests, CONTROL)]
    said += [some.cannot_compare(number, others, "bios") for number in COUNTS]
    assert {each: wrong(each) for each in said if wrong(each)} == {}


@pytest.mark.parametrize("known", [1, 2, 60])
def test_hours_and_places(known: int) -> None:
    some = group(known, 0, location="Tehran")
    noon, fit = Break(12.0, 0.8, 0.5, 1.5), Fit(9.0, 0.001, 1.0, (5, 6))
    weeks = np.ones((known, 336))
    said = hours._candidate(some, fit, noon, weeks, list(range(known))).statement
    assert wrong(said) == []
    assert said.count("that gives" if known == 1 else "that give ") == 1


@pytest.mark.parametrize(
    ("count", "have"), [(1, "1 pair of accounts on different platforms has"), (2, "2 pairs of")]
)
def test_links_across_platforms(count: int, have: str) -> None:
    links = [Link(("x", f"a{n}"), ("y", f"b{n}"), 6.0, True, False, (("p", "q"),)) for n in range(count)]
    (row,) = across.rows(links, {})
    assert row["statement"].startswith(have)
    assert wrong(row["statement"]) == []


@pytest.mark.parametrize(
    ("statement", "right"),
    [("1 accounts were made", False), ("2 account was made", False), ("1 of 3 bios follow one", False),
     ("2 of 3 bios follows one", False), ("1,000 accounts were made; of 1 comparable account, none does.", True),
     ("11 of 31 handles hold “name”; of 1 comparable account, 1 does (100%).", True)],
)  # fmt: skip
def test_what_this_page_takes_for_wrong(statement: str, right: bool) -> None:
    assert (wrong(statement) == []) is right
