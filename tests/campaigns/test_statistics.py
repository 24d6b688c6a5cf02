"""The room's statistics against what they stand for."""

import numpy as np
import pytest
from scipy import stats

from syncline.campaigns.statistics import log10_e_of, log_odds, log_tail


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
