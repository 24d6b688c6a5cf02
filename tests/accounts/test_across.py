"""Links across platforms: told where handle or portrait and posts agree, and never for one of them alone."""

import json
import math
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from account_tables import account, post, put

from syncline.accounts import across
from syncline.engines.duckdb import DuckDBEngine
from syncline.worlds import generate

Row = dict[str, Any]
LEVEL = 0.05 / 9
MINUTE_US = 60_000_000


def text(number: int) -> str:
    return f"thought number {number} on the river and the bridge of word{number}"


def people(platform: str, count: int) -> list[Row]:
    return [account(f"{platform}{n}", platform=platform, username=f"{platform}name{n}") for n in range(count)]


def write(platform: str, account_id: str, texts: list[int], at: int = 0, **values: Any) -> list[Row]:
    rows = [
        post(account_id, at + 100 * MINUTE_US * n, text=text(n), platform=platform, **values) for n in texts
    ]
    return [{**row, "post_id": f"{platform}-{row['post_id']}"} for row in rows]


def links(accounts: list[Row], posts: list[Row], cleared: list[Row] | None = None) -> list[across.Link]:
    with duckdb.connect() as connection:
        put(connection, accounts=accounts, posts=posts, cleared=cleared or [])
        return across.find_links(DuckDBEngine(connection), LEVEL)


def two_platforms(
    same: dict[str, Any], delay: int = MINUTE_US, shared: int = 6, cleared: list[Row] | None = None
) -> list[across.Link]:
    """100 accounts on each of two platforms; one on each has `same` values and posts `shared` texts after `delay`."""
    accounts = people("x", 100) + people("y", 100)
    accounts[0] |= same
    accounts[100] |= same
    posts = write("x", "x0", list(range(shared))) + write("y", "y0", list(range(shared)), delay)
    posts += [
        row for n in range(1, 100) for row in write("x", f"x{n}", [100 + n]) + write("y", f"y{n}", [300 + n])
    ]
    return links(accounts, posts, cleared)


@pytest.mark.parametrize(
    "same",
    [{"username": "Quiet_Fox_93"}, {"avatar_path": "p/1.png"}, {"username": "fox", "avatar_path": "p/1.png"}],
)
def test_one_name_or_portrait_and_the_same_posts_are_a_link(same: dict[str, Any]) -> None:
    (link,) = two_platforms(same)
    assert (link.first, link.second) == (("x", "x0"), ("y", "y0"))
    assert (link.same_handle, link.same_portrait) == ("username" in same, "avatar_path" in same)
    assert len(link.posts) == 6
    assert link.posts[0] == ("x-x0-0", f"y-y0-{MINUTE_US}")


def test_neither_names_nor_posts_alone_are_a_link() -> None:
    assert two_platforms({"username": "Quiet_Fox_93"}, shared=0) == []
    assert two_platforms({}) == []


def test_accounts_that_were_cleared_are_linked_to_none() -> None:
    assert two_platforms({"username": "fox"}, cleared=[{"platform": "y", "account_id": "y0"}]) == []


def test_texts_more_than_an_hour_apart_are_none() -> None:
    assert two_platforms({"username": "Quiet_Fox_93"}, delay=61 * MINUTE_US) == []
    assert len(two_platforms({"username": "Quiet_Fox_93"}, delay=-59 * MINUTE_US)) == 1


def test_texts_that_everybody_posts_are_no_evidence() -> None:
    accounts = people("x", 100) + people("y", 100)
    accounts[0]["username"] = accounts[100]["username"] = "fox"
    posts = [row for p in "xy" for n in range(100) for row in write(p, f"{p}{n}", list(range(6)))]
    assert links(accounts, posts) == []


def test_reposts_and_short_texts_do_not_count() -> None:
    accounts = people("x", 50) + people("y", 50)
    accounts[0]["username"] = accounts[50]["username"] = "fox"
    reposts = write("x", "x0", [1, 2, 3, 4, 5, 6], is_repost=True) + write("y", "y0", [1, 2, 3, 4, 5, 6])
    assert links(accounts, reposts) == []
    short = [post(f"{p}0", n, text=f"four words in {n}"[:14], platform=p) for p in "xy" for n in range(6)]
    assert links(accounts, [{**row, "post_id": f"{row['platform']}{n}"} for n, row in enumerate(short)]) == []


def test_one_platform_has_no_links() -> None:
    accounts = people("x", 20)
    accounts[0]["username"] = accounts[1]["username"] = "fox"
    assert links(accounts, write("x", "x0", [1, 2, 3, 4]) + write("x", "x1", [1, 2, 3, 4])) == []


@pytest.mark.parametrize(
    ("count", "begins"),
    [
        (1, "1 pair of accounts on different platforms has the same"),
        (2, "2 pairs of accounts on different platforms have the same"),
    ],
)
def test_rows_go_to_the_networks_of_their_accounts(count: int, begins: str) -> None:
    found = [
        across.Link(("x", f"a{n}"), ("y", f"b{n}"), 12.0, True, False, ((f"p{n}", f"q{n}"),))
        for n in range(count)
    ]
    (row,) = across.rows(found, {("x", f"a{n}"): 7 for n in range(count)})
    assert row["network_id"] == 7
    assert row["statement"].startswith(begins)
    assert row["post_ids"] == [each for n in range(count) for each in (f"p{n}", f"q{n}")]
    assert json.loads(row["numbers"])["links"][0]["account_b"] == "b0"
    (outside,) = across.rows(found, {})
    assert outside["network_id"] is None
    assert across.rows([], {}) == []


def test_links_of_a_simulated_world_are_one_persons_accounts() -> None:
    """Two platforms, a third of the second platform's people on both: nearly every link is right."""
    right = wrong = there = 0
    for seed in (1, 2):
        world = generate("election", seed)
        truth = world["truth"].to_pylist()
        person = {(row["platform"], row["account_id"]): row["person_id"] for row in truth}
        with duckdb.connect() as connection:
            put(connection)
            for name in ("posts", "accounts"):
                connection.register("incoming", world[name])
                connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming").fetchall()
                connection.unregister("incoming")
            found = across.find_links(DuckDBEngine(connection), LEVEL)
        same = [person[link.first] == person[link.second] for link in found]
        right, wrong = right + sum(same), wrong + len(same) - sum(same)
        there += pa.compute.count_distinct(world["truth"]["person_id"]).as_py() < len(truth)
    assert there == 2
    assert right >= 20
    assert wrong <= 0.05 * right


def test_the_strongest_evidence_is_a_link_like_any_other() -> None:
    """The tail of 400 shared texts is smaller than any number that a computer holds."""
    (few,) = two_platforms({"username": "Quiet_Fox_93"}, shared=12)
    (many,) = two_platforms({"username": "Quiet_Fox_93"}, shared=400)
    assert few.log10_e < many.log10_e < math.inf


def test_of_a_text_posted_often_the_first_two_posts_within_the_hour_are_shown() -> None:
    ours = [(0, "a0"), (200 * MINUTE_US, "a1"), (201 * MINUTE_US, "a2")]
    theirs = [(61 * MINUTE_US, "b0"), (140 * MINUTE_US, "b1"), (150 * MINUTE_US, "b2")]
    assert across._first_within_the_hour(ours, theirs) == ("a1", "b1")
    assert across._first_within_the_hour(ours[:1], theirs) is None
    assert across._first_within_the_hour(theirs, ours) == ("b1", "a1")
