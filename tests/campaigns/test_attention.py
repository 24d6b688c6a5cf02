"""Targets and applauded accounts against the orders of a simulated camp, and their figures against the posts."""

from itertools import combinations
from statistics import mean
from typing import Any

import pytest

from syncline.benchmarks import campaigns as labelled
from syncline.benchmarks.campaigns import DAY_US, Labelled
from syncline.schema import APPLAUSE, TARGETS

HOUR_US = 3_600_000_000
DIRECTED_POSTS = 0.8  # of an episode's posts, how many were ordered: camp accounts chat with others too


@pytest.mark.parametrize(
    ("table", "kind", "schema"), [("targets", "target", TARGETS), ("applause", "applaud", APPLAUSE)]
)
def test_the_accounts_are_those_of_the_orders(demo: Labelled, table: str, kind: str, schema: Any) -> None:
    right, found = labelled.addressed(demo, table, kind)
    assert demo.engine.fetch(f"SELECT * FROM {table}").column_names == schema.names
    assert mean(right) >= 0.95
    assert mean(found) >= 0.8


def addressing(made: Labelled, account_id: str) -> list[dict[str, Any]]:
    """Replies to and mentions of an account, by others, read from the posts themselves."""
    return [
        post
        for post in made.posts
        if not post["is_repost"]
        and post["account_id"] != account_id
        and (post["reply_to_account_id"] == account_id or account_id in post["mentions"])
    ]


@pytest.fixture
def episode(demo: Labelled) -> dict[str, Any]:
    """The episode with most posts of those that do not begin on the first day."""
    return demo.rows("SELECT * FROM targets WHERE newcomers IS NOT NULL ORDER BY posts DESC")[0]


def days(episode: dict[str, Any]) -> range:
    return range(episode["first_us"] // DAY_US, episode["last_us"] // DAY_US + 1)


def test_an_episodes_counts_are_its_posts(demo: Labelled, episode: dict[str, Any]) -> None:
    members = {row["account_id"] for row in demo.rows("SELECT account_id FROM members")}
    posts = [
        post for post in addressing(demo, episode["account_id"]) if post["time_us"] // DAY_US in days(episode)
    ]
    own = [post for post in posts if post["account_id"] in members]
    other = [post for post in posts if post["account_id"] not in members]
    assert episode["posts"] == len(own)
    assert sorted(episode["post_ids"]) == sorted(post["post_id"] for post in own)
    assert set(episode["account_ids"]) == {post["account_id"] for post in own}
    assert episode["members"] == len(episode["account_ids"])
    assert episode["share"] == pytest.approx(episode["members"] / len(members))
    assert (episode["others"], episode["others_posts"]) == (
        len({post["account_id"] for post in other}),
        len(other),
    )
    assert episode["replies"] == sum(post["reply_to_account_id"] == episode["account_id"] for post in own)


def test_an_episodes_rate_is_that_of_the_hours_after_the_targets_posts(
    demo: Labelled, episode: dict[str, Any]
) -> None:
    own = [post for post in demo.posts if post["account_id"] == episode["account_id"]]
    hours = {post["time_us"] // HOUR_US + later for post in own for later in range(6)}
    acts = [post["time_us"] // HOUR_US for post in addressing(demo, episode["account_id"])]
    within = {hour for hour in hours if hour // 24 in days(episode)}
    assert episode["rate"] == pytest.approx(sum(hour in within for hour in acts) / len(within))
    episodes = demo.rows(f"SELECT * FROM targets WHERE account_id = '{episode['account_id']}'")
    quiet = {hour for hour in hours if not any(hour // 24 in days(one) for one in episodes)}
    assert episode["usual_rate"] == pytest.approx(sum(hour in quiet for hour in acts) / len(quiet))
    assert episode["rate"] > 3 * episode["usual_rate"]
    assert episode["rate"] > 3 * episode["comparable_rate"]


def test_an_episodes_repliers_return(demo: Labelled, episode: dict[str, Any]) -> None:
    answered: dict[str, set[str]] = {}
    for post in addressing(demo, episode["account_id"]):
        if post["reply_to_account_id"] == episode["account_id"] and post["time_us"] // DAY_US in days(
            episode
        ):
            answered.setdefault(post["reply_to_post_id"], set()).add(post["account_id"])
    repliers = [accounts for accounts in answered.values() if len(accounts) >= 3]
    assert episode["overlap"] == pytest.approx(
        mean(len(one & other) / len(one | other) for one, other in combinations(repliers, 2))
    )
    members = set(episode["account_ids"])
    most = max(len(accounts & members) for accounts in answered.values())
    assert len(answered[episode["target_post_ids"][0]] & members) == most


def test_newcomers_had_not_addressed_the_target_before(demo: Labelled, episode: dict[str, Any]) -> None:
    before = {
        post["account_id"]
        for post in addressing(demo, episode["account_id"])
        if post["time_us"] < min(days(episode)) * DAY_US
    }
    members = set(episode["account_ids"])
    assert episode["newcomers"] == pytest.approx(len(members - before) / len(members))


def test_episodes_hold_what_was_ordered(demo: Labelled) -> None:
    directed = {
        post["post_id"] for post in demo.tables["truth_posts"].to_pylist() if post["directive_id"] is not None
    }
    posts = [post for row in demo.rows("SELECT post_ids FROM targets") for post in row["post_ids"]]  # type: ignore[attr-defined]
    assert sum(post in directed for post in posts) >= DIRECTED_POSTS * len(posts)


def test_applause_is_counted_from_reposts_and_quotes(demo: Labelled) -> None:
    members = {row["account_id"] for row in demo.rows("SELECT account_id FROM members")}
    authors = {post["post_id"]: post["account_id"] for post in demo.posts}
    lifting: dict[str, list[str]] = {}
    for post in demo.posts:
        lifted = post["reposted_account_id"] if post["is_repost"] else authors.get(post["quoted_post_id"])
        if lifted not in (None, post["account_id"]):
            lifting.setdefault(lifted, []).append(post["account_id"])
    for row in demo.rows("SELECT * FROM applause"):
        own = [account for account in lifting[str(row["account_id"])] if account in members]
        assert row["posts"] == len(own)
        assert row["members"] == len(set(own))
        assert row["others"] == len(set(lifting[str(row["account_id"])]) - members)
