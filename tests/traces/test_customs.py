"""What people do day after day, each at a usual hour, ties nobody; what is pushed for some days does."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from small_log import DAY_S, START_S, write_csv
from syncline.benchmarks.evidence import default_nulls, engine_of, find
from syncline.engines.duckdb import DuckDBEngine
from syncline.schema import POSTS
from syncline.sources import read
from syncline.traces import build_traces, customs

DAYS = 14
HOUR_S = 3_600
Post = tuple[str, float, str]


def engine_with(posts: Sequence[Post]) -> DuckDBEngine:
    """An engine with the log of (account, second since the first day, text)."""
    rows = [
        {"post_id": f"p{number}", "platform": "x", "account_id": account, "text": text, "is_repost": False,
         "time_us": int((START_S + second) * 1_000_000), "hashtags": [w[1:] for w in text.split() if w[0] == "#"],
         "source_file": "log", "source_row": number}
        for number, (account, second, text) in enumerate(posts)
    ]  # fmt: skip
    return engine_of(pa.Table.from_pylist(rows, schema=POSTS))


def habits(posts: Sequence[Post]) -> set[tuple[str, str]]:
    """Account and hashtag of every trace that is a habit."""
    found = engine_with(posts).fetch(
        "SELECT a.account_id, o.key FROM habits JOIN objects AS o USING (object)"
        " JOIN accounts_coded AS a USING (account) WHERE o.behaviour = 2"
    )
    return {(row["account_id"], row["key"]) for row in found.to_pylist()}


def daily(
    accounts: int, tags: Sequence[str], days: Sequence[int] = range(DAYS), apart_s: int = 1_000
) -> Iterator[Post]:
    """One after the other posts the day's tag from noon on, `apart_s` apart, and something else on each day."""
    for number in range(accounts):
        for day in range(DAYS):
            yield f"u{number}", day * DAY_S, f"something #own{number}x{day}"
        for place, day in enumerate(days):
            yield (
                f"u{number}",
                day * DAY_S + 12 * HOUR_S + number * apart_s,
                f"again #{tags[place % len(tags)]}",
            )


def test_what_many_do_every_day_is_a_habit() -> None:
    found = habits([*daily(20, ["goodmorning"])])
    assert found == {(f"u{number}", "goodmorning") for number in range(20)}


@pytest.mark.parametrize(
    ("accounts", "tags", "days"),
    [
        (2, ["goodmorning"], range(DAYS)),  # two are a pair, which names nobody
        (30, ["rise"], range(3, 12)),  # a campaign of nine days
        (30, ["rise"], [0, 6, 13]),  # three days are no habit
        (30, list("abcdefghijklmn"), range(DAYS)),  # another order each day
    ],
)
def test_what_is_no_habit(accounts: int, tags: list[str], days: Sequence[int]) -> None:
    assert habits([*daily(accounts, tags, days)]) == set()


@pytest.mark.parametrize(("apart_s", "together"), [(10, True), (100, False)])
def test_what_most_do_within_ten_minutes_of_each_other_is_no_custom(apart_s: int, together: bool) -> None:
    found = habits([*daily(30, ["rise"], apart_s=apart_s)])
    assert (found == set()) == together


@pytest.mark.parametrize(("days", "is_habit"), [([0, 10, 20, 30, 39], True), ([0, 13, 26, 39], False)])
def test_a_habit_takes_an_eighth_of_the_accounts_days(days: Sequence[int], is_habit: bool) -> None:
    """All are there on forty days, and so have nothing against a tag on four but that it is seldom."""
    every_day = [
        (f"u{number}", day * DAY_S, f"something #s{number}x{day}")
        for number in range(20)
        for day in range(40)
    ]
    found = habits([*daily(20, ["goodmorning"], days), *every_day])
    assert bool(found) == is_habit


def come_together(accounts: int, within_s: float, hour_of: Callable[[int], float]) -> Iterator[Post]:
    """On every day each posts one tag within `within_s` from the hour that `hour_of` the day gives, and another tag."""
    rng = np.random.default_rng(3)
    for number in range(accounts):
        for day in range(DAYS):
            yield f"u{number}", day * DAY_S, f"something #own{number}x{day}"
            yield f"u{number}", day * DAY_S + hour_of(day) * HOUR_S + rng.uniform(0, within_s), "again #club"


@pytest.mark.parametrize("accounts", [3, 8, 19])
def test_a_club_that_posts_its_own_tag_at_any_hour_has_a_custom(accounts: int) -> None:
    found = habits([*come_together(accounts, 12 * HOUR_S, lambda _: 8)])
    assert found == {(f"u{number}", "club") for number in range(accounts)}


@pytest.mark.parametrize(
    ("accounts", "within_s", "hour_of"),
    [
        (3, 600, lambda day: 15),  # on the minute, as nobody is by habit
        (19, 600, lambda day: 15),
        (8, HOUR_S, lambda day: 6 + 5 * day % 14),  # within an hour, and at another hour each day
        (19, HOUR_S, lambda day: 6 + 5 * day % 14),
    ],
)
def test_few_who_come_when_the_others_come_have_no_custom(
    accounts: int, within_s: float, hour_of: Callable[[int], float]
) -> None:
    assert habits([*come_together(accounts, within_s, hour_of)]) == set()


@pytest.mark.parametrize(("meetings", "custom"), [(2, True), (3, False)])
def test_three_meetings_that_no_hours_explain_are_too_many_for_a_custom(meetings: int, custom: bool) -> None:
    """Three accounts, each at another ten minutes every day; on the first days two of them at the same."""
    posts = [
        (
            f"u{number}",
            day * DAY_S + 600 * (3 * day + (0 if number == 1 and day < meetings else number)),
            "a #club",
        )
        for number in range(3)
        for day in range(DAYS)
    ]
    assert bool(habits(posts)) == custom


def clubs(rng: np.random.Generator, pairs_a_day: int) -> Iterator[Post]:
    """Forty clubs of eight, a tag each, at any of twelve hours; so many pairs of them come at one time every day."""
    for club in range(40):
        for day in range(DAYS):
            moments = rng.uniform(8, 20, 8)
            moments[1 : 2 * pairs_a_day : 2] = moments[0 : 2 * pairs_a_day : 2]
            for number in rng.permutation(8):
                yield f"club{club}x{number}", day * DAY_S + moments[number] * HOUR_S, f"again #club{club}"


@pytest.mark.parametrize(("pairs_a_day", "least", "most"), [(0, 36, 40), (1, 0, 4)])
def test_a_custom_is_what_its_hours_explain_within_two_deviations(
    pairs_a_day: int, least: int, most: int
) -> None:
    """Five or six meetings are expected of a club in all, and fourteen more are planted."""
    customs_ = {tag for _, tag in habits([*clubs(np.random.default_rng(4), pairs_a_day)])}
    assert least <= len(customs_) <= most


def test_who_does_it_now_and_then_has_no_habit_of_it() -> None:
    seldom = [
        ("seldom", day * DAY_S + n, f"something else #s{day}x{n}") for day in range(DAYS) for n in range(2)
    ]
    seldom += [("seldom", day * DAY_S + 12 * HOUR_S, "again #goodmorning") for day in (0, 5, 13)]
    assert "seldom" not in {account for account, _ in habits([*daily(20, ["goodmorning"]), *seldom])}


def crowd(rng: np.random.Generator, accounts: int, tags: int) -> list[Post]:
    """People who say twelve things each, at any time, with tags of which some are popular."""
    return [
        (f"c{account}", float(rng.uniform(0, DAYS * DAY_S)), f"said #tag{int(rng.pareto(0.8)) % tags}")
        for account in range(accounts)
        for _ in range(12)
    ]


def log_of_players(rng: np.random.Generator) -> list[Post]:
    """A crowd of 500 with its own tags, and 60 who post the round of a game at their own minute of every day."""
    posts = crowd(rng, accounts=500, tags=300)
    for number in range(60):
        minute = rng.normal(8 * HOUR_S, HOUR_S)
        for day in range(DAYS):
            if rng.random() < 0.85:
                posts.append((f"player{number}", day * DAY_S + minute + rng.normal(0, 300), "won #game"))
            posts.append(
                (f"player{number}", float(rng.uniform(0, DAYS * DAY_S)), f"said #tag{rng.integers(300)}")
            )
    return posts


def test_players_of_a_game_are_tied_by_nothing_but_their_habit() -> None:
    """With the habits as evidence the same log ties hundreds of pairs, so that this shows what they do."""
    engine = engine_with(log_of_players(np.random.default_rng(1)))
    assert find(engine, default_nulls())[1] == 0
    engine.make("traces", "SELECT * FROM traces_coded")
    assert find(engine, default_nulls())[1] > 100


def log_of_clubs(rng: np.random.Generator) -> list[Post]:
    """A crowd with its own tags, and clubs of 3 to 15 who post their tag several times a day, at hours of their own."""
    posts = crowd(rng, accounts=2000, tags=2000)
    for club in range(10):
        for member in range(int(rng.integers(3, 16))):
            hour, posts_a_day = rng.uniform(8, 20), rng.uniform(1, 6)
            for day in range(DAYS):
                for _ in range(rng.poisson(posts_a_day)):
                    moment = day * DAY_S + np.clip(rng.normal(hour, 3), 0, 23.9) * HOUR_S
                    posts.append((f"club{club}x{member}", float(moment), f"said #club{club}"))
    return posts


def test_members_of_clubs_are_tied_by_nothing_but_their_tag() -> None:
    engine = engine_with(log_of_clubs(np.random.default_rng(1)))
    assert find(engine, default_nulls())[1] == 0
    engine.make("traces", "SELECT * FROM traces_coded")
    assert find(engine, default_nulls())[1] > 20


def test_a_small_ring_with_one_tag_is_found_among_clubs() -> None:
    rng = np.random.default_rng(2)
    posts = log_of_clubs(rng)
    for day in range(DAYS):
        moment = day * DAY_S + rng.uniform(8, 18) * HOUR_S
        posts += [(f"ring{n}", moment + rng.uniform(0, 600), "rise #push") for n in range(6)]
    engine = engine_with(posts)
    assert find(engine, default_nulls())[1] == 6 * 5 / 2


def test_a_ring_that_gets_another_order_each_day_is_found_as_before() -> None:
    rng = np.random.default_rng(2)
    posts = log_of_players(rng)
    for day in range(DAYS):
        moment = day * DAY_S + rng.uniform(8, 18) * HOUR_S
        posts += [
            (f"ring{n}", moment + rng.uniform(0, 600), f"rise #order{'abcdefghijklmn'[day]}")
            for n in range(40)
        ]
    engine = engine_with(posts)
    assert find(engine, default_nulls())[1] == 40 * 39 / 2


def test_a_log_without_days_that_recur_has_no_habit(tmp_path: Path) -> None:
    row = {"post_id": "p", "account_id": "a", "created_at": START_S, "text": "said", "retweeted_id": "o"}
    with duckdb.connect() as connection:
        read(connection, [write_csv(tmp_path / "log.csv", [row])])
        engine = DuckDBEngine(connection)
        build_traces(engine)
        assert engine.row("SELECT count(*) FROM habits")[0] == 0


def test_what_is_no_evidence_is_told() -> None:
    told, in_all = customs(engine_with([*daily(21, ["goodmorning"])]))
    assert told == [
        {"behaviour": "hashtag", "what": "goodmorning", "accounts": 21, "days": DAYS, "closer": None}
    ]
    assert in_all == 1


def test_how_much_closer_a_customs_accounts_come_on_one_day_than_on_different_days() -> None:
    """Of 20, five each come in four ten minutes of an hour, which is another one on each of four days in turn.

    On one day 40 of 190 pairs meet. Of 120 pairs of 16 days, 24 have the same hour, on which each of 20 meets four
    others: 24 x 80 of 120 x 380 pairs. The shares are 4 / 19 and 4 / 95.
    """
    posts = [
        (f"u{number}", day * DAY_S + (8 + 2 * (day % 4)) * HOUR_S + (number + day) % 4 * 600, "again #theday")
        for number in range(20)
        for day in range(16)
    ]
    ((told,), _) = customs(engine_with([*daily(20, ["own"], days=()), *posts]))
    assert (told["what"], told["accounts"], told["closer"]) == ("theday", 20, 5.0)
