"""The room's statistics against what they stand for."""

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from scipy import stats

from syncline.campaigns.acts import DAYS, HOURS, WHOLE_LOG
from syncline.campaigns.constants import BLOCKS_A_DAY
from syncline.campaigns.statistics import log10_e_of, log_odds, log_tail
from syncline.engines.duckdb import DuckDBEngine


def one(*values: float) -> list[np.ndarray]:
    return [np.array([value], float) for value in values]


def test_the_tail_is_that_of_a_negative_binomial() -> None:
    own, exposure, others, others_exposure, share, prior = 7, 120.0, 4, 2000.0, 0.001, 10.0
    expected = stats.nbinom.logsf(
        own - 1, prior * share + others, 1 - exposure / (exposure + prior + others_exposure)
    )
    found = log_tail(*one(own, exposure, others, others_exposure, share), prior)[0]
    assert found == pytest.approx(expected, rel=1e-9)


def test_the_tail_never_says_more_than_chance_under_its_own_null() -> None:
    rng = np.random.default_rng(1)
    rate = rng.gamma(0.5 + 10 * 0.002, 1 / (10 + 500), 200_000)
    own = rng.poisson(rate * 100).astype(float)
    # The others' counts are part of the model's prior: here they are half a taker.
    p = np.exp(log_tail(own, np.full_like(own, 100.0), *one(0.5, 500, 0.002), 10.0))
    for level in (0.1, 0.01, 0.001):
        assert np.mean((own > 0) & (p <= level)) <= level * 1.1


def test_an_object_that_only_the_network_uses_is_surprising_and_one_that_all_use_is_not() -> None:
    alone, shared = log_tail(*(np.array(pair, float) for pair in ((12, 12), (200, 200), (0, 180), (3000, 3000))),
                             np.array([0.004, 0.004]), 10.0)  # fmt: skip
    assert alone < np.log(1e-9)
    assert shared > np.log(0.2)


def test_log_odds_are_drawn_to_the_background_where_counts_are_small() -> None:
    strong, strong_error = log_odds(*one(300, 1000, 30, 1000, 0.1), prior=100)
    weak, weak_error = log_odds(*one(3, 10, 0, 10, 0.1), prior=100)
    assert strong[0] == pytest.approx(np.log((310 / 790) / (40 / 1060)))
    assert 0 < weak[0] < 0.4 < strong[0]
    assert weak[0] < 1.96 * weak_error[0]
    assert strong[0] > 1.96 * strong_error[0]


def test_the_calibrator_makes_e_values() -> None:
    """A calibrator integrates to at most one over p in (0, 1)."""
    edges = np.concatenate([[0.0], np.logspace(-40, 0, 4001)])
    middle = (edges[1:] + edges[:-1]) / 2
    total = np.sum(10 ** log10_e_of(np.log(middle)) * np.diff(edges))
    assert total <= 1.0 + 1e-6


def test_a_day_and_its_best_hours_together_say_no_more_than_chance() -> None:
    """Under the null a day's p and that of each of its blocks are even draws; those without takers have none."""
    rng = np.random.default_rng(2)
    days = np.arange(20_000)
    blocks = np.tile(np.arange(BLOCKS_A_DAY), days.size)
    found = asked(
        rows(DAYS, days, np.zeros_like(days), rng.random(days.size)),
        rows(HOURS, np.repeat(days, BLOCKS_A_DAY), blocks, rng.random(blocks.size)),
    )
    p = np.exp(found.column("log_p").to_numpy())
    for level in (0.1, 0.01):
        hits = int(np.sum(p <= level))
        assert stats.binom.sf(hits - 1, days.size, level) > 0.01
        # Nor does it give away much more than two questions in one cost.
        assert hits > 0.8 * level * days.size


def test_the_best_hours_speak_where_the_day_does_not_and_the_whole_log_has_none() -> None:
    at = np.array([0])
    whole, day = rows(WHOLE_LOG, at, at, [1e-3], object_=1), rows(DAYS, at, at, [0.3])
    hours = rows(HOURS, at.repeat(2), [4, 5], [1e-6, 1e-3])
    found = {row["object"]: row for row in asked(whole, day, hours).to_pylist()}
    assert np.exp(found[0]["log_p"]) == pytest.approx(2 * BLOCKS_A_DAY * 1e-6)
    assert np.exp(found[1]["log_p"]) == pytest.approx(1e-3)
    assert (found[0]["busiest_block"], found[1]["busiest_block"]) == (4, None)


def rows(
    scope: int, day: npt.ArrayLike, block: npt.ArrayLike, p: npt.ArrayLike, object_: int = 0
) -> pa.Table:
    """Rows of `campaign_evidence` for one network and one object."""
    size = len(np.asarray(day))
    what = {
        "scope": scope,
        "kind": 0,
        "network_id": 1,
        "object": object_,
        "members": 3,
        "active": 9,
        "crowd": 1,
    }
    columns = {name: np.full(size, value) for name, value in what.items()}
    unused = {name: np.zeros(size) for name in ("expected", "log_odds", "log_odds_error")}
    return pa.table({**columns, **unused, "day": day, "block": block, "log_p": np.log(p)})


def asked(*evidence: pa.Table) -> pa.Table:
    """What is asked of each day, from the evidence of days and hours."""
    engine = DuckDBEngine(duckdb.connect())
    engine.put("campaign_evidence", pa.concat_tables(evidence))
    engine.run("campaigns/asked.sql", blocks=BLOCKS_A_DAY)
    return engine.fetch("SELECT * FROM campaign_asked")
