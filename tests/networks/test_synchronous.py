"""Groups in the same second: found where a set comes together again and again, and nowhere else."""

import math
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import binom

from evidence import DAY, HOUR, NULLS, SECOND, START, Ints, Traces, engine_with, find, joined, traces
from syncline.coaction import Nulls
from syncline.engines.duckdb import DuckDBEngine
from syncline.networks import find_synchronous_groups, permuted_copy, write_synchronous
from syncline.networks.synchronous import _tied, log_chance

PEOPLE, RING = 3_000, 30


def popular(
    rng: np.random.Generator, objects: int, *, each: int = 400, quick: int = 0, at_once: float = 0.0
) -> Traces:
    """What many pass on, one object every five days; some of it at once.

    The first `quick` accounts act on everything within seconds of its appearance. A share `at_once` of everybody has
    the time of four others, as a collector's rounding makes it.
    """
    parts = []
    for number in range(objects):
        who = np.union1d(rng.choice(PEOPLE, each, replace=False), np.arange(quick))
        delay = rng.lognormal(np.log(HOUR / 2), 1.5, who.size)
        delay[:quick] = rng.exponential(8 * SECOND, quick)
        alike = rng.choice(who.size, int(who.size * at_once) // 5 * 5, replace=False).reshape(-1, 5)
        delay[alike] = delay[alike[:, :1]]
        born = START + 5 * number * DAY + 12 * HOUR
        parts.append(traces(np.full(who.size, number), who, born + delay.astype(np.int64)))
    return joined(*parts)


def together(objects: Ints, accounts: Ints, *, apart_us: int = 5 * DAY) -> Traces:
    """Accounts that act on each of `objects` in one second, twenty minutes after it appeared."""
    at = START + objects * apart_us + 12 * HOUR + 20 * 60 * SECOND
    return traces(
        np.repeat(objects, accounts.size), np.tile(accounts, objects.size), np.repeat(at, accounts.size)
    )


MEMBERS = PEOPLE + np.arange(RING)


def groups(log: Traces | DuckDBEngine, nulls: Nulls = NULLS) -> list[set[int]]:
    """The accounts of each group found, the largest first."""
    engine = engine_with(log) if isinstance(log, Traces) else log
    count = find_synchronous_groups(engine, nulls)
    found: dict[int, set[int]] = {}
    for row in engine.fetch("SELECT group_number, account FROM synchronous_acts").to_pylist():
        found.setdefault(row["group_number"], set()).add(row["account"])
    sets = sorted((group for group in found.values() if len(group) >= 5), key=len, reverse=True)
    assert len(sets) == count
    return sets


@pytest.mark.parametrize("seed", range(5))
def test_a_set_in_the_second_on_three_popular_objects_is_found(seed: int) -> None:
    rng = np.random.default_rng(seed)
    log = joined(popular(rng, 8, quick=40, at_once=0.1), together(np.array([1, 4, 6]), MEMBERS))
    (group,) = groups(log)
    assert set(MEMBERS.tolist()) <= group
    assert len(group - set(MEMBERS.tolist())) <= 1


def test_it_names_nobody_and_makes_no_link() -> None:
    rng = np.random.default_rng(1)
    log = joined(popular(rng, 8), together(np.array([1, 4, 6]), MEMBERS))
    found = find(log)
    assert groups(found.engine)
    assert not found.named & set(MEMBERS.tolist())


def test_people_who_are_quick_alike_and_times_that_coincide_are_no_group() -> None:
    """Over many logs, the share in which a group is found is not above alpha."""
    seeds = 100
    found = sum(
        bool(groups(popular(np.random.default_rng(seed), 12, each=100, quick=100, at_once=0.1)))
        for seed in range(seeds)
    )
    assert binom.sf(found - 1, seeds, NULLS.alpha) > 0.01


def test_moments_of_quick_people_are_there_to_be_tied() -> None:
    """The test above could not fail if nobody were ever in the same second."""
    engine = engine_with(popular(np.random.default_rng(0), 12, each=100, quick=100, at_once=0.1))
    groups(engine)
    engine.run("networks/moment_acts.sql")
    assert engine.row("SELECT count(DISTINCT moment) FROM moment_acts WHERE account < 100")[0] > 40


@pytest.mark.parametrize(
    ("objects", "apart_us"),
    [([1, 4], 5 * DAY), ([1, 4, 6], 10 * 60 * SECOND)],
    ids=["two objects", "one occasion"],
)
def test_what_is_too_little(objects: list[int], apart_us: int) -> None:
    rng = np.random.default_rng(2)
    shared = together(np.array(objects), MEMBERS, apart_us=apart_us)
    crowd = popular(rng, 8)
    moved = traces(crowd.object, crowd.account, crowd.time_us - crowd.object * (5 * DAY - apart_us))
    assert groups(joined(moved, shared)) == []


def test_who_was_there_twice_is_not_of_the_group() -> None:
    rng = np.random.default_rng(3)
    twice = PEOPLE + RING
    log = joined(
        popular(rng, 8),
        together(np.array([1, 4, 6]), MEMBERS),
        together(np.array([1, 4]), np.array([twice])),
    )
    (group,) = groups(log)
    assert twice not in group


def test_a_crowd_in_one_second_is_no_moment() -> None:
    """Whoever comes in that hour comes in that second: nothing is left to compare with."""
    everyone = together(np.array([1, 4, 6]), np.arange(500))
    assert groups(everyone) == []


def test_a_clock_coarser_than_a_second_shows_nothing() -> None:
    rng = np.random.default_rng(4)
    log = joined(popular(rng, 8), together(np.array([1, 4, 6]), MEMBERS))
    coarse = Nulls(NULLS.windows_us, NULLS.alpha, NULLS.alpha_suspects, NULLS.seed, resolution_us=60 * SECOND)
    assert groups(log, coarse) == []


def test_a_copy_without_company_has_no_group() -> None:
    rng = np.random.default_rng(5)
    engine = engine_with(joined(popular(rng, 8), together(np.array([1, 4, 6]), MEMBERS)))
    assert [permuted_copy(engine, NULLS, copy).synchronous_groups for copy in range(1, 6)] == [0] * 5


def test_accounts_with_thousands_of_moments_cost_no_more_than_their_number() -> None:
    rng = np.random.default_rng(6)
    many = np.arange(2_000)
    crowd = traces(
        np.repeat(many, 20),
        rng.integers(0, PEOPLE, 20 * many.size),
        START + 12 * HOUR + np.repeat(many, 20) * 2 * HOUR + rng.integers(0, HOUR, 20 * many.size),
    )
    engine = engine_with(joined(crowd, together(many, MEMBERS, apart_us=2 * HOUR)))
    assert groups(engine)[0] >= set(MEMBERS.tolist())
    find_synchronous_groups(engine, NULLS)
    engine.run("networks/moment_acts.sql")
    assert engine.row("SELECT count(*) FROM moment_acts")[0] >= many.size * RING


def in_one_second(sets: Sequence[Ints], hour: int = 0) -> Traces:
    """Each set in a second of its own five days, on an object of its own, on which `hour` others act in that hour."""
    parts = []
    for number, accounts in enumerate(sets):
        at = START + 5 * number * DAY + 12 * HOUR
        others = 100_000 + np.arange(hour)
        parts += [
            traces(np.full(accounts.size, number), accounts, np.full(accounts.size, at)),
            traces(
                np.full(hour, number),
                others,
                at + SECOND + np.arange(hour) * (50 * 60 * SECOND // max(hour, 1)),
            ),
        ]
    return joined(*parts)


@pytest.mark.parametrize(("strangers", "found"), [((8, 8, 8), True), ((9, 9, 9), False), ((0, 9, 0), False)])
def test_a_set_that_is_less_than_half_of_a_moment_is_not_tied_to_it(
    strangers: Sequence[int], found: bool
) -> None:
    core = np.arange(8)
    sets = [np.append(core, 1_000 * place + np.arange(more)) for place, more in enumerate(strangers, start=1)]
    assert groups(in_one_second(sets, hour=150)) == ([set(core.tolist())] if found else [])


@pytest.mark.parametrize(("hour", "found"), [(152, True), (153, False)])
def test_in_a_crowded_hour_few_in_one_second_are_no_moment(hour: int, found: bool) -> None:
    """Eight are a twentieth of 160."""
    assert groups(in_one_second([np.arange(8)] * 3, hour)) == ([set(range(8))] if found else [])


def test_between_their_moments_accounts_may_be_in_others() -> None:
    """Before and after each moment of the ring, four of it each are in one with six strangers."""
    ring = np.arange(28)
    elsewhere = [
        np.concatenate([ring[at : at + 4], 1_000 * (at + 1) + np.arange(6)]) for at in range(0, 28, 4)
    ]
    assert groups(in_one_second([*elsewhere, ring, *elsewhere, ring, *elsewhere, ring], hour=150))[0] == set(
        range(28)
    )


def tied(*pairs: tuple[int, int, int, int, int], moments: int = 2) -> int:
    """How many moments are tied, of pairs with shared, accounts_a, accounts_b, around_a and around_b."""
    names = ("shared", "accounts_a", "accounts_b", "around_a", "around_b")
    columns = {name: [pair[place] for pair in pairs] for place, name in enumerate(names)}
    firsts = [2 * number for number in range(len(pairs))]
    table = pa.table({"moment_a": firsts, "moment_b": [first + 1 for first in firsts], **columns})
    return int(_tied(table, moments, NULLS.alpha).num_rows)


def test_the_more_moments_there_are_the_less_likely_a_tie_must_be() -> None:
    """Four of five in common, of forty in the hour."""
    (log_p,) = log_chance(*(np.array([n]) for n in (4, 40, 5, 5)))
    pair = (4, 5, 5, 40, 40)
    enough = math.floor(0.5 + math.sqrt(0.25 + 2 * NULLS.alpha / math.exp(log_p)))
    assert tied(pair, moments=enough) == 2
    assert tied(pair, moments=enough + 1) == 0


def test_moments_whose_accounts_are_drawn_from_their_hours_are_tied_in_at_most_alpha_of_logs() -> None:
    """Every pair of moments, though it shares fewer than a pair needs: the level is that of the test alone."""
    seeds, moments, around, accounts = 200, 40, 60, 6
    a, b = np.triu_indices(moments, 1)
    hits = 0
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        here = rng.permuted(np.tile(np.arange(around) < accounts, (moments, 1)), axis=1).astype(int)
        shared = (here @ here.T)[a, b]
        pairs = [(int(one), accounts, accounts, around, around) for one in np.unique(shared)]
        hits += tied(*pairs, moments=moments) > 0
    assert binom.sf(hits - 1, seeds, NULLS.alpha) > 0.01


@pytest.mark.parametrize("pair", [(6, 6, 6, 6, 500), (6, 6, 6, 500, 6)])
def test_an_hour_in_which_nobody_else_came_says_nothing_of_either_moment(
    pair: tuple[int, int, int, int, int],
) -> None:
    assert tied(pair) == 0
    assert tied((6, 6, 6, 500, 500)) == 2


@pytest.mark.parametrize(
    ("shared", "around", "accounts", "others"),
    [(5, 40, 9, 12), (9, 40, 9, 12), (28, 200, 33, 45), (5, 8, 8, 8), (2, 60, 20, 20), (1, 9, 4, 5)],
)
def test_the_chance_is_that_of_drawing_without_putting_back(
    shared: int, around: int, accounts: int, others: int
) -> None:
    ways = [
        math.comb(others, x) * math.comb(around - others, accounts - x)
        for x in range(shared, min(accounts, others) + 1)
    ]
    exact = math.log(sum(ways) / math.comb(around, accounts))
    (bound,) = log_chance(*(np.array([n]) for n in (shared, around, accounts, others)))
    assert bound >= exact - 1e-9
    if exact < -5:
        assert bound == pytest.approx(exact, abs=0.1)


def test_more_in_the_other_moment_than_came_in_the_hour_counts_all_of_the_hour() -> None:
    assert log_chance(*(np.array([n]) for n in (5, 20, 5, 60))) == pytest.approx([0.0])


def test_the_table_has_every_act_of_the_group(words_engine: DuckDBEngine) -> None:
    write_synchronous(words_engine)
    rows = words_engine.fetch("SELECT * FROM synchronous").to_pylist()
    assert {row["group_id"] for row in rows} == {1}
    assert len({row["account_id"] for row in rows}) == RING
    assert {row["behaviour"] for row in rows} == {"repost"}
    assert all(row["accounts_in_second"] >= RING and row["log10_p"] < -5 for row in rows)
    assert all(row["accounts_in_second"] <= row["accounts_in_hour"] for row in rows)


@pytest.fixture
def words_engine() -> DuckDBEngine:
    """A log with one group, found, and the tables in which the strings are."""
    rng = np.random.default_rng(7)
    engine = engine_with(joined(popular(rng, 8), together(np.array([1, 4, 6]), MEMBERS)))
    find_synchronous_groups(engine, NULLS)
    engine.make(
        "accounts_coded",
        "SELECT DISTINCT account, 'x' AS platform, account::VARCHAR AS account_id FROM traces",
    )
    engine.make("posts_coded", "SELECT DISTINCT post, 'p' || post AS post_id FROM traces")
    engine.make("objects", "SELECT DISTINCT object, 'o' || object AS key FROM traces")
    engine.make("behaviour_names", "SELECT 0 AS behaviour, 'repost' AS name")
    engine.make("memberships", "SELECT NULL::BIGINT AS account, NULL::BIGINT AS network LIMIT 0")
    return engine
