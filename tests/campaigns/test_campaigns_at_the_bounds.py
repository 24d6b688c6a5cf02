"""The steps of the room at their bounds: what is just enough and what is just too little, worked out by hand."""

from collections.abc import Sequence
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from syncline.benchmarks import campaigns as labelled
from syncline.campaigns import communities, comparables, uptake
from syncline.campaigns.attention import _ONE_POST_SHARE
from syncline.campaigns.constants import (
    DAY_US,
    DAYS_MIN,
    HOUR_US,
    MEMBERS_MIN,
    MEMBERS_SHARE,
    PRIOR,
    TASTE_PRIOR,
)
from syncline.campaigns.crowd import CROWD, Log, Takings
from syncline.campaigns.innocent import _finding
from syncline.campaigns.roles import _behaviour, _rhythms
from syncline.campaigns.statistics import log_tail
from syncline.engines.duckdb import DuckDBEngine
from syncline.graphs import between
from syncline.worlds.world import Camp, Interests, People, World

Row = dict[str, Any]


def engine_with(**tables: Sequence[Row]) -> DuckDBEngine:
    """An engine with these tables, whose columns are those of all of their rows."""
    engine = DuckDBEngine(duckdb.connect())
    for name, rows in tables.items():
        columns = dict.fromkeys(column for row in rows for column in row)
        engine.put(name, pa.table({column: [row.get(column) for row in rows] for column in columns}))
    return engine


def one(engine: DuckDBEngine, query: str) -> Row:
    (row,) = engine.fetch(query).to_pylist()
    return dict(row)


# Who and what counts.


def test_the_crowd_is_everybody_in_no_network_and_no_pair_whom_nobody_cleared() -> None:
    """Accounts 0 and 1 are in a network, 1 is cleared; 2 is in a pair alone, 3 in both; 4 in none, 5 is cleared."""
    members = [(1, 0), (1, 1), (2, 2), (2, 3), (1, 3)]
    engine = engine_with(
        accounts_coded=[{"account": n, "platform": "x", "account_id": f"a{n}"} for n in range(6)],
        members=[{"network_id": network, "platform": "x", "account_id": f"a{n}"} for network, n in members],
        networks=[{"network_id": 1, "kind": "network"}, {"network_id": 2, "kind": "pair"}],
        cleared=[{"platform": "x", "account_id": f"a{n}"} for n in (1, 5)],
    )
    engine.run("campaigns/people.sql")
    found = engine.fetch("SELECT network_id, outside FROM campaign_people ORDER BY account").to_pylist()
    assert [tuple(row.values()) for row in found] == [
        (1, False), (None, False), (None, False), (1, False), (None, True), (None, False),
    ]  # fmt: skip


def addressed(posts: Sequence[Row], names: Sequence[Row] = ()) -> list[tuple[Any, ...]]:
    """Kind, name and account of everybody's acts on others; accounts are a1 to a9, of whom a3 has the handle Cee."""
    nothing = dict.fromkeys(
        (
            "reposted_account_id",
            "reposted_post_id",
            "quoted_post_id",
            "reply_to_account_id",
            "reply_to_post_id",
        )
    )
    engine = engine_with(
        posts_coded=[
            nothing
            | {"platform": "x", "post": place, "post_id": f"p{place}", "time_us": place, "is_repost": False,
               "mentions": []}
            | post
            for place, post in enumerate(posts)
        ],
        campaign_people=[{"account": n, "platform": "x", "account_id": f"a{n}"} for n in range(1, 10)],
        accounts=[{"platform": "x", "account_id": "a3", "username": "Cee"}, *names],
        accounts_coded=[{"platform": "x", "account_id": f"a{n}"} for n in range(1, 10)],
    )  # fmt: skip
    columns = ", ".join(f"{name}::VARCHAR AS {name}" for name in nothing)
    engine.make(
        "posts_coded", f"SELECT * REPLACE ({columns}, mentions::VARCHAR[] AS mentions) FROM posts_coded"
    )
    engine.run("campaigns/names.sql")
    engine.run("campaigns/addressed.sql")
    rows = engine.fetch(
        "SELECT kind, name, account, to_post_id FROM campaign_addressed ORDER BY post, kind, name"
    )
    return [tuple(row.values()) for row in rows.to_pylist()]


def test_a_repost_of_a_post_that_quotes_lifts_the_one_who_wrote_it_alone() -> None:
    repost = {
        "account": 1,
        "is_repost": True,
        "reposted_account_id": "a2",
        "reposted_post_id": "r",
        "quoted_post_id": "p1",
    }
    assert addressed([repost, {"account": 4}]) == [("applause", "a2", 1, "r")]
    # Whose post was quoted is known by the post.
    assert addressed([{"account": 1, "quoted_post_id": "p1"}, {"account": 4}]) == [
        ("applause", "a4", 1, "p1")
    ]


def test_who_answers_an_account_names_it_but_once_and_nobody_addresses_oneself() -> None:
    reply = {
        "account": 1,
        "reply_to_account_id": "a2",
        "reply_to_post_id": "r",
        "mentions": ["a2", "@CEE", "a1"],
    }
    assert addressed([reply]) == [("mention", "a3", 1, None), ("reply", "a2", 1, "r")]
    assert addressed([{"account": 1, "reply_to_account_id": "a1"}]) == []


def test_a_handle_of_two_accounts_names_neither_and_an_id_comes_before_a_handle() -> None:
    others = [
        {"platform": "x", "account_id": "a4", "username": "cee"},
        {"platform": "x", "account_id": "a5", "username": "a6"},
    ]
    assert addressed([{"account": 1, "mentions": ["Cee", "a6"]}], others) == [
        ("mention", "a6", 1, None), ("mention", "cee", 1, None),
    ]  # fmt: skip


def test_a_quote_boosts_even_as_an_answer_and_naming_a_target_addresses_it() -> None:
    posts = [
        {"post_id": "own"}, {"post_id": "repost", "is_repost": True}, {"post_id": "quote", "quoted_post_id": "q"},
        {"post_id": "both", "quoted_post_id": "q", "reply_to_post_id": "q"}, {"post_id": "named"},
        {"post_id": "answer", "reply_to_account_id": "b"}, {"post_id": "tagged"},
    ]  # fmt: skip
    nothing = {
        "is_repost": False,
        "quoted_post_id": None,
        "reply_to_post_id": None,
        "reply_to_account_id": None,
    }
    engine = engine_with(
        posts_coded=[nothing | post | {"account": 1} for post in posts],
        campaign_people=[{"account": 1, "network_id": 7}],
        campaign_found_acts=[
            {"account": 1, "post_id": "named", "kind": "mention"},
            {"account": 1, "post_id": "named", "kind": "hashtag"},
            {"account": 1, "post_id": "tagged", "kind": "hashtag"},
        ],
    )
    engine.run("campaigns/role_posts.sql")
    found = engine.fetch(
        "SELECT directed, wrote, boosted, addressed FROM campaign_role_posts ORDER BY 1"
    ).to_pylist()
    # Of those on no directive: own; repost, quote and both; answer. Of the two on one: tagged, and named.
    assert [tuple(row.values()) for row in found] == [(False, 1, 3, 1), (True, 1, 0, 1)]


def test_a_repost_is_an_object_where_its_author_is_not_known_or_in_a_network() -> None:
    """Posts 1 to 3 repost an author of the crowd, one of a network and nobody that is known; 4 shares a link."""
    engine = engine_with(
        traces_coded=[{"object": 50 + post, "account": 9, "post": post, "time_us": post} for post in (1, 2, 3, 4)],
        objects=[{"object": 50 + post, "subject": 70 + post} for post in (1, 2, 3, 4)],
        campaign_objects=[
            {"object": post, "subject": 70 + post, "kind": "url" if post == 4 else "repost"} for post in (1, 2, 3, 4)
        ],
        campaign_addressed=[
            {"kind": "applause", "platform": "x", "name": name, "post": post} for post, name in ((1, "a1"), (2, "a2"))
        ],
        campaign_people=[
            {"platform": "x", "account_id": "a1", "network_id": None},
            {"platform": "x", "account_id": "a2", "network_id": 7},
        ],
    )  # fmt: skip
    engine.run("campaigns/acts_from_traces.sql")
    assert engine.connection.execute("SELECT object FROM campaign_acts ORDER BY 1").fetchall() == [
        (2,),
        (3,),
        (4,),
    ]


def test_what_was_found_on_a_day_has_the_acts_of_that_day_alone() -> None:
    """Object 1 was found on day 3 and throughout, object 2 throughout alone; either was taken up on days 3 and 4."""
    engine = engine_with(
        campaign_found=[
            {"network_id": 7, "scope": scope, "day": day, "kind": "url", "object": number}
            for scope, day, number in ((1, 3, 1), (0, None, 1), (0, None, 2))
        ],
        campaign_objects=[{"object": number, "key": f"k{number}"} for number in (1, 2)],
        campaign_acts=[
            {"object": number, "account": 5, "post": 10 * number + day, "time_us": day * DAY_US}
            for number in (1, 2)
            for day in (3, 4)
        ],
        campaign_people=[{"account": 5, "network_id": 7}],
        posts_coded=[{"post": post, "post_id": f"p{post}"} for post in (13, 14, 23, 24)],
    )
    engine.run("campaigns/found_acts.sql", day_us=DAY_US)
    found = engine.fetch("SELECT day, object, post_id FROM campaign_found_acts ORDER BY post_id").to_pylist()
    assert [tuple(row.values()) for row in found] == [(3, 1, "p13"), (None, 2, "p23"), (None, 2, "p24")]


# What is asked.


@pytest.mark.parametrize(("active", "asked"), [(60, True), (61, False)])
def test_a_twentieth_of_those_active_is_asked(active: int, asked: bool) -> None:
    """Three accounts of 60 are a twentieth."""
    takings = [
        {"scope": 1, "block": 4, "day": 4, "kind": "url", "object": 7 if who < 3 else 100 + who, "account": who,
         "network_id": 1}
        for who in range(active)
    ]  # fmt: skip
    engine = engine_with(
        campaign_takings=takings,
        campaign_objects=[
            {"object": number, "network_id": None} for number in {row["object"]: None for row in takings}
        ],
    )
    engine.make("campaign_objects", "SELECT object, network_id::BIGINT AS network_id FROM campaign_objects")
    engine.run("campaigns/active.sql")
    engine.run(
        "campaigns/candidates.sql", members_min=MEMBERS_MIN, members_share=MEMBERS_SHARE, days_min=DAYS_MIN
    )
    found = engine.fetch("SELECT object, active FROM campaign_candidates").to_pylist()
    assert found == ([{"object": 7, "active": active}] if asked else [])


def test_all_questions_count_those_of_the_whole_log_too(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(
        days=4, people=People(accounts=100), interests=Interests(communities=2), camps=(Camp(accounts=10),)
    )
    made = labelled.make(world, 3)
    counted = []
    kept = uptake.discoveries
    monkeypatch.setattr(
        uptake, "discoveries", lambda e, tests, alpha: counted.append(tests) or kept(e, tests, alpha)
    )
    labelled.find(made)
    asked = {row["scope"]: row["tests"] for row in made.rows("SELECT scope, tests FROM campaign_tests")}
    assert asked[0] > 0
    assert counted == [asked[0] + asked[1]]


# The four explanations.

RATES = {
    "members": 6, "counted": 5, "takings": 50, "share": 0.01, "crowd": 2, "crowd_takings": 1000, "taste": 0.5,
    "crowd_taste_takings": 200, "share_of_taste": 0.05, "alike": 8, "alike_takings": 200, "habit": 3,
    "habit_takings": 40,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected", "closest"),
    [
        # Of 50 takings: the crowd (2 + 0.1) / 1010, its taste half of them at (2 + 0.5) / 210, those alike 8.1 / 210,
        # its own habit 3.1 / 50. The habit expects most.
        ({}, 3.1, ("takings", 1.0, "habit", "habit_takings", "share")),
        # A habit of nothing expects 0.1: those alike expect most.
        ({"habit": 0}, 50 * 8.1 / 210, ("takings", 1.0, "alike", "alike_takings", "share")),
        # Without other days there is no habit, though its prior alone would expect 0.5.
        ({"habit": 0, "habit_takings": 0, "alike": 0}, 25 * 2.5 / 210,
         ("takings", 0.5, "crowd", "crowd_taste_takings", "share_of_taste")),
        # Nor is there a taste of which the crowd has nothing: those alike 0.1 / 20010, the crowd 2.1 / 1010.
        ({"habit": 0, "habit_takings": 0, "alike": 0, "alike_takings": 20_000, "taste": None}, 50 * 2.1 / 1010,
         ("takings", 1.0, "crowd", "crowd_takings", "share")),
    ],
)  # fmt: skip
def test_the_explanation_that_expects_most_decides(
    changed: Row, expected: float, closest: tuple[str, float, str, str, str]
) -> None:
    row = RATES | changed
    table = pa.table({name: pa.array([value], pa.float64()) for name, value in row.items()})
    found = uptake._with_evidence(table).to_pylist()[0]
    assert found["expected"] == pytest.approx(expected)
    exposure, part, others, others_exposure, share = closest
    tail = log_tail(
        *(
            pa.array([value], pa.float64()).to_numpy()
            for value in (
                row["counted"], row[exposure] * part, row[others], row[others_exposure], row[share],
            )
        ),
        PRIOR,
    )  # fmt: skip
    assert found["log_p"] == pytest.approx(float(tail[0]))


def test_a_network_s_taste_leaves_out_the_object_itself() -> None:
    """Of 30 takings 12 are of the object's community, 5 of them of the object, and a fifth of the crowd's are.

    So (12 - 5 + 10 / 5) / (30 - 5 + 10) for the one; the other has no community, and is held to be of the favourite
    one, in which it has no share of its own: (18 + 10 / 2) / (30 - 2 + 10).
    """
    where = {"scope": 1, "block": 3, "kind": "url", "network_id": 1}
    tastes = [
        {"kind": "url", "network_id": 1, "community": 1, "takings": 12, "all_takings": 30, "crowd_share": 0.2,
         "everybody": 100, "place": 2},
        {"kind": "url", "network_id": 1, "community": 2, "takings": 18, "all_takings": 30, "crowd_share": 0.5,
         "everybody": 50, "place": 1},
    ]  # fmt: skip
    exposures = [
        where | {"community": community, "network_id": network, "takings": takings}
        for community, network, takings in (
            (1, 1, 12),
            (2, 1, 18),
            (1, None, 90),
            (2, None, 40),
            (None, None, 7),
        )
    ]
    engine = engine_with(
        campaign_candidates=[
            where | {"day": 3, "object": number, "members": 5, "active": 9, "counted": 5} for number in (7, 8)
        ],
        campaign_background=[
            {"object": 7, "community": 1, "taken": 20, "share": 0.1},
            {"object": 8, "community": None, "taken": 5, "share": 0.025},
        ],
        campaign_exposures=exposures,
        campaign_tastes=tastes,
        campaign_takings=[
            {"scope": 1, "network_id": 1, "object": number} for number in [7] * 5 + [8] * 2
        ],
        campaign_objects=[{"object": number, "kind": "url"} for number in (7, 8)],
        campaign_crowd=[{"scope": 1, "block": 3, "object": 7, "takers": 4}],
        campaign_alike=[
            {"scope": 1, "block": 3, "network_id": 1, "object": number, "takers": takers}
            for number, takers in ((7, 2), (9, 1))
        ],
        campaign_habits=[{"network_id": 1, "object": 7, "takers": 1, "takings": 11}],
    )  # fmt: skip
    engine.run("campaigns/rates.sql", taste_prior=TASTE_PRIOR)
    of = {row["object"]: row for row in engine.fetch("SELECT * FROM campaign_rates").to_pylist()}
    assert of[7]["taste"] == pytest.approx(9 / 35)
    assert (of[7]["takings"], of[7]["crowd"], of[7]["crowd_takings"], of[7]["crowd_taste_takings"]) == (
        30,
        4,
        137,
        90,
    )
    assert (of[7]["share_of_taste"], of[7]["alike"], of[7]["habit"], of[7]["habit_takings"]) == (
        0.2,
        2,
        1,
        11,
    )
    assert of[8]["taste"] == pytest.approx(23 / 38)
    assert (of[8]["crowd"], of[8]["crowd_taste_takings"], of[8]["share_of_taste"]) == (0, 40, 0.1)


def test_the_favourite_community_is_that_of_most_takings() -> None:
    """On days the network has 12 takings of community 1 and 18 of 2; the crowd 90 and 10."""
    engine = engine_with(
        campaign_exposures=[
            {"scope": scope, "kind": "url", "community": community, "network_id": network, "takings": takings}
            for scope, community, network, takings in (
                (1, 1, 7, 12), (1, 2, 7, 18), (0, 1, 7, 900), (1, 1, None, 90), (1, 2, None, 10),
            )
        ],
        campaign_background=[
            {"kind": "url", "community": community, "taken": taken} for community, taken in ((1, 60), (1, 42), (2, 28))
        ],
    )  # fmt: skip
    engine.run("campaigns/tastes.sql")
    found = engine.fetch(
        "SELECT community, takings, all_takings, crowd_share, everybody, place FROM campaign_tastes ORDER BY 1"
    ).to_pylist()
    assert [tuple(row.values()) for row in found] == [(1, 12, 30, 0.9, 102, 2), (2, 18, 30, 0.1, 28, 1)]


def test_communities_with_few_takings_are_taken_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten accounts with each of twenty objects, 200 takings; as many with others, but for one; and three with five."""
    blocks = [(range(10), range(20)), (range(10, 20), range(20, 40)), (range(20, 23), range(40, 45))]
    links = [(who, what) for accounts, objects in blocks for who in accounts for what in objects]
    links.remove((19, 39))
    sides = between(*(np.array(end, np.int32) for end in zip(*links, strict=True)))
    parts = np.repeat([0, 1, 2, 0, 1, 2], [10, 10, 3, 20, 20, 5])
    monkeypatch.setattr(communities, "louvain", lambda *_, **__: parts)
    assert communities._partition(sides, 1).tolist() == np.where(parts == 0, 1, 0).tolist()


def test_an_object_of_one_account_tells_nothing_of_its_taste() -> None:
    """Of five accounts three have object 0, one object 1, and two object 2, which is a text: no taste."""
    taken = sorted([(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (2, 5)])
    object_, account = (np.array(column, np.int32) for column in zip(*taken, strict=True))
    log = Log(
        Takings(object_, account, np.zeros(len(taken), np.int32)),
        np.full(6, CROWD), np.array([0, 0, 1]), pa.array(["hashtag", "text"]),
    )  # fmt: skip
    assert comparables._weights(log) == pytest.approx([np.log(5 / 3) ** 2, 0.0, 0.0])


# Accounts addressed.


def test_whom_a_target_is_compared_with_is_counted_by_the_crowd_alone() -> None:
    """Four of the crowd turn to the target; three to one account, one to another, as do four of a network."""
    turned = {"x:target": (4, 9), "x:near": (3, 0), "x:pushed": (1, 4)}
    engine = engine_with(
        campaign_aimed=[
            {"object": who, "outside": outside}
            for who, counts in turned.items()
            for outside, count in zip((True, False), counts, strict=True)
            for _ in range(count)
        ],
        campaign_episodes=[{"object": "x:target"}],
        campaign_people=[{"platform": "x", "account_id": who[2:], "outside": True} for who in turned],
    )
    engine.run("campaigns/comparable_targets.sql", targets_alike=1)
    assert one(engine, "SELECT like_object FROM campaign_comparable_targets") == {"like_object": "x:near"}


def test_rates_are_of_the_episode_of_other_days_and_the_median_of_accounts_like_it() -> None:
    """In the episode 12 acts in 6 hours, else 3 in 6; like it are three with 1, 2 and 9 an hour on those days."""
    hourly = [("star", 5, 12), ("star", 6, 3), ("a", 5, 6), ("b", 5, 12), ("c", 5, 54), ("c", 6, 600)]
    engine = engine_with(
        campaign_episodes=[{"network_id": 1, "object": "star", "episode": 1, "first_day": 5, "last_day": 5}],
        campaign_hourly=[{"object": who, "day": day, "hours": 6, "acts": acts} for who, day, acts in hourly],
        campaign_comparable_targets=[{"object": "star", "like_object": who} for who in "abc"],
    )
    engine.run("campaigns/episode_rates.sql")
    found = one(engine, "SELECT rate, usual_rate, comparable_rate FROM campaign_episode_rates")
    assert found == {"rate": 2.0, "usual_rate": 0.5, "comparable_rate": 2.0}


def targets(first_day: int, aimed: Sequence[tuple[int, int]]) -> Row:
    """The row of an episode from this day to two days later; accounts 0 to 2 are the network, others the crowd."""
    engine = engine_with(
        campaign_episodes=[
            {"network_id": 1, "object": "x:star", "episode": 1, "first_day": first_day, "last_day": first_day + 2,
             "log10_e": 4.0}
        ],
        campaign_aimed=[
            {"object": "x:star", "kind": "mention", "account": who, "network_id": 1 if who < 3 else None,
             "outside": who >= 3, "post_id": f"p{place}", "to_post_id": None, "time_us": day * DAY_US, "day": day}
            for place, (who, day) in enumerate(aimed)
        ],
        campaign_people=[
            {"account": who, "account_id": f"a{who}", "network_id": 1 if who < 3 else None} for who in range(9)
        ],
        campaign_episode_rates=[
            {"network_id": 1, "object": "x:star", "episode": 1, "rate": 1.0, "usual_rate": 1.0, "comparable_rate": 1.0}
        ],
        campaign_repliers_overlap=[
            {"network_id": 1, "object": "x:star", "episode": 1, "overlap": 1.0, "usual_overlap": 1.0}
        ],
        campaign_names_shown=[{"platform": "x", "account_id": "star", "username": "Star"}],
        posts=[{"time_us": 5 * HOUR_US}],
    )  # fmt: skip
    engine.make("campaign_aimed", "SELECT * REPLACE (to_post_id::VARCHAR AS to_post_id) FROM campaign_aimed")
    engine.run("campaigns/targets.sql", day_us=DAY_US)
    return one(engine, "SELECT * FROM targets")


def test_newcomers_had_not_turned_to_the_target_on_an_earlier_day() -> None:
    """Account 0 comes on the episode's first day and 1 a day later, 2 had come before; of the crowd 3 had, 4 had not.

    Account 5 came before and not again, 6 comes afterwards: neither is asked.
    """
    aimed = [(0, 10), (1, 11), (2, 9), (2, 10), (3, 2), (3, 12), (4, 12), (5, 1), (6, 13)]
    found = targets(10, aimed)
    assert (found["newcomers"], found["others_newcomers"]) == (pytest.approx(2 / 3), 0.5)
    assert (found["members"], found["posts"], found["others"], found["share"]) == (3, 3, 2, 1.0)
    assert (found["first_us"], found["last_us"]) == (10 * DAY_US, 11 * DAY_US)


@pytest.mark.parametrize(("first_day", "newcomers"), [(0, None), (1, 1.0)])
def test_on_the_first_day_of_the_log_everybody_is_new_and_nothing_is_said(
    first_day: int, newcomers: float | None
) -> None:
    assert targets(first_day, [(0, first_day), (1, first_day)])["newcomers"] == newcomers


# Accounts lifted up.


def applause(
    taken: Sequence[tuple[int, str]], size: int, passing: Sequence[tuple[int | None, float]]
) -> list[Row]:
    """Rows of `applause`, where accounts (by number) of a network of so many repost the star's posts (by id).

    `passing` are the days (none for the whole log) on which that passes as a directive, with their evidence.
    """
    acts = [
        {"kind": "applause", "platform": "x", "name": "star", "account": who, "post_id": f"r{place}",
         "time_us": place, "to_post_id": post}
        for place, (who, post) in enumerate(taken)
    ]  # fmt: skip
    engine = engine_with(
        directives=[
            {"network_id": 1, "object": "x:star", "kind": "applause", "log10_e": log10_e, "log_odds": log10_e / 10,
             "day_us": day}
            for day, log10_e in passing
        ],
        campaign_addressed=acts,
        campaign_found_acts=[
            {"network_id": 1, "key": "x:star", "kind": "applause", "account": row["account"], "post_id": row["post_id"]}
            for row in acts
        ],
        campaign_people=[{"account": who, "network_id": 1, "outside": False} for who in range(size)],
        campaign_names_shown=[{"platform": "x", "account_id": "star", "username": "Star"}],
    )  # fmt: skip
    engine.run("campaigns/applause.sql", members_min=MEMBERS_MIN, one_post_share=_ONE_POST_SHARE)
    return engine.fetch("SELECT * FROM applause").to_pylist()


@pytest.mark.parametrize(
    ("of_top", "of_others", "listed"),
    [
        # A quarter of sixteen took it up, or less than that.
        (4, 0, True),
        (3, 0, False),
        # Three took up other posts, or two.
        (3, 3, True),
        (2, 2, True),
        (1, 2, False),
    ],
)
def test_a_few_who_repost_one_post_lift_nobody_up(of_top: int, of_others: int, listed: bool) -> None:
    taken = [(who, "top") for who in range(of_top)] + [(of_top + n, f"z{n}") for n in range(of_others)]
    assert len(applause(taken, 16, [(0, 3.0)])) == listed


def test_of_a_large_network_three_on_other_posts_are_enough_and_two_are_not() -> None:
    top = [(who, "top") for who in range(4)]
    assert len(applause([*top, (4, "a"), (5, "b"), (6, "c")], 100, [(0, 3.0)])) == 1
    # One account with several is one.
    assert applause([*top, (4, "a"), (5, "b"), (5, "c")], 100, [(0, 3.0)]) == []


def test_applause_has_the_evidence_of_its_strongest_day_and_counts_days() -> None:
    (row,) = applause([(who, "top") for who in range(4)], 16, [(0, 3.0), (DAY_US, 5.0), (None, 4.0)])
    assert (row["log10_e"], row["log_odds"], row["days"]) == (5.0, 0.5, 2)
    assert (row["members"], row["posts"], row["share"], row["post_ids"]) == (4, 4, 0.25, ["top"])


# Innocent explanations, roles and rhythms.


@pytest.mark.parametrize(("of", "applies"), [(20, True), (19, None)])
def test_of_twenty_acts_it_is_told_whom_they_turn_to(of: int, applies: bool | None) -> None:
    assert _finding(1, "pod", {"counted": 10, "of": of, "accounts": []})["applies"] is applies


def test_the_first_quarter_of_the_followers_moves_first_and_equal_times_share_their_place() -> None:
    """Of eight followers two are first, of four one, or all that are as early; of three nobody is.

    The fourth directive is of the whole log, where nobody moves first.
    """
    came = {1: [0, 5, 6, 7, 8, 9, 10, 11], 2: [0, 0, 3, 4], 3: [0, 1, 2], 4: [0, 1, 2, 3]}
    engine = engine_with(
        uptake=[
            {"directive_id": number, "platform": "x", "account_id": f"a{who}", "first_us": at, "delay_us": at}
            for number, times in came.items()
            for who, at in enumerate(times)
        ],
        directives=[
            {"directive_id": number, "leads": leads, "day_us": None if number == 4 else DAY_US}
            for number in came
            for leads in (True, False)
        ],
        campaign_people=[{"account": n, "platform": "x", "account_id": f"a{n}"} for n in range(8)],
    )
    engine.run("campaigns/movers.sql", followers_min=4)
    rows = engine.fetch("SELECT directives, firsts FROM campaign_movers ORDER BY account").to_pylist()
    # Account 0 came first to both, 1 second to the first and as early as 0 to the second.
    assert [tuple(row.values()) for row in rows] == [(2, 2), (2, 2), (2, 0), (2, 0), *[(1, 0)] * 4]


def test_a_favourite_is_counted_in_meetings_on_reposts_and_a_rhythm_in_accounts_with_thirty_posts() -> None:
    """Members 1 and 2 met on three reposts of the star, one of another, and on a link in a quote of the other.

    Of their seven meetings on reposts and answers three are below each other's posts, two of them below those of 2;
    1 has thirty posts, 2 has 29.
    """
    reposted = [("star", "p1"), ("star", "p2"), ("star", "p3"), ("other", "p4"), ("other", "quote")]
    own = [("a2", "q1"), ("a2", "q2"), ("a1", "q3"), ("a1", "q4")]
    engine = engine_with(
        campaign_addressed=[
            {"kind": kind, "platform": "x", "name": name, "account": 2 if name == "a1" else 1, "post_id": post}
            for kind, acts in (("applause", reposted), ("reply", own))
            for name, post in acts
        ],
        campaign_people=[{"account": n, "platform": "x", "account_id": f"a{n}", "network_id": 7} for n in (1, 2)],
        co_actions=[
            {"platform_a": "x", "account_a": "a1", "platform_b": "x", "account_b": "a2", "post_a": post,
             "behaviour": {"quote": "url"}.get(post, "reply" if post[0] == "q" else "repost")}
            for _, post in (*reposted, *own[:3])
        ],
        edges=[{"network_id": 7, "platform_a": "x", "account_a": "a1", "platform_b": "x", "account_b": "a2"}],
        campaign_names_shown=[{"platform": "x", "account_id": "star", "username": "Star"}],
        roles=[
            {"network_id": 7, "platform": "x", "account_id": f"a{n}", "cadence": "minute_of_hour"} for n in (1, 2)
        ],
        campaign_cadence=[{"account": 1, "posts": 30}, {"account": 2, "posts": 29}],
    )  # fmt: skip
    engine.run("campaigns/innocent.sql", posts_min=30)
    rows = engine.fetch(
        'SELECT sign, value, counted, "of", accounts FROM campaign_innocent ORDER BY sign'
    ).to_pylist()
    assert [tuple(row.values()) for row in rows] == [
        ("commenters", "a2", 2, 7, []), ("fandom", "Star", 3, 4, []), ("pod", None, 3, 7, []),
        ("scheduler", None, 1, 1, ["a1"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("directed", "basis", "role"), [(5, "directives", "booster"), (4, "all posts", "author")]
)
def test_five_posts_on_directives_are_enough_for_a_role(directed: int, basis: str, role: str) -> None:
    engine = engine_with(
        campaign_role_posts=[
            {
                "account": 1,
                "network_id": 1,
                "directed": True,
                "wrote": 0,
                "boosted": directed,
                "addressed": 0,
            },
            {"account": 1, "network_id": 1, "directed": False, "wrote": 40, "boosted": 0, "addressed": 0},
        ]
    )
    found = _behaviour(engine)[1]
    assert (found["basis"], found["role"]) == (basis, role)
    assert found["boosted"] == directed


def rhythm(crowd: Sequence[float] = (), **counts: int) -> str | None:
    """The rhythm of one member; of each of the crowd, by its share of equal intervals among 100."""
    nothing = {"posts": 0, "minute_posts": 0, "grid_posts": 0, "gaps": 0, "gap_posts": 0}
    others = [
        {"account": 2 + place, "network_id": None, "outside": True}
        | nothing
        | {"posts": 101, "gaps": 100, "gap_posts": round(100 * share)}
        for place, share in enumerate(crowd)
    ]
    return _rhythms(
        engine_with(
            campaign_cadence=[{"account": 1, "network_id": 1, "outside": False} | nothing | counts, *others]
        )
    ).get(1)


def test_the_most_frequent_of_sixty_minutes_must_be_improbable_of_all_of_them() -> None:
    """Two questions share 0.001. Of 30 posts five in one minute have 60 times 0.00012, seven 60 times 0.0000005."""
    assert stats.binom.sf(4, 30, 1 / 60) < 0.0005 < 60 * stats.binom.sf(4, 30, 1 / 60)
    assert rhythm(posts=30, minute_posts=5) is None
    assert 60 * stats.binom.sf(6, 30, 1 / 60) < 0.0005
    assert rhythm(posts=30, minute_posts=7) == "minute_of_hour"
    # Of 29 posts nothing is said.
    assert rhythm(posts=29, minute_posts=29) is None


def test_the_most_frequent_of_five_minutes_must_be_improbable_of_all_of_them() -> None:
    assert stats.binom.sf(14, 30, 1 / 5) < 0.0005 < 5 * stats.binom.sf(14, 30, 1 / 5)
    assert rhythm(posts=30, grid_posts=15) is None
    assert 5 * stats.binom.sf(15, 30, 1 / 5) < 0.0005
    assert rhythm(posts=30, grid_posts=16) == "minute_of_hour"


def test_equal_intervals_are_a_rhythm_where_99_of_100_others_have_fewer() -> None:
    assert rhythm(posts=31, gaps=30, gap_posts=7) == "constant_gaps"
    assert rhythm(posts=31, gaps=30, gap_posts=6) is None
    assert rhythm(posts=30, gaps=29, gap_posts=29) is None
    # Two of a hundred others have half of theirs alike, as feeds do; one is too few to tell.
    assert rhythm([0.5] * 2 + [0.1] * 98, posts=101, gaps=100, gap_posts=40) is None
    assert rhythm([0.5] * 1 + [0.1] * 199, posts=101, gaps=100, gap_posts=40) == "constant_gaps"


@pytest.mark.parametrize(("seconds", "gaps"), [(60, 39), (59, 0)])
def test_intervals_of_a_minute_count_and_shorter_ones_do_not(seconds: int, gaps: int) -> None:
    engine = engine_with(
        posts_coded=[{"account": 1, "post": n, "time_us": n * seconds * 1_000_000} for n in range(40)],
        campaign_people=[{"account": 1, "network_id": 1, "outside": False}],
    )
    engine.run("campaigns/cadence.sql", crowd=0, rhythm_min=30, resolution_us=1)
    found = one(engine, "SELECT posts, gaps, gap_posts, minute_posts, grid_posts FROM campaign_cadence")
    assert (found["posts"], found["gaps"], found["gap_posts"]) == (40, gaps, gaps)
    # One a minute: each minute has one, and every fifth of the 40 is in the same phase.
    if seconds == 60:
        assert (found["minute_posts"], found["grid_posts"]) == (1, 8)
