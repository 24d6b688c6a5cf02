"""E-values: what e-BH keeps, and the e-values of p-values and of places among draws."""

import numpy as np
import pytest

from syncline.e_values import discoveries, log10_bar, log10_of_p


def test_e_bh_keeps_what_stands_together() -> None:
    log10_e = np.log10(np.array([5.0, 400.0, 1.0, 90.0, 200.0]))
    # 100 questions at 0.5: bars 200, 100, 66.7, 50, 40.
    assert discoveries(log10_e, 100, 0.5).tolist() == [False, True, False, True, True]
    assert not discoveries(log10_e, 1000, 0.5).any()
    assert discoveries(np.empty(0), 10, 0.5).size == 0
    assert discoveries(np.array([-np.inf]), 1, 0.5).tolist() == [False]


def test_what_just_reaches_the_bar_is_kept() -> None:
    for tests, kept in ((1, 1), (7, 3), (1000, 1000)):
        bar = log10_bar(tests, 0.005, kept)
        assert discoveries(np.full(kept, bar), tests, 0.005).all()
        assert not discoveries(np.full(kept, bar - 1e-12), tests, 0.005).any()


@pytest.mark.parametrize("tests", [1, 2, 10, 100])
def test_the_mean_of_an_e_value_over_the_places_of_a_score_is_1_at_most(tests: int) -> None:
    """Where the observed score and those of B draws are exchangeable, its place is uniform."""
    for draws in (999, 40_000):
        places = np.arange(1, draws + 2) / (draws + 1)
        assert np.mean(10 ** log10_of_p(places, tests, 0.05)) <= 1 + 1e-12
    # And nearly 1: nothing is given away.
    assert np.mean(10 ** log10_of_p(places, tests, 0.05)) > 0.85


def test_one_question_is_answered_as_by_its_p_value() -> None:
    for alpha in (0.05, 0.005, 0.1 / 3):
        e = log10_of_p(np.array([alpha / 7, alpha, alpha * 1.0001, 1.0]), 1, alpha)
        assert discoveries(e[:1], 1, alpha).all()
        assert (e >= log10_bar(1, alpha, 1)).tolist() == [True, True, False, False]


def test_p_values_pass_together_that_would_not_alone() -> None:
    # H is 1.5: alone a third of the level, together two thirds.
    p = np.array([0.03, 0.02])
    assert discoveries(log10_of_p(p, 2, 0.05), 2, 0.05).all()
    assert not discoveries(log10_of_p(p[1:], 2, 0.05), 2, 0.05).any()
