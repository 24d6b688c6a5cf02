"""Impact counted from the posts themselves; innocent explanations in worlds where they are the truth."""

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest

from syncline.benchmarks import campaigns as labelled
from syncline.benchmarks.campaigns import Labelled
from syncline.campaigns.impact import limited
from syncline.campaigns.innocent import _finding
from syncline.schema import IMPACT
from syncline.worlds.world import Camp, Interests, People, World


def engagement(made: Labelled) -> list[tuple[str, str | None, str]]:
    """Who engaged with whom: (author, post, account) of every repost, quote and reply, read from the posts."""
    authors = {post["post_id"]: post["account_id"] for post in made.posts}
    found = []
    for post in made.posts:
        if post["is_repost"]:
            author, target = post["reposted_account_id"], post["reposted_post_id"]
        elif post["quoted_post_id"]:
            author, target = authors.get(post["quoted_post_id"]), post["quoted_post_id"]
        else:
            author, target = post["reply_to_account_id"], post["reply_to_post_id"]
        if author not in (None, post["account_id"]):
            found.append((author, target, post["account_id"]))
    return found


def test_engagement_is_counted_from_inside_and_from_outside(demo: Labelled) -> None:
    (row,) = demo.rows("SELECT * FROM impact")
    assert demo.engine.fetch("SELECT * FROM impact").column_names == IMPACT.names
    members = {one["account_id"] for one in demo.rows("SELECT account_id FROM members")}
    acts = [act for act in engagement(demo) if act[0] in members]
    inside = [act for act in acts if act[2] in members]
    outside = [act for act in acts if act[2] not in members]
    assert (row["inside_acts"], row["inside_accounts"]) == (len(inside), len({act[2] for act in inside}))
    assert (row["outside_acts"], row["outside_accounts"]) == (len(outside), len({act[2] for act in outside}))
    assert row["outside_share"] == pytest.approx(len(outside) / len(acts))
    own = [post for post in demo.posts if post["account_id"] in members and not post["is_repost"]]
    assert row["posts"] == len(own)
    assert row["rate"] == pytest.approx(len(outside) / len(own))
    assert row["outside_posts"] == len({act[1] for act in outside if act[1]})


def test_the_usual_rate_is_that_of_everybody_else(demo: Labelled) -> None:
    members = {one["account_id"] for one in demo.rows("SELECT account_id FROM members")}
    written = {post["account_id"] for post in demo.posts}
    drawn = [act for act in engagement(demo) if act[0] in written - members]
    posts = [post for post in demo.posts if post["account_id"] not in members and not post["is_repost"]]
    (row,) = demo.rows("SELECT usual_rate FROM impact")
    assert row["usual_rate"] == pytest.approx(len(drawn) / len(posts))


def test_the_findings_say_it_and_name_posts(demo: Labelled) -> None:
    rows = {row["sign"]: row for row in demo.rows("SELECT * FROM findings WHERE gauge = 'impact'")}
    assert set(rows) == {"reach", "concentration", "breakout"}
    assert rows["reach"]["statement"].startswith(
        "Limited reach" if not rows["reach"]["applies"] else "Reach beyond"
    )
    assert "Categories 4 to 6" in rows["breakout"]["statement"]
    own = {post["post_id"] for post in demo.posts}
    assert set(rows["reach"]["post_ids"]) <= own


@pytest.mark.parametrize(
    ("outside", "inside", "rate", "usual", "expected"),
    [
        (0, 0, 0.0, 1.0, True),
        (9, 10, 5.0, 1.0, True),
        (20, 10, 0.5, 1.0, True),
        (20, 10, 1.5, 1.0, False),
        (20, 10, 1.5, None, False),
        (10, 10, 1.0, 1.0, False),
        (20, 10, None, 1.0, False),
    ],
)
def test_reach_is_limited_where_its_own_accounts_or_other_peoples_posts_draw_more(
    outside: int, inside: int, rate: float | None, usual: float | None, expected: bool
) -> None:
    row = {"outside_acts": outside, "inside_acts": inside, "rate": rate, "usual_rate": usual}
    assert limited(row) is expected


def of_class(name: str) -> Callable[[dict[str, Any]], int | None]:
    return lambda account: 1 if account["innocent_class"] == name else None


def explanations(made: Labelled) -> dict[str, bool | None]:
    return {
        row["sign"]: row["applies"]
        for row in made.rows("SELECT sign, applies FROM findings WHERE gauge = 'explanation'")
    }


def test_links_between_nearly_equal_names_may_be_one_persons() -> None:
    world = World(days=2, people=People(accounts=50), interests=Interests(communities=2))
    made = labelled.make(world, 2, lambda account: None)
    # Handles and shown names. Three letters are no name: "anna" is as near to "ann" as Jaro-Winkler's 0.94.
    names = {
        "a": ("river_stone", ""), "b": ("River_Stone2", ""), "c": ("entirely else", ""), "d": (None, None),
        "e": ("anna", "Mill House"), "f": ("ann", "none"), "g": ("unlike_any", "Mill House 2"),
        **{f"s{number}": (f"hunter_{number}", "") for number in range(4)},
    }  # fmt: skip
    made.engine.put("accounts", pa.table({
        "platform": ["x"] * len(names), "account_id": list(names),
        "username": [handle for handle, _ in names.values()], "display_name": [shown for _, shown in names.values()],
    }))  # fmt: skip
    made.engine.connection.execute(
        "INSERT INTO edges (network_id, platform_a, account_a, platform_b, account_b) VALUES"
        " (7, 'x', 'a', 'x', 'b'), (8, 'x', 'a', 'x', 'c'), (9, 'x', 'a', 'x', 'd'),"
        " (10, 'x', 'e', 'x', 'f'), (11, 'x', 'f', 'x', 'e'), (12, 'x', 'e', 'x', 'g'),"
        # A link in no network is nobody's.
        " (NULL, 'x', 'a', 'x', 'b'),"
        # Three of a name may be one person's; of four, a series, no link is.
        " (13, 'x', 's0', 'x', 's1'), (13, 'x', 's0', 'x', 's2'), (13, 'x', 's1', 'x', 's2'),"
        " (14, 'x', 's0', 'x', 's1'), (14, 'x', 's0', 'x', 's2'), (14, 'x', 's3', 'x', 's0')"
    ).fetchall()
    labelled.find(made)
    rows = made.rows(
        "SELECT network_id, applies, account_ids FROM findings WHERE sign = 'second_account' ORDER BY 1"
    )
    assert rows == [
        {"network_id": 7, "applies": True, "account_ids": ["a", "b"]},
        {"network_id": 8, "applies": False, "account_ids": []},
        {"network_id": 9, "applies": None, "account_ids": []},
        {"network_id": 10, "applies": False, "account_ids": []},
        {"network_id": 11, "applies": False, "account_ids": []},
        {"network_id": 12, "applies": True, "account_ids": ["e", "g"]},
        {"network_id": 13, "applies": True, "account_ids": ["s0", "s1", "s2"]},
        {"network_id": 14, "applies": False, "account_ids": []},
    ]


def test_cleared_accounts_count_neither_to_the_network_nor_to_the_crowd() -> None:
    world = World(
        days=6, people=People(accounts=400), interests=Interests(communities=4), camps=(Camp(accounts=20),)
    )
    made = labelled.make(world, 3)
    member = made.rows("SELECT platform, account_id FROM members ORDER BY account_id")[0]
    made.engine.put("cleared", pa.table({name: [value] for name, value in member.items()}))
    labelled.find(made)
    account = f"'{member['account_id']}'"
    for table in ("roles", "uptake"):
        assert made.rows(f"SELECT * FROM {table} WHERE account_id = {account}") == []
        assert made.rows(f"SELECT * FROM {table}") != []
    (person,) = made.rows(f"SELECT network_id, outside FROM campaign_people WHERE account_id = {account}")
    assert person == {"network_id": None, "outside": False}


def test_a_log_that_does_not_say_whose_posts_were_reposted_says_nothing_on_reach() -> None:
    world = World(
        days=4, people=People(accounts=300), interests=Interests(communities=3), camps=(Camp(accounts=20),)
    )
    made = labelled.make(world, 3)
    made.engine.connection.execute(
        "CREATE OR REPLACE TABLE posts AS SELECT * REPLACE (NULL::VARCHAR AS reposted_post_id,"
        " NULL::VARCHAR AS reposted_account_id) FROM posts"
    ).fetchall()
    labelled.assume_networks(made.engine, {("x", row["account_id"]): 1 for row in made.rows("FROM members")})
    labelled.find(made)
    (row,) = made.rows("SELECT sign, applies, statement FROM findings WHERE gauge = 'impact'")
    assert (row["sign"], row["applies"]) == ("reach_unknown", False)
    assert made.rows("SELECT breakout FROM impact") == [{"breakout": None}]


def test_a_handful_of_meetings_says_nothing_on_whose_posts_they_were() -> None:
    few = {"counted": 2, "of": 4, "value": "star", "accounts": []}
    many = {"counted": 20, "of": 40, "value": "star", "accounts": []}
    assert _finding(1, "fandom", few)["applies"] is None
    assert _finding(1, "fandom", few)["statement"].endswith("too few meetings on reposts to tell.")
    assert _finding(1, "fandom", many)["applies"]
    assert _finding(1, "pod", None)["applies"] is None
