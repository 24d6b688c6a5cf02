"""E-values: evidence that is 1 at most, on average, where nothing is there; and which of many stand.

An e-value of 200 is as rare by chance as one in 200 (Markov's inequality), and averages of e-values are e-values,
however they depend on each other. That is what e-BH (Wang and Ramdas 2022) lives on.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: What a tail is rounded up to, as smaller ones have no logarithm in a computer.
SMALLEST_P = 1e-300


def log10_bar(tests: int, alpha: float, kept: int) -> float:
    """log10 of the e-value that each of `kept` discoveries among `tests` questions must reach."""
    return float(np.log10(tests / alpha) - np.log10(kept))


def discoveries(log10_e: Floats, tests: int, alpha: float) -> NDArray[np.bool_]:
    """Which e-values the e-BH procedure keeps at false discovery rate `alpha` among `tests` questions.

    The largest k such that k e-values are at least tests / (alpha k), whatever their dependence (Wang &
    Ramdas 2022). Questions that were never worth an e-value count among `tests` all the same.
    """
    order = np.argsort(-log10_e, kind="stable")
    bars = np.log10(tests / alpha) - np.log10(np.arange(1, len(order) + 1)) if tests else np.zeros(len(order))
    passing = np.flatnonzero(log10_e[order] >= bars)
    kept = np.zeros(len(order), np.bool_)
    if passing.size:
        kept[order[: passing[-1] + 1]] = True
    return kept


def log10_of_p(p: Floats, tests: int, alpha: float) -> Floats:
    """log10 of the e-value of each p-value: tests / (alpha k) where p <= k alpha / (tests H), for the smallest such k.

    k is 1 to `tests`, H the sum of 1/k; beyond, the e-value is 0. Its mean is at most 1 for any valid p-value, and
    e-BH becomes the procedure of Benjamini and Yekutieli (2001), as Wang & Ramdas (2022) say. Where a score stands at
    place r among itself and B draws, and p is r / (B + 1), this is a soft-rank e-value: each place has a weight, and
    the mean over places is 1 at most. The weights are the steepest of use: an e-value is what k discoveries need
    together, and no more. A single question is answered as by its p-value, and tests H / alpha draws can reach any bar.
    """
    step = alpha / (tests * float(np.sum(1 / np.arange(1, tests + 1))))
    # A hair's breadth for p-values that are on a step, but for the last digit of a float.
    place = np.maximum(np.ceil(p / step * (1 - 1e-9)), 1)
    return np.where(place <= tests, np.log10(tests / alpha) - np.log10(place), -np.inf)
