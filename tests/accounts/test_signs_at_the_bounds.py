"""The signs at their bounds: what is just enough and what is just too little, in figures that can be worked out."""

from collections import Counter
from itertools import cycle
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from account_tables import account, network, post, put
from scipy import stats

from syncline import schema
from syncline.accounts import (
    across,
    bios,
    creation,
    creation_scan,
    handles,
    hours,
    locations,
    office,
    portraits,
)
from syncline.accounts.comparable import all_strata, comparable_accounts
from syncline.accounts.concentration import Concentration, concentrated, without_repeats
from syncline.accounts.creation_scan import DAY_US, HOUR_US, Batch, find_batches
from syncline.accounts.findings import ErrorControl
from syncline.accounts.groups import Group, networks, of_list
from syncline.accounts.habits import habits
from syncline.accounts.office import Break, Fit
from syncline.accounts.pictures import Picture, same_pictures
from syncline.e_values import log10_of_p
from syncline.engines.duckdb import DuckDBEngine

LEVEL = ErrorControl(0.05).level
RNG = np.random.default_rng


def listed(rows: list[dict[str, Any]], others: int | None = None) -> Group:
    controls = [account(f"o{number}", created_us=number * DAY_US) for number in range(others or 0)]
    return of_list(
        pa.Table.from_pylist(rows, schema=schema.ACCOUNTS),
        None if others is None else pa.Table.from_pylist(controls, schema=schema.ACCOUNTS),
    )


# E-values of p-values.


def test_a_p_value_that_is_on_a_step_has_the_e_value_of_that_step() -> None:
    """k level / (m H) is worth m / (level k), though its last digit may be one too many."""
    for tests in range(1, 120):
        harmonic = sum(1 / k for k in range(1, tests + 1))
        steps = np.arange(1, tests + 1)
        found = log10_of_p(steps * LEVEL / (tests * harmonic), tests, LEVEL)
        assert found == pytest.approx(np.log10(tests / LEVEL) - np.log10(steps), rel=1e-12)


# Features.


@pytest.mark.parametrize(("elsewhere", "found"), [(100, ["a"]), (101, [])])
def test_a_feature_must_be_three_times_as_frequent(elsewhere: int, found: list[str]) -> None:
    """30 of 50 are 60%, 100 of 500 are 20%."""
    members = [{"a"} if n < 30 else set() for n in range(50)]
    others = [{"a"} if n < elsewhere else set() for n in range(500)]
    assert [each.feature for each in concentrated(members, others, 0.05)] == found


@pytest.mark.parametrize(("having", "found"), [(3, ["a"]), (2, [])])
def test_a_feature_of_two_accounts_is_no_pattern(having: int, found: list[str]) -> None:
    """Two of 40, and of nobody else among 4,000, have a p-value of 40 39 / (4040 4039), which would pass."""
    assert LEVEL > 40 * 39 / (4040 * 4039)
    members = [{"a"} if n < having else set() for n in range(40)]
    assert [each.feature for each in concentrated(members, [set()] * 4000, LEVEL)] == found


@pytest.mark.parametrize(("first", "kept"), [(2, ["a"]), (3, ["a", "b"])])
def test_a_feature_on_four_fifths_of_the_same_accounts_is_told_once(first: int, kept: list[str]) -> None:
    """Of the ten accounts of the second feature eight, or seven, have the first as well."""
    found = [
        Concentration("a", list(range(10)), 0, 1e-9),
        Concentration("b", list(range(first, first + 10)), 0, 1e-6),
    ]
    assert [each.feature for each in without_repeats(found)] == kept


def test_what_one_member_does_not_find_is_not_looked_for_twice() -> None:
    """Two members of one kind want 100 each, and five are of that kind: 195 more, and no more, match in less."""
    kinds = [("x", "fa", 1, 1)] * 2 + [("x", "fa", 1, 1)] * 5 + [("x", "fa", 2, 1)] * 1000
    columns = dict(
        zip(("platform", "language", "activity", "age"), map(list, zip(*kinds, strict=True)), strict=True)
    )
    got = comparable_accounts(
        all_strata(pa.table(columns)), np.array([0, 1]), np.ones(len(kinds), np.bool_), RNG(1)
    )
    assert got.matched == {"platform, language, activity, age": 5, "platform, language, age": 195}


@pytest.mark.parametrize(
    ("days", "age"), [(89.99, 0), (90, 1), (365.25, 2), (730.5, 3), (1461, 4), (2922, 5)]
)
def test_bands_of_age_begin_at_their_bounds(days: float, age: int) -> None:
    last = 4000 * DAY_US
    with duckdb.connect() as connection:
        put(
            connection, posts=[post("a", last)], accounts=[account("a", created_us=last - int(days * DAY_US))]
        )
        engine = DuckDBEngine(connection)
        engine.run("accounts/account_features.sql")
        assert engine.row("SELECT age FROM account_features") == (age,)


@pytest.mark.parametrize(("by_tool", "client"), [(3, None), (4, "Tool")])
def test_a_main_client_has_more_than_half_of_the_posts(by_tool: int, client: str | None) -> None:
    said = [post("a", n, client="Tool" if n < by_tool else "Web") for n in range(by_tool)]
    said += [post("a", 10 + n, client=f"Web {n % 2}") for n in range(3)]
    asked = pa.Table.from_pylist([account("a")], schema=schema.ACCOUNTS)
    with duckdb.connect() as connection:
        put(connection, posts=said)
        (clients,) = [each for each in habits(DuckDBEngine(connection), asked) if each.sign == "client"]
    assert clients.known.get(("x", "a")) == ({client} if client else None)


@pytest.mark.parametrize(("members", "others", "enough"), [(5, 30, True), (4, 30, False), (5, 29, False)])
def test_five_are_compared_with_thirty(members: int, others: int, enough: bool) -> None:
    group = listed([account(f"a{n}") for n in range(9)], 40)
    assert (group.cannot_compare(members, others, "bios") == "") is enough


def test_who_is_in_another_network_or_in_a_pair_is_compared_with_nobody() -> None:
    """Network 1 of three, network 2 of four and pair 3, and thirty others: these alone are compared."""
    sizes = {1: 3, 2: 4, 3: 2}
    rows, members = zip(
        *(network(n, [f"n{n}-{m}" for m in range(size)]) for n, size in sizes.items()), strict=True
    )
    rows[2]["kind"] = "pair"
    names = [row["account_id"] for rows_ in members for row in rows_] + [f"o{n}" for n in range(30)]
    with duckdb.connect() as connection:
        put(
            connection,
            accounts=[account(name) for name in names],
            networks=list(rows),
            members=[row for rows_ in members for row in rows_],
        )
        groups = networks(DuckDBEngine(connection), 1)
    assert [group.network_id for group in groups] == [1, 2]
    for group in groups:
        assert sorted(group.others.column("account_id").to_pylist()) == sorted(f"o{n}" for n in range(30))


# Bios, places and portraits.


def test_a_templates_words_are_in_four_fifths_of_its_bios() -> None:
    """ "sea" is in four of five bios, "hill" in three: only the others and "sea" are fixed."""
    said = [("we", "love", "the", "sea", "hill") if n < 3 else ("we", "love", "the", "sea") for n in range(4)]
    said.append(("we", "love", "the"))
    assert bios._template(said) == ["we", "love", "the", "sea", "…"]


def test_a_place_is_held_against_the_whole_log() -> None:
    """Three of ten accounts give it, and none of 58 others: 10 9 8 / (68 67 66) by chance."""
    found, log = Concentration("lyon", [0, 1, 2], 0, 0.001), locations.Elsewhere(Counter(), 58)
    chance = 10 * 9 * 8 / (68 * 67 * 66)
    assert locations._stands_out(found, 10, log, chance * 1.001)
    assert not locations._stands_out(found, 10, log, chance * 0.999)


@pytest.mark.parametrize(("elsewhere", "found"), [(5, 1), (6, 0)])
def test_a_picture_of_more_than_one_in_twenty_others_is_the_platforms_own(elsewhere: int, found: int) -> None:
    rows = [account(f"a{n}", avatar_path="default.png" if n < 15 else f"m{n}") for n in range(20)]
    controls = [account(f"o{n}", avatar_path="default.png" if n < elsewhere else f"o{n}") for n in range(100)]
    both = (pa.Table.from_pylist(each, schema=schema.ACCOUNTS) for each in (rows, controls))
    assert len(portraits.look(of_list(*both), ErrorControl(0.05)).candidates) == found


def test_pictures_of_31_different_bits_are_one_and_of_32_are_two() -> None:
    def hashed(bits: int) -> Picture:
        row = np.packbits(np.arange(256) < bits).view(np.uint64)
        # Turned and mirrored it is like nothing else.
        return Picture(np.stack([row, *[~row] * 7]))

    assert same_pictures([hashed(100), hashed(131), hashed(163)]) == [0, 0, 1]


# Creation times.


def test_from_one_in_twenty_at_midnight_only_dates_are_known() -> None:
    times = np.arange(20) * DAY_US + 61_000_000
    times[0] = 0
    assert creation.resolution_us(times) == DAY_US
    assert creation.resolution_us(np.append(times, 61_000_000)) == 1_000_000


@pytest.mark.parametrize(("most", "claimed"), [(5, True), (6, False)])
def test_what_comparable_accounts_reach_is_no_batch(
    most: int, claimed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = Batch(np.arange(6), HOUR_US, 0, 1, 0.1, 9.0, 0.001, 30)
    monkeypatch.setattr(creation, "find_batches", lambda *_: ([batch], 1.0))
    monkeypatch.setattr(creation, "most_within", lambda *_: most)
    test = creation.look(
        listed([account(f"a{n}", created_us=n * DAY_US) for n in range(9)], 40), ErrorControl(0.05)
    )
    assert bool(test.candidates) is claimed


# Accounts one in 100 days over ten years, far from each other.
SPREAD = np.arange(37) * 100 * DAY_US
# Between two of them.
AT = 1850 * DAY_US


@pytest.mark.parametrize(("size", "found"), [(4, []), (5, [5])])
def test_five_accounts_are_a_batch_and_four_are_none(size: int, found: list[int]) -> None:
    times = np.concatenate([SPREAD, np.full(size, AT)])
    got, _ = find_batches(times, SPREAD[:0], 1, LEVEL, 99, RNG(1))
    assert [each.accounts.size for each in got] == found


def test_the_account_an_hour_later_is_not_within_the_hour() -> None:
    times = np.concatenate([SPREAD, np.full(11, AT), [AT + HOUR_US]])
    (batch,), _ = find_batches(times, SPREAD[:0], 1, LEVEL, 99, RNG(1))
    assert (batch.accounts.size, batch.scale_us, batch.last_us) == (11, HOUR_US, AT)


def test_the_p_value_of_a_batch_without_others_is_that_of_the_binomial() -> None:
    """Six at one moment and eight in the 45 days to either side; the first of the six makes the window.

    An hour is 1/2160 of its surroundings, and ten times that is granted: of 5 + 8 accounts, 5 or more are in the hour
    with the chance of a binomial with rate / (1 + rate), and there are 51 accounts with five windows each.
    """
    around = AT + (np.arange(8) - 3.5) * 10 * DAY_US
    times = np.concatenate([SPREAD, around.astype(np.int64), np.full(6, AT)])
    (batch,), _ = find_batches(times, SPREAD[:0], 1, LEVEL, 99, RNG(1))
    rate = 10 / 2160
    assert (batch.accounts.size, batch.scale_us) == (6, HOUR_US)
    assert batch.p == pytest.approx(stats.binom.sf(4, 13, rate / (1 + rate)) * 51 * 5)


def test_others_in_the_window_raise_what_is_expected_there() -> None:
    """Twelve at one moment, and one of the group within 45 days; of 32 others around, three come in that hour.

    3 / (29 + 1) is more than an hour's share of 90 days, and the group has 1 + 1 around: 0.2 are expected.
    """
    near = AT + (np.arange(29) - 14) * 3 * DAY_US + 7 * HOUR_US
    others = np.concatenate([SPREAD + HOUR_US, SPREAD + 2 * HOUR_US, np.full(3, AT), near])
    times = np.concatenate([SPREAD[::6], np.full(12, AT), [AT + 20 * DAY_US]])
    (batch,), _ = find_batches(times, others, 1, LEVEL, 299, RNG(1))
    assert (batch.accounts.size, batch.scale_us, batch.others_around) == (12, HOUR_US, 32)
    assert batch.expected == pytest.approx(0.2)


@pytest.mark.parametrize(("days", "found"), [(59, 0), (61, 1)])
def test_surroundings_shorter_than_the_window_say_nothing(days: int, found: int) -> None:
    """Twelve accounts in 30 days, never five in a week, and then others alone, until the surroundings are 30 days."""
    times = np.arange(12) * 5 * DAY_US // 2
    others = np.arange(60) * days * DAY_US // 60
    others = np.append(others, days * DAY_US)
    got, _ = find_batches(times, others, 1, 0.05, 499, RNG(1))
    assert len(got) == found


def test_draws_that_score_as_high_count_against_a_batch() -> None:
    null = creation_scan._Null(np.array([1.0, 2.0, 3.0]))
    window: Any = SimpleNamespace(score=2.0)
    assert null.p(window) == 3 / 4


# Handles.


def test_of_handles_that_are_all_alike_none_is_improbable() -> None:
    assert handles._improbable(["river"] * 40) == []


def test_a_handle_is_judged_by_all_the_others() -> None:
    """Of "ab" and "ab" there is one other: each of three letters has (1 + 1) / (1 + 4), as there are four signs."""
    triples = ["^^a", "^ab", "ab$"]
    seen, pairs = (dict.fromkeys(keys, 2) for keys in (triples, ["^^", "^a", "ab"]))
    found = handles._per_letter(triples, Counter(seen), Counter(pairs), 4)
    assert found == pytest.approx(np.log(2 / 5))


# Hours.


@pytest.mark.parametrize(("days", "enough"), [(7.0, True), (6.98, False)])
def test_a_week_is_enough_to_see_days_of_rest(days: float, enough: bool) -> None:
    week: Any = SimpleNamespace(resolution_us=1, days=days)
    counts = np.ones((40, office.BINS))
    assert (hours._insufficient(week, counts, counts) == "") is enough


@pytest.mark.parametrize(
    ("first", "last", "outside"), [(2.0, 3.0, 0), (2.5, 3.5, 1), (0.0, 1.0, 0), (-0.5, 0.5, 1)]
)
def test_a_place_fits_whose_offsets_touch_those_of_the_break(first: float, last: float, outside: int) -> None:
    """Paris is at UTC+1 in winter and UTC+2 in summer."""
    group = listed([account("a", location="Paris")])
    claims = hours._claims(group, [0], Break(12.5, 0.5, first, last))
    assert (claims["known"], claims["outside"]) == (1, outside)


def breaks(monkeypatch: pytest.MonkeyPatch, whole: float, *drawn: float, depth: float = 0.5) -> Break | None:
    """What is said of an office at UTC whose break is at `whole`, and in draws of its accounts at `drawn` in turn."""
    found = iter([(whole, depth), *((at, depth) for at, _ in zip(cycle(drawn), range(500), strict=False))])
    monkeypatch.setattr(office, "_deepest", lambda counts: next(found))
    return office.find_break(np.ones((3, office.BINS)), Fit(1.0, 0.001, 0.0, (5, 6)), RNG(1))


def test_the_offsets_of_a_break_are_rounded_outwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noon is from 12.5 to 13.5: with a break at 12.5, in draws at 12.6, offsets are -0.1 to 1."""
    assert breaks(monkeypatch, 12.5, 12.6) == Break(12.5, 0.5, -0.5, 1.0)
    # With one at 12.5, in draws at 12.4, they are 0 to 1.1.
    assert breaks(monkeypatch, 12.5, 12.4) == Break(12.5, 0.5, 0.0, 1.5)


def test_a_break_whose_time_or_depth_is_unsure_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert breaks(monkeypatch, 12.5, 11.0, 14.0) is not None
    assert breaks(monkeypatch, 12.5, 11.0, 14.1) is None
    assert breaks(monkeypatch, 12.5, 12.5, depth=0.25) is not None
    assert breaks(monkeypatch, 12.5, 12.5, depth=0.24) is None


def test_the_beginning_of_work_is_no_break() -> None:
    assert office._deepest(np.repeat([0.0, 10.0], [26, 22])) == (13.0, 0.0)
    day = np.full(48, 10.0)
    day[24:26] = 2
    # Four posts in the hour from 12 to 13, beside twenty before and after.
    assert office._deepest(day) == (12.5, 0.8)


# Across platforms.


def linked(
    ours: range,
    theirs: range,
    bearers: int = 1,
    lag_us: int = 60_000_000,
    words: str = "on the river bridge of word",
) -> list[across.Link]:
    """Of 100 accounts on either platform one is called fox and posts these texts; so many of x are called so."""
    accounts = [account(f"{p}{n}", platform=p, username=f"{p}name{n}") for p in "xy" for n in range(100)]
    for place in (*range(bearers), 100):
        accounts[place]["username"] = "fox"
    posts = [
        post(f"{p}0", at + n * 10 * HOUR_US, text=f"{words}{n}x", platform=p) | {"post_id": f"{p}{n}"}
        for p, numbers, at in (("x", ours, 0), ("y", theirs, lag_us))
        for n in numbers
    ]
    with duckdb.connect() as connection:
        put(connection, accounts=accounts, posts=posts)
        return across.find_links(DuckDBEngine(connection), LEVEL)


def calibrated(p: float) -> float:
    return float((1 - p + p * np.log(p)) / (p * np.log(p) ** 2))


def test_the_evidence_of_a_link_is_that_of_its_name_times_that_of_its_texts() -> None:
    """One of 100 is called so on either platform, and no portrait is shared, which says 1.

    The first has 26 texts, each posted by one of the 100 over there: 0.26 would meet by chance; the other way 0.12.
    Twelve met: the larger p-value counts.
    """
    (link,) = linked(range(26), range(12))
    name, texts = (calibrated(0.01) + 1) / 2, calibrated(float(stats.poisson.sf(11, 0.26)))
    assert link.log10_e == pytest.approx(np.log10(name * texts))


def test_the_platform_on_which_more_have_the_name_counts() -> None:
    (link,) = linked(range(9), range(9), bearers=2)
    name, texts = (calibrated(0.02) + 1) / 2, calibrated(float(stats.poisson.sf(8, 0.09)))
    assert link.log10_e == pytest.approx(np.log10(name * texts))


def test_a_name_that_three_of_one_platform_have_ties_nobody() -> None:
    assert linked(range(9), range(9), bearers=3) == []


@pytest.mark.parametrize(
    ("lag_us", "links"), [(HOUR_US, 1), (HOUR_US + 1, 0), (-HOUR_US, 1), (-HOUR_US - 1, 0)]
)
def test_an_hour_is_the_most_that_lies_between(lag_us: int, links: int) -> None:
    assert len(linked(range(9), range(9), lag_us=lag_us)) == links


@pytest.mark.parametrize(("words", "links"), [("the river bridge of ", 1), ("the river bridge ", 0)])
def test_texts_of_five_words_count_and_of_four_do_not(words: str, links: int) -> None:
    assert len(linked(range(9), range(9), words=words)) == links
