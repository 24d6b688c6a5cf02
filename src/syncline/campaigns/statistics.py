"""The statistics of the campaigns room: shrunk log-odds, the tail behind them, and the e-values they become."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from syncline.e_values import SMALLEST_P

Floats = NDArray[np.float64]

# Exponent of the calibrator from p-values to e-values, fixed in advance.
_KAPPA = 0.1


def log_odds(
    own: Floats, own_total: Floats, others: Floats, others_total: Floats, share: Floats, prior: float
) -> tuple[Floats, Floats]:
    """Log-odds ratio of two groups' counts under an informative Dirichlet prior, and its standard error.

    Natural logarithm; `share` is the object's share of the background, `prior` the background's weight in
    counts (Monroe, Colaresi & Quinn 2008, "Fightin' Words"). Objects that neither group
    touches often are drawn towards the background, so that rarity alone is no finding.
    """
    weight = prior * share
    first = np.log((own + weight) / (own_total + prior - own - weight))
    second = np.log((others + weight) / (others_total + prior - others - weight))
    return first - second, np.sqrt(1 / (own + weight) + 1 / (others + weight))


def log_tail(
    own: Floats, exposure: Floats, others: Floats, others_exposure: Floats, share: Floats, prior: float
) -> Floats:
    """Natural logarithm of the chance of `own` or more, for a group that does as the others do.

    The others' counts update the prior of `log_odds`, and `own` is held against what that predicts: a Poisson
    count at a rate of Gamma(prior * share + others, prior + others_exposure), so a negative binomial tail. For
    rare objects it is the Dirichlet-multinomial of the log-odds, exact where their normal approximation has no
    power: where the others have no count, which is where a directive is plainest.
    """
    tail = betainc(own, prior * share + others, exposure / (exposure + prior + others_exposure))
    return np.asarray(np.log(np.maximum(tail, SMALLEST_P)))


def log10_e_of(log_p: Floats) -> Floats:
    """log10 of the e-value kappa p^(kappa - 1), kappa 0.1 (Vovk & Wang 2021); `log_p` is a natural logarithm."""
    return np.asarray(np.log10(_KAPPA) + (_KAPPA - 1) * log_p / np.log(10))
