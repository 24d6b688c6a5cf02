"""Confirmation: a network is judged on days that were not used to find it."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import binom

from crowds import crowd, ring
from evidence import DAY, HOUR, NULLS, START, Ints, Traces, engine_with, find, joined, traces
from syncline import coaction
from syncline.coaction import Nulls, against_chance, judge_listed, reweigh
from syncline.engines.duckdb import DuckDBEngine
from syncline.engines.engine import Engine
from syncline.networks import Checks, checks, confirm

DAYS, PEOPLE, OBJECTS_PER_DAY = 20, 400, 40
MEMBERS = PEOPLE + np.arange(6)


def said(engine: Engine, tested: coaction.Tested, nulls: Nulls = NULLS) -> list[str]:
    """What confirmation says of each network."""
    confirm(engine, Checks(nulls, tested, 0.0))
    rows = engine.fetch("SELECT confirmed FROM confirmations ORDER BY network")
    found: list[str] = rows.column("confirmed").to_pylist()
    return found


def planted(seed: int, days: Ints) -> Traces:
    """A crowd, and a ring that acts as one on these days; each of it acts every day as anybody of the crowd does."""
    rng = np.random.default_rng(seed)
    log = crowd(rng, accounts=PEOPLE, acts=8, days=DAYS, objects_per_day=OBJECTS_PER_DAY)
    rows = rng.integers(0, len(log.object), 60 * MEMBERS.size)
    later = rng.integers(0, HOUR, rows.size)
    as_anybody = traces(log.object[rows], np.repeat(MEMBERS, 60), log.time_us[rows] + later)
    own = OBJECTS_PER_DAY * DAYS + np.arange(30)
    return joined(log, as_anybody, ring(rng, MEMBERS, own, days))


@pytest.mark.parametrize("seed", range(3))
def test_a_ring_that_acts_on_even_and_odd_days_is_confirmed(seed: int) -> None:
    found = find(planted(seed, np.arange(DAYS)))
    assert found.named == set(MEMBERS.tolist())
    assert said(found.engine, found.tested) == ["confirmed"]


@pytest.mark.parametrize("first_day", [0, 1])
@pytest.mark.parametrize("seed", range(3))
def test_a_ring_whose_every_other_day_is_nothing_is_not_confirmed(seed: int, first_day: int) -> None:
    """It is found, and its accounts meet on the other days too: as often as anybody."""
    found = find(planted(seed, np.arange(first_day, DAYS, 2)))
    assert found.named == set(MEMBERS.tolist())
    assert said(found.engine, found.tested) == ["not confirmed"]
    (highest,) = found.engine.row("SELECT max(log_e) FROM held_out")
    assert -math.inf < highest < math.log(1 / NULLS.alpha)


def test_what_chance_made_strongest_on_one_half_is_confirmed_in_at_most_alpha_of_logs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The strongest pair of each half of a crowd; on the half that it was chosen on it would pass in most logs."""
    monkeypatch.setattr(checks, "discover", _strongest)
    nulls = replace(NULLS, windows_us=(HOUR,), alpha=0.2)
    seeds, chosen = 10, []
    passed = 0
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        log = crowd(rng, accounts=150, acts=20, days=8, objects_per_day=40, communities=3)
        busiest = np.sort(np.argsort(-np.bincount(log.account, minlength=150))[:100])
        engine = engine_with(log)
        tested = against_chance(engine, nulls)
        one, other = np.array([*combinations(busiest, 2)]).T
        judge_listed(engine, nulls, tested, pa.table({"account_a": one, "account_b": other}))
        engine.put("memberships", pa.table({"account": busiest, "network": np.ones(busiest.size, np.int64)}))
        passed += said(engine, tested, nulls) == ["confirmed"]
        chosen.append(engine.row("SELECT max(log_e) FROM discoveries")[0])
    assert binom.sf(passed - 1, seeds, nulls.alpha) > 0.01
    assert np.mean(np.array(chosen) >= math.log(1 / nulls.alpha)) > 0.5


def _strongest(engine: Engine, nulls: Nulls, tested: coaction.Tested) -> None:
    met = engine.fetch("SELECT DISTINCT account_a, account_b FROM judged_meetings ORDER BY ALL")
    reweigh(engine, nulls, tested, candidates=met)
    engine.make(
        "discoveries", "SELECT * FROM pair_evidence ORDER BY log_e DESC, account_a, account_b LIMIT 1"
    )


@pytest.mark.parametrize(
    ("log_e", "confirmed"),
    [
        ([3.0], True),
        ([2.99], False),
        ([3.0 + math.log(2), -math.inf], True),  # a link that has nothing on the other days counts 0
        ([2.99 + math.log(2), -math.inf], False),
        ([900.0, -900.0], True),
        ([-900.0], False),
        ([-math.inf], False),
    ],
)
def test_the_mean_of_the_links_must_reach_the_bar(log_e: Sequence[float], confirmed: bool) -> None:
    engine = DuckDBEngine(duckdb.connect())
    others = list(range(1, len(log_e) + 1))
    engine.put("held_out", pa.table({"account_a": [0] * len(log_e), "account_b": others, "log_e": log_e}))
    engine.put("memberships", pa.table({"account": [0, *others], "network": [1] * (1 + len(log_e))}))
    engine.run("networks/confirmations.sql", log_bar=3.0)
    assert engine.fetch("SELECT confirmed FROM confirmations").to_pylist() == [
        {"confirmed": "confirmed" if confirmed else "not confirmed"}
    ]


def test_half_of_the_days_is_half_of_the_meetings_and_of_the_activity() -> None:
    engine = DuckDBEngine(duckdb.connect())
    days = START // DAY + np.arange(5)
    engine.put("whole_meetings", pa.table({"time_a_us": days * DAY + DAY - 1}))
    engine.put("whole_blocks", pa.table({"block": days}))
    for parity in (0, 1):
        checks._take_half(engine, parity)
        expected = days[days % 2 == parity].tolist()
        met = engine.fetch(f"SELECT time_a_us // {DAY} AS day FROM judged_meetings ORDER BY day")
        active = engine.fetch("SELECT block FROM traces_in_blocks ORDER BY block")
        assert met.column("day").to_pylist() == active.column("block").to_pylist() == expected
