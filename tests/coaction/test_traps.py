"""The traps that earlier versions of the method fell into. Each log is shown to be a trap before it is passed."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from crowds import crowd, passing_crowd, popular, ring
from evidence import DAY, HOUR, NULLS, SECOND, START, Found, Ints, Traces, engine_with, find, joined, traces
from syncline import coaction
from syncline.coaction import against_chance, against_the_crowd, discover

DAYS = 14
PEOPLE = {
    "taste": {"accounts": 3000, "acts": 20, "objects_per_day": 300, "communities": 12},
    "quiet": {"accounts": 3000, "acts": 4, "objects_per_day": 200, "communities": 1},
}
FOUND = 0.9
ONE_BLOCK = 30_000 * DAY  # from 1970 until after every log here


def planted(people: str, size: int, owned: bool) -> tuple[Traces, set[int]]:
    """A crowd with a ring that acts on twelve objects of its own, or on other people's, on four days.

    On those days a ring of 150 makes a third of a quiet log.
    """
    rng = np.random.default_rng(1)
    log = crowd(rng, days=DAYS, **PEOPLE[people])
    members = PEOPLE[people]["accounts"] + np.arange(size)
    own = PEOPLE[people]["objects_per_day"] * DAYS + np.arange(12)
    objects = own if owned else popular(rng, log, 5, 12)
    together = ring(rng, members, objects, rng.choice(DAYS, 4, replace=False))
    return joined(log, together), set(members.tolist())


def judged(log: Traces, *, crowd_is_everybody: bool = False, block_us: int = DAY) -> Found:
    """The method without one of its precautions, which shows what that precaution is for."""
    engine = engine_with(log)
    tested = against_chance(engine, NULLS)
    if crowd_is_everybody:
        engine.connection.execute("DELETE FROM suspects")
    against_the_crowd(engine, NULLS, tested, block_us=block_us)
    return Found(engine, tested, discover(engine, NULLS, tested))


@pytest.mark.parametrize("owned", [True, False], ids=["own objects", "others' objects"])
@pytest.mark.parametrize("size", [20, 150])
@pytest.mark.parametrize("people", PEOPLE)
def test_a_ring_is_found_although_it_explains_itself(people: str, size: int, owned: bool) -> None:
    log, members = planted(people, size, owned)
    assert judged(log, crowd_is_everybody=True).links == 0
    found = find(log)
    assert len(found.named & members) >= FOUND * size
    assert not found.named - members


def test_a_ring_is_found_that_makes_half_of_its_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight accounts, each a hundred times as busy as the others."""
    rng = np.random.default_rng(1)
    log = crowd(rng, accounts=800, acts=5, days=DAYS, objects_per_day=70)
    members = 800 + np.arange(8)
    together = ring(rng, members, 70 * DAYS + np.arange(600), np.arange(DAYS))
    assert 0.4 < len(together.object) / len(log.object) < 1.1
    assert find(joined(log, together)).named == set(members.tolist())
    monkeypatch.setitem(coaction.CONSTANTS, "theta_least_weight", 1e-300)
    assert not find(joined(log, together)).named


@pytest.fixture
def nobody_excused(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The first pass without its look at weeks."""
    with monkeypatch.context() as context:
        context.setattr(coaction, "_excuse", lambda *_: None)
        yield context


@pytest.mark.parametrize("seed", [1, 2])
def test_accounts_that_only_live_in_the_same_weeks_are_not_named(
    seed: int, nobody_excused: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(seed)
    log = passing_crowd(rng, accounts=1500, acts=20, days=182, stay=14, objects_per_day=10)
    assert judged(log, block_us=ONE_BLOCK).links > 30
    assert find(log).links == 0
    nobody_excused.undo()
    assert find(log).links == 0


def test_accounts_of_a_year_of_short_stays_are_not_named(nobody_excused: pytest.MonkeyPatch) -> None:
    """Nearly everybody is suspect by chance over the whole year, and who is left knows too little of a day's news."""
    rng = np.random.default_rng(1)
    log = passing_crowd(rng, accounts=1500, acts=60, days=364, stay=14, objects_per_day=20)
    assert len(find(log).named) > 1000
    nobody_excused.undo()
    assert not find(log).named


@pytest.mark.parametrize(("acts", "standing", "left"), [(60, 10, 20), (60, 9, 9), (3, 9, 20), (3, 0, 20)])
def test_the_weeks_excuse_where_they_clear_most_of_many_suspects(
    acts: int, standing: int, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ring of twenty is the suspects; it makes much or little of its log, and within weeks so many of it stand."""
    rng = np.random.default_rng(1)
    log = crowd(rng, accounts=800, acts=5, days=DAYS, objects_per_day=70)
    members = 800 + np.arange(20)
    own = 70 * DAYS + np.arange(acts)
    together = joined(log, ring(rng, members, own, np.arange(DAYS), share=1.0))
    monkeypatch.setattr(coaction, "against_the_crowd", _standing(members[:standing]))
    engine = engine_with(together)
    against_chance(engine, NULLS)
    suspects = engine.fetch("SELECT account FROM suspects ORDER BY account").column("account").to_pylist()
    assert suspects == members[:left].tolist()
    met = engine.fetch("SELECT account_a FROM judged_meetings UNION SELECT account_b FROM judged_meetings")
    assert sorted(met.column("account_a").to_pylist()) == suspects


def _standing(accounts: Ints) -> Callable[..., None]:
    """A second pass whose evidence is strong between these accounts, and nowhere else."""
    frame = {
        "account_a": np.repeat(accounts[:1], max(len(accounts) - 1, 0)),
        "account_b": accounts[1:],
        "log_e": np.full(max(len(accounts) - 1, 0), 100.0),
        "log_p": np.full(max(len(accounts) - 1, 0), -100.0),
        "objects": np.full(max(len(accounts) - 1, 0), 9),
    }
    return lambda engine, *_, **__: engine.put("pair_evidence", pa.table(frame))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_ring_that_makes_most_of_one_week_is_not_excused_by_it(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty accounts act on forty things of their own within one of sixteen weeks."""
    rng = np.random.default_rng(seed)
    log = crowd(rng, accounts=600, acts=16, days=112, objects_per_day=20)
    members = 600 + np.arange(60)
    together = joined(log, ring(rng, members, 20 * 112 + np.arange(40), np.arange(49, 56)))
    assert find(together).named == set(members.tolist())
    monkeypatch.setattr(coaction, "_WEEKS_US", 7 * DAY)
    assert not find(together).named


@pytest.mark.parametrize("seed", [1, 2])
def test_people_who_are_always_early_are_not_named(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(seed)
    log = crowd(rng, accounts=1500, acts=40, days=DAYS, objects_per_day=50, eager=60)
    found = find(log)
    assert found.links <= 2
    assert not found.named
    know = coaction._know
    monkeypatch.setattr(coaction, "_know", lambda engine, nulls, habits: know(engine, nulls, habits=False))
    assert find(log).links > 10


def test_two_posts_that_carry_the_same_three_hashtags_are_no_link() -> None:
    for seed in range(6):
        rng = np.random.default_rng(seed)
        log = crowd(rng, accounts=500, acts=6, days=10, objects_per_day=40)
        times = np.bincount(log.object)
        tags = rng.choice(np.flatnonzero((times >= 10) & (times <= 30)), 3, replace=False)
        noon = START + 3 * DAY + 12 * HOUR
        people, moments = np.array([500, 501]), np.array([noon, noon + 27 * SECOND])
        once = traces(np.tile(tags, 2), np.repeat(people, 3), np.repeat(moments, 3))
        elsewhere = traces(
            rng.choice(log.object, 8), np.repeat(people, 4), START + rng.integers(0, 10 * DAY, 8)
        )
        assert find(joined(_all_on_one_day(rng, log, tags), once, elsewhere)).links == 0


def _all_on_one_day(rng: np.random.Generator, log: Traces, objects: Ints) -> Traces:
    """The log with all acts on `objects` spread over the waking hours of its fourth day."""
    time_us = log.time_us.copy()
    theirs = np.isin(log.object, objects)
    time_us[theirs] = START + 3 * DAY + rng.integers(6 * HOUR, 22 * HOUR, theirs.sum())
    return replace(log, time_us=time_us)
