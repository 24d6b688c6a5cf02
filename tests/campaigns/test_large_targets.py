"""Targets that a great many turn to: what is asked of them must not grow with the square of their posts."""

import duckdb
import pyarrow as pa
import pytest

from syncline.engines.duckdb import DuckDBEngine


def aimed(engine: DuckDBEngine, posts: int) -> None:
    """Posts of one target, each answered by the same three accounts in its episode, and by others outside of it."""
    rows = [
        {
            "kind": "reply",
            "object": "x:star",
            "to_post_id": f"{day}-{post}",
            "account": account if day == 1 else 1_000 + 3 * post + account,
            "day": day,
        }
        for day in (1, 2)
        for post in range(posts)
        for account in range(3)
    ]
    engine.put("campaign_aimed", pa.Table.from_pylist(rows))
    episode = {"network_id": 1, "object": "x:star", "episode": 1, "first_day": 1, "last_day": 1}
    engine.put("campaign_episodes", pa.Table.from_pylist([episode]))


@pytest.mark.parametrize("posts_most", [5, 200])
def test_of_very_many_posts_some_are_compared(posts_most: int) -> None:
    engine = DuckDBEngine(duckdb.connect())
    aimed(engine, 40)
    engine.run("campaigns/repliers_overlap.sql", repliers_min=3, posts_most=posts_most)
    assert engine.row("SELECT overlap, usual_overlap FROM campaign_repliers_overlap") == (1.0, 0.0)


def test_a_target_with_a_hundred_thousand_answered_posts_ends() -> None:
    engine = DuckDBEngine(duckdb.connect())
    aimed(engine, 100)
    engine.make(
        "campaign_aimed",
        "SELECT kind, object, r || to_post_id AS to_post_id, account, day FROM campaign_aimed, range(1000) AS t(r)",
    )
    engine.run("campaigns/repliers_overlap.sql", repliers_min=3, posts_most=200)
    overlap, _ = engine.row("SELECT overlap, usual_overlap FROM campaign_repliers_overlap")
    assert overlap == 1.0


def test_whom_a_target_is_compared_with_are_those_of_nearest_size() -> None:
    """Among many of one size, the first by name."""
    engine = DuckDBEngine(duckdb.connect())
    received = {"x:target": 5, "x:near": 6, **{f"x:one{number:03}": 1 for number in range(100)}}
    engine.put(
        "campaign_aimed",
        pa.Table.from_pylist(
            [{"object": who, "outside": True} for who, times in received.items() for _ in range(times)]
        ),
    )
    engine.put("campaign_episodes", pa.table({"object": ["x:target"]}))
    engine.put(
        "campaign_people",
        pa.Table.from_pylist(
            [
                {"platform": "x", "account_id": who[2:], "outside": True}
                for who in received
                if who != "x:target"
            ]
        ),
    )
    engine.run("campaigns/comparable_targets.sql", targets_alike=3)
    alike = (
        engine.fetch("SELECT like_object FROM campaign_comparable_targets ORDER BY ALL").column(0).to_pylist()
    )
    assert alike == ["x:near", "x:one000", "x:one001"]
