"""Windows of time as stretches of one axis, and their pairs a part at a time."""

from collections.abc import Iterator

import numpy as np

from syncline.ordered import Ints

# Pairs that are made at a time, some 60 bytes each.
_CHUNK = 1_000_000


def axis_of(group: Ints, time_us: Ints, widest_us: int) -> Ints:
    """One ascending axis for all groups on which two rows are within a window, if it is at most the widest, just if
    they are of one group and within it in time: gaps longer than the widest window are cut to just over it."""
    gaps = np.diff(time_us)
    gaps[(np.diff(group) != 0) | (gaps > widest_us)] = widest_us + 1
    return np.concatenate([np.zeros(min(len(time_us), 1), np.int64), np.cumsum(gaps)])


def chunks(counts: Ints) -> Iterator[tuple[int, int]]:
    """Runs of rows whose pairs number some `_CHUNK`, one row at least."""
    total = np.cumsum(counts)
    first, before = 0, 0
    while first < len(counts):
        last = max(int(np.searchsorted(total, before + _CHUNK, side="right")), first + 1)
        yield first, last
        first, before = last, int(total[last - 1])
