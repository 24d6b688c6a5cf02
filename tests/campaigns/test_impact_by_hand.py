"""Impact of a network of three in a log small enough to count by hand."""

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from syncline.campaigns.impact import find_impact
from syncline.engines.duckdb import DuckDBEngine

NETWORK = 4
MEMBERS = (0, 1, 2)
CROWD = tuple(range(10, 30))

# Who engaged (an account's number), with whose post, and which; without a post, the log does not say which.
Act = tuple[int, str, str | None]


def impact(
    acts: Sequence[Act],
    *,
    written: Sequence[int] = MEMBERS,
    communities: dict[int, int] | None = None,
    platforms: dict[int, str] | None = None,
    of_another: Sequence[int] = (),
) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The row of `impact`, and its findings by sign; `written` are the accounts whose own posts are in the log.

    `of_another` are the accounts of another network.
    """
    engine = DuckDBEngine(duckdb.connect())
    platform = platforms or {}
    people = [
        {"account": one, "platform": platform.get(one, "x"), "account_id": f"a{one}",
         "network_id": NETWORK if one in MEMBERS else NETWORK + 1 if one in of_another else None,
         "outside": one not in (*MEMBERS, *of_another)}
        for one in (*MEMBERS, *CROWD)
    ]  # fmt: skip
    posts = [
        {"post": place, "account": who, "platform": platform.get(who, "x"), "account_id": f"a{who}",
         "is_repost": False, "reposted_post_id": None, "likes": 1, "reposts": None, "replies": 2}
        for place, who in enumerate(written)
    ]  # fmt: skip
    columns = [("account", pa.int64()), ("platform", pa.string()), ("account_id", pa.string())]
    engine.put(
        "campaign_people",
        pa.Table.from_pylist(
            people, pa.schema([*columns, ("network_id", pa.int64()), ("outside", pa.bool_())])
        ),
    )
    counts = [(name, pa.int64()) for name in ("post", "likes", "reposts", "replies")]
    coded = pa.schema([*columns, *counts, ("is_repost", pa.bool_()), ("reposted_post_id", pa.string())])
    for table in ("posts", "posts_coded"):
        engine.put(table, pa.Table.from_pylist(posts, coded))
    addressed = [
        {"kind": "reply", "platform": platform.get(int(name[1:]), "x"), "name": name, "account": who,
         "post": 100 + place, "to_post_id": post}
        for place, (who, name, post) in enumerate(acts)
    ]  # fmt: skip
    engine.put(
        "campaign_addressed",
        pa.Table.from_pylist(
            addressed,
            pa.schema(
                [("kind", pa.string()), ("platform", pa.string()), ("name", pa.string()),
                 ("account", pa.int64()), ("post", pa.int64()), ("to_post_id", pa.string())]
            ),
        ),
    )  # fmt: skip
    circles = communities or {}
    engine.put(
        "campaign_circles",
        pa.table(
            {"account": pa.array(list(circles), pa.int64()), "community": pa.array(list(circles.values()), pa.int64())}
        ),
    )  # fmt: skip
    findings = {row["sign"]: row for row in find_impact(engine) if row["network_id"] == NETWORK}
    (row,) = engine.fetch(f"SELECT * FROM impact WHERE network_id = {NETWORK}").to_pylist()
    return row, findings


def test_a_network_whose_own_posts_are_not_in_the_log_may_be_engaged_with() -> None:
    """Its accounts only repost here, and others answer what they wrote before: nothing can be said of each post."""
    row, findings = impact([(10, "a0", "old"), (11, "a0", "old"), (12, "a13", "p")], written=(13, 14))
    assert (row["posts"], row["outside_acts"], row["rate"]) == (0, 2, None)
    # One answer to the crowd's two posts.
    assert row["usual_rate"] == 0.5
    assert findings["reach"]["statement"] == (
        "Reach beyond the network: 2 accounts outside reposted, quoted or answered its posts 2 times, its own accounts "
        "never. The posts themselves are not in this log, so what each of them drew is not known."
    )
    assert findings["reach"]["applies"] is True


def test_a_network_that_wrote_nothing_and_was_left_alone_has_no_reach() -> None:
    _, findings = impact([(12, "a13", "p")], written=(13,))
    assert findings["reach"]["statement"].startswith("Its accounts wrote nothing of their own in this log")
    assert findings["reach"]["applies"] is False


def test_where_no_post_is_known_only_the_account_is_told() -> None:
    row, findings = impact([(10, "a0", None), (11, "a0", None), (12, "a1", None)])
    assert (row["outside_posts"], row["top_posts_share"]) == (0, 0)
    assert row["top_account_share"] == pytest.approx(2 / 3)
    assert findings["concentration"]["statement"] == (
        "Of the engagement from outside, one account holds 66.7%; which posts it was with is not known."
    )


def test_five_posts_are_told_and_no_sixth() -> None:
    # Six posts with 4, 3, 2, 2, 1 and 1 answers: 12 of 13 are with the first five.
    answers = (4, 3, 2, 2, 1, 1)
    acts = [(10 + one, "a0", f"p{post}") for post, count in enumerate(answers) for one in range(count)]
    row, _ = impact(acts)
    assert row["top_posts_share"] == pytest.approx(12 / 13)
    assert row["post_ids"] == ["p0", "p1", "p2", "p3", "p4"]


@pytest.mark.parametrize(
    ("in_each", "reached"),
    [((3, 3), 2), ((3, 2), 1), ((2, 2), 0)],
)
def test_three_accounts_reach_a_community(in_each: tuple[int, int], reached: int) -> None:
    first, second = (CROWD[: in_each[0]], CROWD[10 : 10 + in_each[1]])
    circles = dict.fromkeys(first, 1) | dict.fromkeys(second, 2)
    row, _ = impact([(who, "a0", "p") for who in circles], communities=circles)
    # One platform alone: several communities are category 2, fewer are 1.
    assert (row["communities"], row["platforms"]) == (reached, int(sum(in_each) >= 3))
    assert row["breakout"] == (2 if reached > 1 else 1)


@pytest.mark.parametrize(("there", "platforms", "breakout"), [(3, 2, 3), (2, 1, 2)])
def test_three_accounts_reach_a_platform(there: int, platforms: int, breakout: int) -> None:
    """Member 0 is on one platform, member 1 on another, where so many answer; either has a community of its own."""
    here, elsewhere = CROWD[:3], CROWD[10:13]
    circles = dict.fromkeys(here, 1) | dict.fromkeys(elsewhere, 2)
    acts = [(who, "a0", "p") for who in (*here, *elsewhere)] + [(who, "a1", "q") for who in elsewhere[:there]]
    row, _ = impact(
        acts, communities=circles, platforms={1: "mastodon"} | dict.fromkeys(elsewhere, "mastodon")
    )
    assert (row["communities"], row["platforms"], row["breakout"]) == (2, platforms, breakout)


def test_engagement_of_other_networks_is_from_outside_and_its_own_from_inside() -> None:
    acts = [(1, "a0", "p"), (2, "a0", "p"), (10, "a0", "p"), (29, "a0", "p"), (1, "a29", "q")]
    row, _ = impact(acts, of_another=(28, 29))
    assert (row["inside_acts"], row["inside_accounts"]) == (2, 2)
    assert (row["outside_acts"], row["outside_accounts"], row["outside_share"]) == (2, 2, 0.5)


@pytest.mark.parametrize(("of_nobody", "told"), [(1, True), (2, True), (3, False)])
def test_half_of_the_reposts_must_say_whose_post_they_are_of(of_nobody: int, told: bool) -> None:
    """Two reposts say it; of so many more that do not, half of all are needed."""
    engine = DuckDBEngine(duckdb.connect())
    engine.put("posts_coded", pa.table({
        "post": list(range(2 + of_nobody)), "account": [10] * (2 + of_nobody), "is_repost": [True] * (2 + of_nobody),
    }))  # fmt: skip
    engine.put("campaign_addressed", pa.table({
        "kind": ["applause", "applause"], "platform": ["x", "x"], "name": ["a0", "a0"], "post": [0, 1],
    }))  # fmt: skip
    engine.put("campaign_people", pa.table({
        "account": [10], "platform": ["x"], "account_id": ["a10"], "outside": [True],
    }))  # fmt: skip
    engine.run("campaigns/usual_engagement.sql", told_min=0.5)
    assert engine.row("SELECT told FROM campaign_usual_engagement") == (told,)
