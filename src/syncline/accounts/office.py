"""Does a group of accounts keep the hours of an office, and where on the clock does its noon lie?

Two models of an account's week are compared by their likelihood. In the *office* it posts on working days from
about 8 to 20, less at noon, and hardly ever else; the offset from UTC and the days off are those of the whole
group. In *ordinary life* it posts every day, less at night; each account has an offset of its own. A group keeps
office hours if the office fits it better although ordinary life may be fitted to each account, and if single
accounts fit an office better than comparable accounts do (a permutation test over accounts, so that one time
zone or one language shared by a group is no evidence).

The break at noon then tells the offset: it lies between 12 and 14 on an office's own clock (the platform that
found the Albanian network of 2021 by its "Central European working day with a lunch dip" argued so). The
interval of offsets is that of a bootstrap over accounts.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

BINS = 336  # half hours of a week, from Monday 00:00 UTC
_DAY = 48

#: Half hours from UTC that are tried, -12 to +14 hours.
OFFSETS = np.arange(-24, 29)
#: Days without work, Monday is 0.
DAYS_OFF = ((5, 6), (4, 5), (3, 4), (4,), (6,), ())

# Relative rates by local hour. Office: work from 8 to 20, which holds two shifts, and the break at noon.
_OFFICE = [0.03] * 7 + [0.15, 0.8, 1, 1, 1, 0.6, 0.6, 1, 1, 1, 1, 0.8, 0.8, 0.2, 0.1, 0.05, 0.03]
_OFF = 0.03
# Ordinary life: the night trough and the evening peak of Golder and Macy (2011), the same every day.
_LIFE = (
    [0.5, 0.3, 0.2, 0.12, 0.1, 0.15, 0.35, 0.6, 0.8, 0.9, 0.95, 1] + [1] * 6 + [1.1, 1.2, 1.25, 1.2, 1, 0.75]
)

# An account counts for so many posts at most, so that no single one decides.
_MOST_POSTS = 50
_BOOTSTRAPS = 500
# The break's middle on an office's own clock, hours.
_NOON = (12.5, 13.5)
_DEEP = 0.25  # share of posts that a break takes away at least, in 97.5% of bootstraps
_SCATTER_H = 3.0
_ENOUGH_EXCEEDANCES = 20


@dataclass(frozen=True)
class Fit:
    """How well an office fits a group: `gain` in natural log units over ordinary life, and its p-value.

    `offset` in hours from UTC; `days_off` are weekdays, Monday 0.
    """

    gain: float
    p: float
    offset: float
    days_off: tuple[int, ...]


@dataclass(frozen=True)
class Break:
    """The break at noon: its middle in hours UTC, the share of posts it takes, and the offsets that fit.

    `first` to `last` are hours from UTC, rounded outwards to half hours.
    """

    middle: float
    depth: float
    first: float
    last: float


def fit_office(
    members: Floats, others: Floats, exposure: Floats, draws: int, rng: np.random.Generator
) -> Fit:
    """Fit an office to the group; rows are accounts, columns the posts in the 336 half hours of a UTC week.

    `exposure` counts how often each half hour lies in the log.
    """
    both = _capped(np.concatenate([members, others]))
    offices, lives = _rates(exposure.tobytes())
    office = both @ offices
    life = (both @ lives).max(axis=1)
    own = np.arange(both.shape[0]) < members.shape[0]
    together = office[own].sum(axis=0)
    best = int(np.argmax(together))
    gain = float(together[best] - life[own].sum())
    p = _permuted(office.max(axis=1) - life, int(own.sum()), draws, rng)
    return Fit(gain, p, float(OFFSETS[best // len(DAYS_OFF)]) / 2, DAYS_OFF[best % len(DAYS_OFF)])


def find_break(members: Floats, fit: Fit, rng: np.random.Generator) -> Break | None:
    """The break at noon of a group that keeps office hours; None where none stands out or its time is unsure."""
    # Days at half hours of the day; the days off are the office's own.
    days = np.roll(_capped(members), round(fit.offset * 2), axis=1).reshape(-1, 7, _DAY)
    working = [day for day in range(7) if day not in fit.days_off]
    counts = days[:, working].sum(axis=1)
    middle, depth = _deepest(counts.sum(axis=0))
    middles, depths = [], []
    for _ in range(_BOOTSTRAPS):
        drawn = counts[rng.integers(0, counts.shape[0], counts.shape[0])].sum(axis=0)
        at, deep = _deepest(drawn)
        middles.append(at)
        depths.append(deep)
    low, high = np.quantile(middles, [0.025, 0.975])
    if np.quantile(depths, 0.025) < _DEEP or high - low > _SCATTER_H:
        return None
    first = np.floor(2 * (fit.offset + _NOON[0] - max(high, middle))) / 2
    last = np.ceil(2 * (fit.offset + _NOON[1] - min(low, middle))) / 2
    return Break(float((middle - fit.offset) % 24), depth, float(first), float(last))


def _deepest(counts: Floats) -> tuple[float, float]:
    """Middle (hour) and depth (share) of the hour that stands lowest between the hours before and after it.

    Only breaks near noon of the fitted office are thought of; the deficit's likelihood ratio decides.
    """
    best, found = -1.0, (13.0, 0.0)
    for begin in range(21, 30):
        inside = counts[begin : begin + 2].sum()
        # The lower of both sides: the beginning or the end of work is no break.
        beside = min(counts[begin - 2 : begin].sum(), counts[begin + 2 : begin + 4].sum())
        if beside <= inside:
            continue
        score = beside - inside + (inside * np.log(inside / beside) if inside else 0.0)
        if score > best:
            best, found = score, (begin / 2 + 0.5, float(1 - inside / beside))
    return found


def office_share(members: Floats, fit: Fit) -> float:
    """The share of posts from 8 to 20 on working days of the fitted office."""
    week = np.roll(members.sum(axis=0), round(fit.offset * 2)).reshape(7, _DAY)
    working = [day for day in range(7) if day not in fit.days_off]
    return float(week[working, 16:40].sum() / max(week.sum(), 1))


def _permuted(scores: Floats, size: int, draws: int, rng: np.random.Generator) -> float:
    """P(the mean of `size` scores is as high as that of the first ones), scores dealt at random."""
    observed = scores[:size].sum()
    done = exceeding = 0
    while done < draws and exceeding < _ENOUGH_EXCEEDANCES:
        done += 1
        exceeding += bool(rng.permutation(scores)[:size].sum() >= observed - 1e-9)
    return (1 + exceeding) / (1 + done)


def _capped(counts: Floats) -> Floats:
    totals = counts.sum(axis=1, keepdims=True)
    capped: Floats = counts * np.minimum(1.0, _MOST_POSTS / np.maximum(totals, 1))
    return capped


@lru_cache(maxsize=4)
def _rates(exposure: bytes) -> tuple[Floats, Floats]:
    """Log probabilities of the half hours, a column for each office (offset, days off) and each ordinary life."""
    known = np.frombuffer(exposure)
    offices = [
        _log_shares(np.array([_OFFICE if day not in off else [_OFF] * 24 for day in range(7)]), offset, known)
        for offset in OFFSETS.tolist()
        for off in DAYS_OFF
    ]
    lives = [_log_shares(np.array([_LIFE] * 7), offset, known) for offset in range(_DAY)]
    return np.stack(offices, axis=1), np.stack(lives, axis=1)


def _log_shares(week: Floats, offset: int, exposure: Floats) -> Floats:
    """Log probability of each UTC half hour, where `week` holds rates by local hour."""
    rates = np.roll(np.repeat(week.ravel(), 2), -offset) * exposure
    shares: Floats = np.log(np.maximum(rates / rates.sum(), 1e-9))
    return shares
