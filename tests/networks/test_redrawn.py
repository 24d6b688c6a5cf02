"""How much of a network's evidence lies in its minutes: what is gone when times are redrawn within the hour."""

import numpy as np
import pytest
from scipy.stats import kstest

from crowds import crowd, popular, ring
from evidence import HOUR, NULLS, START, Traces, engine_with, find, joined
from syncline.networks import minute_share

PEOPLE, DAYS = 600, 14
MEMBERS = PEOPLE + np.arange(8)


def people(rng: np.random.Generator, acts: float = 40) -> Traces:
    """Nobody in company."""
    return crowd(rng, accounts=PEOPLE, acts=acts, days=DAYS, objects_per_day=40)


def planted(seed: int, within_s: int) -> Traces:
    """A ring that passes on thirty things that sixty others pass on too, each time within so many seconds."""
    rng = np.random.default_rng(seed)
    log = people(rng)
    return joined(log, ring(rng, MEMBERS, popular(rng, log, 60, 30), np.arange(DAYS), within_s=within_s))


@pytest.mark.parametrize(("within_s", "least", "most"), [(30, 0.35, 0.9), (3_600, 0.0, 0.25)])
@pytest.mark.parametrize("seed", range(3))
def test_who_meets_in_the_minute_has_its_evidence_there_and_who_meets_in_the_hour_has_not(
    seed: int, within_s: int, least: float, most: float
) -> None:
    found = find(planted(seed, within_s))
    assert found.named == set(MEMBERS.tolist())
    share = minute_share(found.engine, NULLS)
    assert share is not None
    assert least <= share <= most


def test_a_log_without_links_has_no_share() -> None:
    found = find(people(np.random.default_rng(1), acts=8))
    assert found.links == 0
    assert minute_share(found.engine, NULLS) is None


def test_a_time_may_be_redrawn_as_any_of_its_hour() -> None:
    """Also where all of a log is in one second of its hours; what was done, and by whom, stays."""
    log = planted(1, 30)
    engine = engine_with(Traces(log.behaviour, log.object, log.account, log.time_us // HOUR * HOUR + 7))
    engine.run("networks/redrawn_traces.sql", seed=1)
    both = engine.fetch(
        "SELECT t.time_us AS redrawn, c.time_us FROM traces AS t"
        " JOIN traces_coded AS c USING (behaviour, object, account, post)"
    )
    redrawn, time_us = (both.column(name).to_numpy() for name in ("redrawn", "time_us"))
    assert len(redrawn) == engine.row("SELECT count(*) FROM traces_coded")[0] > 2_000
    assert (redrawn // HOUR == time_us // HOUR).all()
    assert kstest((redrawn - START) % HOUR / HOUR, "uniform").pvalue > 0.01
