"""Office hours: an interval of offsets that holds the true one, and nothing said of people who live their lives."""

import json
from typing import Any

import duckdb
import numpy as np
import pytest
from account_tables import account, network, post, put
from scipy.stats import binomtest

from syncline.accounts import hours
from syncline.accounts.findings import ErrorControl, Row, judged
from syncline.accounts.groups import Group, networks
from syncline.accounts.office import BINS, find_break, fit_office
from syncline.accounts.places import offsets, utc
from syncline.engines.duckdb import DuckDBEngine

CONTROL = ErrorControl(0.05)
EXPOSURE = np.full(BINS, 2.0)
HALF_HOUR_US = 1_800_000_000
MONDAY_US = 1_709_510_400_000_000  # 2024-03-04 00:00 UTC
Weeks = np.ndarray


def people(count: int, rng: np.random.Generator, offset: float | None = None) -> Weeks:
    """Accounts that post while awake, evenings most, every day; each in a zone of its own unless one is given."""
    weeks = np.zeros((count, BINS))
    rate = np.repeat(
        [
            0.3,
            0.2,
            0.1,
            0.05,
            0.05,
            0.1,
            0.4,
            0.7,
            0.9,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1.2,
            1.4,
            1.5,
            1.3,
            1,
            0.6,
        ],
        2,
    )
    for row in range(count):
        shift = rng.integers(-20, 24) if offset is None else round(2 * offset)
        rates = np.roll(np.tile(rate, 7), -shift - rng.integers(-3, 4))
        weeks[row] = rng.multinomial(rng.integers(10, 80), rates / rates.sum())
    return weeks


def office(
    count: int,
    rng: np.random.Generator,
    offset: float,
    work: tuple[float, float] = (8, 18),
    lunch: tuple[float, float] | None = (12.5, 13.5),
    off: tuple[int, ...] = (5, 6),
) -> Weeks:
    """Accounts of an office with these hours on its own clock."""
    local = np.arange(48) / 2
    day = ((local >= work[0]) & (local < work[1])).astype(float)
    if lunch:
        day[(local >= lunch[0]) & (local < lunch[1])] *= 0.2
    week = np.concatenate([day * (weekday not in off) for weekday in range(7)]) + 0.01
    rates = np.roll(week, -round(2 * offset))
    return np.stack(
        [rng.multinomial(rng.integers(15, 80), rates / rates.sum()) for _ in range(count)]
    ).astype(float)


def test_the_week_begins_on_monday_at_midnight() -> None:
    """From 00:10 to 01:10 three half hours are covered, once each: in these a post may fall."""
    posts = [post("a", MONDAY_US + minutes * 60_000_000) for minutes in (10, 70)]
    with duckdb.connect() as connection:
        put(connection, posts=posts)
        engine = DuckDBEngine(connection)
        engine.make("account_features", "SELECT 0 AS account_number, 'x' AS platform, 'a' AS account_id")
        week = hours.Week(engine, np.array([0]))
    assert np.flatnonzero(week.exposure).tolist() == [0, 1, 2]
    assert week.exposure.sum() == 3
    assert week.days == 3 / 48
    assert np.flatnonzero(week.of(np.array([0]))).tolist() == [0, 2]


@pytest.mark.parametrize(
    ("offset", "work", "lunch", "off"),
    [
        (1.0, (8, 16), (12, 13), (5, 6)),
        (1.0, (8, 20), (12.5, 13.5), (5, 6)),
        (3.0, (9, 21), (13, 14), (5, 6)),
        (5.5, (10, 19), (13, 14), (6,)),
        (8.0, (8.5, 17.5), (12, 13), (5, 6)),
        (3.5, (8, 17), (12.5, 13.5), (3, 4)),
        (-5.0, (9, 17), (12, 13), (5, 6)),
    ],
)  # fmt: skip
def test_the_interval_holds_the_offset_of_the_office(
    offset: float, work: tuple[float, float], lunch: tuple[float, float], off: tuple[int, ...]
) -> None:
    held = 0
    for seed in range(10):
        rng = np.random.default_rng([seed, round(10 * offset) + 100])
        members = office(20, rng, offset, work, lunch, off)
        fit = fit_office(members, people(100, rng), EXPOSURE, 199, rng)
        noon = find_break(members, fit, rng)
        assert fit.gain > 0
        assert fit.p == 1 / 200
        assert fit.days_off == off
        held += noon is not None and noon.first <= offset <= noon.last and noon.last - noon.first <= 2.5
    assert held >= 9


def test_without_a_break_no_offset_is_given() -> None:
    rng = np.random.default_rng(1)
    members = office(30, rng, 1.0, lunch=None)
    fit = fit_office(members, people(200, rng), EXPOSURE, 199, rng)
    assert fit.gain > 0
    assert find_break(members, fit, rng) is None


@pytest.mark.parametrize("offset", [None, 3.5])
def test_people_keep_no_office_hours_even_in_one_time_zone(offset: float | None) -> None:
    """A diaspora is such a group: one zone, which need not be the place its accounts name."""
    claims = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        fit = fit_office(people(30, rng, offset), people(150, rng), EXPOSURE, 199, rng)
        claims += fit.gain > 0 and fit.p <= CONTROL.level
    assert claims == 0


def test_p_values_are_valid() -> None:
    small = 0
    for seed in range(200):
        rng = np.random.default_rng([7, seed])
        small += fit_office(people(12, rng), people(60, rng), EXPOSURE, 99, rng).p <= 0.05
    assert binomtest(small, 200, 0.05, alternative="greater").pvalue > 0.01


def test_one_account_does_not_make_an_office() -> None:
    rng = np.random.default_rng(3)
    worker = office(1, rng, 1.0) * 100
    fit = fit_office(np.concatenate([worker, people(20, rng)]), people(100, rng), EXPOSURE, 199, rng)
    assert fit.gain < 0


# From posts to a statement.


def rows_of(weeks: Weeks, prefix: str, rng: np.random.Generator, resolution_us: int = 1_000_000) -> list[Any]:
    posts = []
    for row, counts in enumerate(weeks.astype(int)):
        for half_hour in np.repeat(np.arange(BINS), counts):
            time_us = MONDAY_US + int(half_hour) * HALF_HOUR_US + int(rng.integers(1800)) * 1_000_000
            time_us += int(rng.integers(2)) * BINS * HALF_HOUR_US
            posts.append(post(f"{prefix}{row}", time_us // resolution_us * resolution_us, lang="en"))
    return posts


def week_of(group: Group, engine: DuckDBEngine) -> hours.Week:
    numbers = [part.column("account_number").to_numpy() for part in (group.members, group.others)]
    return hours.Week(engine, np.concatenate(numbers))


def said(members: Weeks, others: Weeks, locations: list[str], resolution_us: int = 1_000_000) -> Row:
    rng = np.random.default_rng(1)
    posts = rows_of(members, "m", rng, resolution_us) + rows_of(others, "o", rng, resolution_us)
    names = [f"m{number}" for number in range(len(members))]
    accounts = [account(name, location=place) for name, place in zip(names, locations, strict=False)]
    accounts += [account(name) for name in names[len(locations) :]]
    accounts += [account(f"o{number}") for number in range(len(others))]
    row, members_rows = network(1, names)
    with duckdb.connect() as connection:
        put(connection, posts=posts, accounts=accounts, networks=[row], members=members_rows)
        engine = DuckDBEngine(connection)
        (group,) = networks(engine, 1)
        (finding,) = judged([hours.look(group, CONTROL, week_of(group, engine))], CONTROL)
    return finding


def test_hours_and_the_places_that_do_not_fit_them() -> None:
    rng = np.random.default_rng(2)
    finding = said(
        office(20, rng, 1.0), people(150, rng), ["Tehran, Iran"] * 15 + ["Paris"] * 3 + ["nowhere"]
    )
    numbers = json.loads(finding["numbers"])
    assert finding["applies"]
    assert (
        "fall into 12 hours of the day on 5 days of the week, not on Saturday and Sunday, as in an office"
        in finding["statement"]
    )
    assert "with a break that is at noon if the clock is UTC+0:30 to UTC+1:30." in finding["statement"]
    assert finding["statement"].endswith(
        "15 of 18 accounts that give a known place give one with other hours, most often “Tehran, Iran” "
        "(UTC+3:30 to UTC+4:30)."
    )
    assert numbers["offsets"] == [0.5, 1.5]
    assert "diaspora" in numbers["innocent"]
    assert sum(numbers["week"]) == numbers["posts"]
    assert len(numbers["week"]) == len(numbers["week_of_others"]) == 168
    assert "place" not in finding["statement"].split(".")[0]


def test_places_that_fit_are_not_mentioned() -> None:
    rng = np.random.default_rng(2)
    finding = said(office(20, rng, 1.0), people(150, rng), ["Paris"] * 20)
    assert finding["applies"]
    assert finding["statement"].endswith("UTC+1:30.")


@pytest.mark.parametrize(
    ("members", "each", "said_of"),
    [
        (3, 5, "15 posts by 3 accounts with 5 posts or more, where 200 by 10 are needed."),
        (3, 4, "0 posts by 0 accounts with 5 posts or more, where 200 by 10 are needed."),
        (9, 40, "360 posts by 9 accounts with 5 posts or more, where 200 by 10 are needed."),
        (12, 10, "120 posts by 12 accounts with 5 posts or more, where 200 by 10 are needed."),
    ],
)
def test_too_few_posts_or_accounts_are_said(members: int, each: int, said_of: str) -> None:
    weeks = np.zeros((members, BINS))
    weeks[:, 0], weeks[:, -1] = each - 1, 1
    rng = np.random.default_rng(1)
    finding = said(weeks, people(60, rng), [])
    assert (finding["applies"], finding["statement"]) == (False, f"Insufficient data: {said_of}")


def test_dates_without_times_and_short_logs_are_said() -> None:
    rng = np.random.default_rng(1)
    members, others = office(15, rng, 1.0), people(60, rng)
    assert said(members, others, [], 86_400_000_000)["statement"] == (
        "Insufficient data: of the times of posts only the dates are known."
    )
    with duckdb.connect() as connection:
        row, member_rows = network(1, ["a", "b", "c"])
        put(connection, posts=[post("a", MONDAY_US + 1), post("a", MONDAY_US + 3 * 48 * HALF_HOUR_US)],
            accounts=[account(name) for name in "abc"], networks=[row], members=member_rows)  # fmt: skip
        engine = DuckDBEngine(connection)
        (group,) = networks(engine, 1)
        test = hours.look(group, CONTROL, week_of(group, engine))
    assert (
        test.otherwise
        == "Insufficient data: the log covers 3 days, where a week is needed to see days of rest."
    )


def test_no_office_hours_are_said() -> None:
    rng = np.random.default_rng(4)
    finding = said(people(20, rng), people(100, rng), ["Tehran"] * 20)
    assert not finding["applies"]
    assert finding["statement"].startswith("No office hours: ")


@pytest.mark.parametrize(
    ("location", "expected"),
    [("Tehran", (3.5, 4.5)), ("تهران، ایران", (3.5, 4.5)), ("Lyon, France", (1, 2)), ("LONDON ", (0, 1)),
     ("Brooklyn, NY", (-5, -4)), ("somewhere", None), ("", None), ("中国", (8, 8))],
)  # fmt: skip
def test_offsets_of_places(location: str, expected: tuple[float, float] | None) -> None:
    assert offsets(location) == expected


@pytest.mark.parametrize(
    ("offset", "expected"), [(0, "UTC"), (1, "UTC+1"), (3.5, "UTC+3:30"), (-0.5, "UTC-0:30"), (-11, "UTC-11")]
)
def test_offsets_in_words(offset: float, expected: str) -> None:
    assert utc(offset) == expected
