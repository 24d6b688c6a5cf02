"""Directives against the orders that simulated camps were given, and against networks that were given none."""

from typing import Any

import numpy as np
import pytest

from syncline.benchmarks import campaigns as labelled
from syncline.benchmarks.campaigns import DAY_US, Labelled
from syncline.schema import DIRECTIVES, UPTAKE
from syncline.worlds.world import Camp, Event, Innocent, Interests, People, World

PRECISION, RECALL = 0.95, 0.80


def test_orders_are_found_and_nothing_else(demo: Labelled) -> None:
    right = labelled.right(demo)
    assert len(right) > 40
    assert np.mean(right) >= PRECISION
    assert np.mean(labelled.recovered(demo)) >= RECALL


def test_tables_have_the_columns_of_the_schema(demo: Labelled) -> None:
    for name, schema in (("directives", DIRECTIVES), ("uptake", UPTAKE)):
        table = demo.engine.fetch(f"SELECT * FROM {name}")
        assert table.column_names == schema.names
        assert table.num_rows > 0


def test_each_directive_has_one_leader_and_every_follower_is_a_member(demo: Labelled) -> None:
    leaders = demo.rows(
        "SELECT directive_id, sum(leads::INT) AS leaders FROM directives GROUP BY directive_id"
    )
    assert {row["leaders"] for row in leaders} == {1}
    strangers = demo.rows("SELECT * FROM uptake ANTI JOIN members USING (network_id, platform, account_id)")
    assert strangers == []


def test_times_and_counts_agree_with_the_posts(demo: Labelled) -> None:
    rows = demo.rows(
        """
        SELECT d.*, u.account_id, u.delay_us, u.first_us AS taken_us, p.time_us, p.account_id AS author
        FROM directives AS d JOIN uptake AS u USING (directive_id)
        JOIN posts AS p ON p.post_id = u.post_id
        WHERE d.leads AND d.day_us IS NOT NULL
        """
    )
    by_directive: dict[Any, list[dict[str, Any]]] = {}
    for row in rows:
        by_directive.setdefault(row["directive_id"], []).append(row)
        assert row["author"] == row["account_id"]
        assert row["time_us"] == row["taken_us"]
        assert 0 <= int(str(row["taken_us"])) - int(str(row["day_us"])) < DAY_US
    for followers in by_directive.values():
        one = followers[0]
        delays = sorted(row["delay_us"] for row in followers)
        assert one["followers"] == len(followers) >= one["members"]
        assert one["members"] <= one["active"]
        assert delays[0] == 0
        assert delays[(len(delays) - 1) // 2] == one["half_us"]
        assert {row["account_id"] for row in followers if row["delay_us"] == 0} >= {one["first_account"]}
        assert one["first_us"] <= one["last_us"]


def test_members_are_no_objects_of_their_own_network(demo: Labelled) -> None:
    assert (
        demo.rows(
            """
            SELECT * FROM directives AS d
            JOIN members AS m ON d.object = m.platform || ':' || m.account_id AND m.network_id = d.network_id
            """
        )
        == []
    )


def test_a_reader_sees_handles_instead_of_ids(demo: Labelled) -> None:
    rows = demo.rows(
        """
        SELECT d.label, a.username FROM directives AS d
        JOIN accounts AS a ON d.object = a.platform || ':' || a.account_id
        WHERE kind IN ('target', 'applause', 'mention')
        """
    )
    assert rows
    assert all(row["label"] == row["username"] for row in rows)


def test_the_same_seed_gives_the_same_directives(demo: Labelled) -> None:
    before = demo.rows("SELECT * FROM directives ORDER BY ALL")
    labelled.find(demo)
    assert demo.rows("SELECT * FROM directives ORDER BY ALL") == before


@pytest.mark.parametrize("within_community", [False, True])
def test_accounts_that_nobody_directs_have_no_directives(within_community: bool) -> None:
    """Three small logs; `benchmarks/directives.py` counts over many of full size."""
    world = World(
        days=10,
        people=People(accounts=500, posts_per_day=1.5),
        interests=Interests(communities=8, favourite_share=0.0),
        events=[Event(kind="breaking_news", day=4, hour=14.0, share=0.25, posts_each=3.0, decay_h=3.0)],
    )
    for seed in range(1, 4):
        made = labelled.make(world, seed, labelled.drawn(seed, 60, within_community))
        labelled.find(made)
        assert made.rows("SELECT * FROM directives") == []


def test_a_second_camp_among_innocent_coordination_is_read_as_well() -> None:
    """Another seed, and fewer people than in `demo`; `benchmarks/directives.py` scores four worlds over seeds."""
    world = World(
        days=12,
        people=People(accounts=2000),
        interests=Interests(communities=10),
        innocent=Innocent(fandoms=1, schedulers=1),
        camps=[Camp(accounts=40)],
    )
    made = labelled.make(world, 11)
    labelled.find(made)
    assert np.mean(labelled.right(made)) >= PRECISION
    assert np.mean(labelled.recovered(made)) >= RECALL
