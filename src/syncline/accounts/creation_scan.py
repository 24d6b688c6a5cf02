"""The scan statistic over creation times: where do more accounts begin than their surroundings explain?

Every window of an hour, six hours, a day, a week and 30 days that begins with an account is scored by
Kulldorff's log likelihood ratio (1997), n ln(n/mu) - (n - mu), where n counts the group's accounts in the
window and mu is what is expected there. No uniform rate over the years is assumed anywhere: the window's own
surroundings (45 days to either side, or 180 days for 30 days) give mu, or the comparable accounts, where more
of them than usual were made in that window, whichever is more. So neither a young group nor a wave of
sign-ups that everybody took part in is a batch.

With comparable accounts, the largest score is held against its own distribution where the group's labels are
dealt out anew among all (exact if group and comparable accounts are exchangeable). Without any, each window is
held against a rate ten times that of its surroundings: given how many accounts lie in both, those inside are
binomial (Przyborowski and Wilenski 1940), and the p-value is Bonferroni's over all windows. Batches are found one
by one; the accounts of one are left out before the next is looked for, so that it hides none.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import bdtrc

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

HOUR_US = 3_600_000_000
DAY_US = 24 * HOUR_US
SCALES_US = (HOUR_US, 6 * HOUR_US, DAY_US, 7 * DAY_US, 30 * DAY_US)

_FEWEST_IN_BATCH = 5
_SURROUNDINGS_US = 45 * DAY_US
_SURROUNDINGS_OF_SCALE = 6
_HALF_YEAR_US = 183 * DAY_US
# A window must exceed its expectation by these factors: organic sign-ups vary from day to day. Where there is
# nobody to compare with, a wave on the whole platform must be thought possible, hence far more.
_FACTOR, _FACTOR_ALONE = 2.0, 10.0
# Draws stop once this many score higher than the group: it says nothing (after Besag and Clifford 1991).
_ENOUGH_EXCEEDANCES = 10
# A shorter window is a batch of its own if it holds this share of a longer one's accounts at so many times
# its rate: a batch made in one sitting is not cut up, nor a month of steady work given for one of its days.
_PART_INSIDE, _RATE_INSIDE = 1 / 3, 8.0
_CELLS = 2_000_000


@dataclass(frozen=True)
class Batch:
    """Accounts made together: `accounts` are places in the array of times that was given.

    `scale_us` is the window's length, `expected` its mu, `p` the p-value of the scan, adjusted for every
    window; `others_around` counts comparable accounts made in the window or its surroundings.
    """

    accounts: Ints
    scale_us: int
    first_us: int
    last_us: int
    expected: float
    score: float
    p: float
    others_around: int


def find_batches(
    times: Ints, others: Ints, resolution_us: int, level: float, draws: int, rng: np.random.Generator
) -> tuple[list[Batch], float]:
    """Find batches among `times` (creation times of the group, microseconds) beside those of `others`.

    Returns the batches whose p-value is at most `level`, the strongest first, and the p-value of the first
    window that is no batch (1 where no window holds five accounts, more than expected).
    """
    left = np.arange(times.size)
    batches: list[Batch] = []
    while True:
        scan, own = _pooled(times[left], others, resolution_us)
        windows = scan.best(own)
        if not windows:
            return batches, 1.0
        highest = max(windows, key=lambda each: each.score)
        p_of = scan.bound if scan.alone else _null(scan, own, highest.score, draws, rng).p
        before = len(batches)
        # For what is left, this null is too strict: it serves until nothing passes it.
        while chosen := _telling(scan, own, p_of, level):
            accounts = left[chosen.members]
            batches.append(_batch(times, accounts, chosen, p_of(chosen)))
            left = np.delete(left, chosen.members)
            scan, own = _pooled(times[left], others, resolution_us)
        if len(batches) == before:
            return batches, min(p_of(each) for each in windows)


def _pooled(times: Ints, others: Ints, resolution_us: int) -> "tuple[_Scan, Flags]":
    scan = _Scan(np.concatenate([times, others]), others.size == 0, resolution_us)
    return scan, np.arange(scan.size) < times.size


def _telling(scan: "_Scan", own: Flags, p_of: "Callable[[_Window], float]", level: float) -> "_Window | None":
    """Of the windows that chance does not explain, the one that stands out most from its half years.

    Or one inside it that is a batch of its own rather than a part of an even stretch.
    """
    chosen = None
    inside = scan.best(own)
    while inside:
        telling = [each for each in inside if p_of(each) <= level]
        if chosen is not None:
            telling = [each for each in telling if _stands_out(each, chosen)]
        if not telling:
            break
        chosen = max(telling, key=lambda each: each.contrast)
        inside = scan.best(own, chosen)
    return chosen


def _stands_out(shorter: "_Window", longer: "_Window") -> bool:
    rate, usual = shorter.members.size / shorter.scale_us, longer.members.size / longer.scale_us
    return bool(shorter.members.size >= _PART_INSIDE * longer.members.size and rate >= _RATE_INSIDE * usual)


def _batch(times: Ints, accounts: Ints, window: "_Window", p: float) -> Batch:
    return Batch(
        accounts,
        window.scale_us,
        int(times[accounts].min()),
        int(times[accounts].max()),
        window.expected,
        window.score,
        p,
        window.others_around,
    )


def most_within(times: Ints, scale_us: int, size: int, draws: int, rng: np.random.Generator) -> int:
    """The 99th percentile of the most accounts within one window, over random draws of `size` of `times`."""
    if not times.size:
        return 0
    ordered = np.sort(times)
    end = np.searchsorted(ordered, ordered + scale_us, side="left")
    most: list[Floats] = []
    for labels in _labels(times.size, min(size, times.size), draws, rng):
        counts = _cumulative(labels)
        most.append((counts[:, end] - counts[:, :-1]).max(axis=1))
    return int(np.quantile(np.concatenate(most), 0.99, method="higher"))


@dataclass(frozen=True)
class _Window:
    members: Ints
    scale_us: int
    expected: float
    score: float
    # Log likelihood ratio against the half years around it, by which windows of different lengths compare.
    contrast: float
    own_around: int
    others_around: int
    usual: float  # its length as a share of its surroundings'
    span: tuple[int, int]  # places of its first time and after its last, in order of time


class _Scan:
    """All windows over one set of times; `own` and `labels` say which times are the group's."""

    def __init__(self, times: Ints, alone: bool, resolution_us: int) -> None:
        self.size = times.size
        self.alone = alone
        self.factor = _FACTOR_ALONE if alone else _FACTOR
        self.resolution_us = resolution_us
        self.order = np.argsort(times, kind="stable")
        self.times = times[self.order]
        self.scales = [scale for scale in SCALES_US if scale >= resolution_us]
        self.windows = [_bounds(self.times, scale) for scale in self.scales]

    def best(self, own: Flags, within: _Window | None = None) -> list[_Window]:
        """The window with the highest score of each length, where one scores; or of each shorter one `within`."""
        labels = own[self.order][None, :]
        counts = _cumulative(labels)
        best = []
        for bounds in self.windows:
            if within is not None and bounds.scale_us >= within.scale_us:
                continue
            _, window, score, expected = _scores(labels, counts, bounds, self.factor)
            if within is not None:
                inside = (window >= within.span[0]) & (bounds.end[window] <= within.span[1])
                window, score, expected = window[inside], score[inside], expected[inside]
            if score.size:
                at = int(np.argmax(score))
                best.append(self._window(own, bounds, int(window[at]), float(score[at]), float(expected[at])))
        return best

    def _window(self, own: Flags, bounds: "_Bounds", place: int, score: float, expected: float) -> _Window:
        inside = self.order[place : bounds.end[place]]
        around = self.order[bounds.before[place] : bounds.after[place]]
        members = np.sort(inside[own[inside]])
        return _Window(
            members,
            bounds.scale_us,
            expected,
            score,
            self._contrast(own, bounds, place, members.size),
            int(own[around].sum()) - members.size,
            int((~own[around]).sum()),
            bounds.scale_us / int(bounds.surroundings_us[place]),
            (place, int(bounds.end[place])),
        )

    def bound(self, window: _Window) -> float:
        """A bound on the p-value of a window without comparable accounts, over all windows.

        Its first account makes it a window, and does not count.
        """
        rate = self.factor * window.usual
        inside = window.members.size - 1
        tail = bdtrc(inside - 1, inside + window.own_around, rate / (1 + rate))
        return min(1.0, float(tail) * self.size * len(self.scales))

    def _contrast(self, own: Flags, bounds: "_Bounds", place: int, count: int) -> float:
        middle = self.times[place] + bounds.scale_us // 2
        first, last = np.searchsorted(self.times, [middle - _HALF_YEAR_US, middle + _HALF_YEAR_US])
        year = int(own[self.order[first:last]].sum()) - count + 1
        expected = year * bounds.scale_us / (2 * _HALF_YEAR_US - bounds.scale_us)
        return float(count * np.log(count / expected) - (count - expected))

    def highest(self, labels: Flags) -> Floats:
        """The highest score of each row of `labels`, in the order of `times`; 0 where no window scores."""
        counts = _cumulative(labels)
        highest = np.zeros(labels.shape[0])
        for bounds in self.windows:
            row, _, score, _ = _scores(labels, counts, bounds, self.factor)
            np.maximum.at(highest, row, score)
        return highest


@dataclass(frozen=True)
class _Bounds:
    """For each window, by the place of its first time: where it ends, and where its surroundings do."""

    scale_us: int
    end: Ints
    before: Ints
    after: Ints
    surroundings_us: Ints  # length of the surroundings that lies within the times, without the window


def _bounds(times: Ints, scale_us: int) -> _Bounds:
    reach = max(_SURROUNDINGS_US, _SURROUNDINGS_OF_SCALE * scale_us)
    first, last = times - reach, times + scale_us + reach
    known = np.minimum(last, times[-1] + 1) - np.maximum(first, times[0])
    return _Bounds(
        scale_us,
        np.searchsorted(times, times + scale_us, side="left"),
        np.searchsorted(times, first, side="left"),
        np.searchsorted(times, last, side="left"),
        known - np.minimum(scale_us, times[-1] + 1 - times),
    )


def _scores(labels: Flags, counts: Ints, bounds: _Bounds, factor: float) -> tuple[Ints, Ints, Floats, Floats]:
    """Row, window, score and expectation of every window with more of the row's accounts than expected."""
    own = counts[:, bounds.end] - counts[:, :-1]
    # Surroundings shorter than the window itself cannot say what is usual.
    row, window = np.nonzero(labels & (own >= _FEWEST_IN_BATCH) & (bounds.surroundings_us >= bounds.scale_us))
    inside = own[row, window]
    around = counts[row, bounds.after[window]] - counts[row, bounds.before[window]] - inside
    others_inside = bounds.end[window] - window - inside
    others_around = bounds.after[window] - bounds.before[window] - around - inside - others_inside
    usual = bounds.scale_us / bounds.surroundings_us[window]
    expected = (around + 1) * np.maximum(usual, others_inside / (others_around + 1))
    bar = factor * expected
    score = np.where(inside > bar, inside * np.log(inside / bar) - (inside - bar), 0.0)
    kept = score > 0
    return row[kept], window[kept], score[kept], expected[kept]


def _cumulative(labels: Flags) -> Ints:
    counts = np.zeros((labels.shape[0], labels.shape[1] + 1), np.int64)
    np.cumsum(labels, axis=1, out=counts[:, 1:])
    return counts


@dataclass(frozen=True)
class _Null:
    """The highest scores of draws in which nothing sets the group apart."""

    highest: Floats

    def p(self, window: _Window) -> float:
        """The Monte Carlo p-value of a window's score."""
        return float((1 + (self.highest >= window.score).sum()) / (1 + self.highest.size))


def _null(scan: _Scan, own: Flags, score: float, draws: int, rng: np.random.Generator) -> _Null:
    """Draws, fewer than asked for where it is soon clear that even the highest score says nothing."""
    number = int(own.sum())
    highest: list[Floats] = []
    exceeding = 0
    for labels in _labels(scan.size, number, draws, rng):
        block = scan.highest(labels)
        highest.append(block)
        exceeding += int((block >= score).sum())
        if exceeding >= _ENOUGH_EXCEEDANCES:
            break
    return _Null(np.concatenate(highest))


def _labels(size: int, number: int, draws: int, rng: np.random.Generator) -> Iterator[Flags]:
    """Random choices of `number` of `size` accounts, a row each, in blocks that fit in memory."""
    rows, most = min(50, draws), max(1, min(_CELLS // size, 250))
    while draws:
        # Small blocks first: most groups show nothing, which a few draws tell.
        rows = min(rows, most, draws)
        draws -= rows
        block = rng.random((rows, size))
        rows *= 2
        labels = np.zeros(block.shape, np.bool_)
        chosen = np.argpartition(block, number - 1, axis=1)[:, :number]
        np.put_along_axis(labels, chosen, True, axis=1)
        yield labels
