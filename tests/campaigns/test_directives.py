"""Directives against the orders that simulated camps were given, and against networks that were given none."""

from typing import Any

import labelled
import numpy as np
import pytest
from labelled import DAY_US, Labelled, find
from scipy import stats

from syncline.schema import DIRECTIVES, UPTAKE

PRECISION, RECALL, FALSE_SEEDS = 0.95, 0.80, 0.05


def ordered_share(made: Labelled) -> dict[int, float]:
    """For each directive of a day, the share of its followers' first posts that somebody had ordered."""
    ordered = {
        post["post_id"] for post in made.tables["truth_posts"].to_pylist() if post["directive_id"] is not None
    }
    posts: dict[int, list[bool]] = {}
    for row in made.rows(
        "SELECT directive_id, post_id FROM uptake JOIN directives USING (directive_id) WHERE leads AND day_us > 0"
    ):
        posts.setdefault(int(str(row["directive_id"])), []).append(row["post_id"] in ordered)
    return {directive: float(np.mean(hits)) for directive, hits in posts.items()}


def recovered(made: Labelled) -> list[bool]:
    """For each order that five accounts or more obeyed, whether its object was found on its day."""
    found = {
        (row["day_us"], str(row["object"]).removeprefix("x:").removeprefix("mastodon:"))
        for row in made.rows("SELECT day_us, object FROM directives")
    }
    return [order in found for order in labelled.ordered_objects(made, followers_min=5).values()]


def test_orders_are_found_and_nothing_else(demo: Labelled) -> None:
    right = [share > 0.5 for share in ordered_share(demo).values()]
    assert len(right) > 40
    assert np.mean(right) >= PRECISION
    assert np.mean(recovered(demo)) >= RECALL


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
    find(demo)
    assert demo.rows("SELECT * FROM directives ORDER BY ALL") == before


def drawn(seed: int, size: int, within_community: bool) -> labelled.Grouping:
    """A network of accounts that nobody coordinates: of one taste, or of any."""
    rng = np.random.default_rng(seed)
    community = int(rng.integers(5)) if within_community else None
    share = 0.5 if within_community else size / 1000

    def grouping(account: dict[str, Any]) -> int | None:
        if community is not None and account["community"] != community:
            return None
        return 1 if rng.random() < share else None

    return grouping


@pytest.mark.parametrize("within_community", [False, True])
def test_accounts_that_nobody_directs_have_no_directives(within_community: bool) -> None:
    made = labelled.make("null", 1, drawn(1, 40, within_community))
    find(made)
    assert made.rows("SELECT * FROM directives") == []


@pytest.mark.slow
@pytest.mark.parametrize("within_community", [False, True])
def test_on_null_worlds_no_directive_in_95_percent_of_seeds(within_community: bool) -> None:
    seeds = 20
    found = 0
    for seed in range(seeds):
        made = labelled.make("null", seed, drawn(seed, 40, within_community))
        find(made)
        found += bool(made.rows("SELECT * FROM directives"))
    assert stats.binomtest(found, seeds, FALSE_SEEDS, alternative="greater").pvalue > 0.05


@pytest.mark.slow
@pytest.mark.parametrize("world", ["demo", "camp", "hard", "election"])
def test_precision_and_recall_over_seeds(world: str) -> None:
    right: list[bool] = []
    hits: list[bool] = []
    for seed in range(11, 16):
        made = labelled.make(world, seed)
        find(made)
        right += [share > 0.5 for share in ordered_share(made).values()]
        hits += recovered(made)
    assert np.mean(right) >= PRECISION
    assert np.mean(hits) >= RECALL
