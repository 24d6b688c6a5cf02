"""Whole numbers that are in order, or are put so: runs of equal ones, and places among others."""

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# Integers that span no more than this many times their number are looked up in a table.
_DENSE = 4
_LARGEST = np.iinfo(np.int64).max
NONE: Ints = np.zeros(0, np.int64)


def changes(*columns: Ints) -> Flags:
    """Whether a row is another than the one before it in any column; the first always is."""
    found = np.zeros(len(columns[0]), np.bool_)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def run_starts(*columns: Ints) -> Ints:
    """Where each run of rows begins that are equal in every column."""
    return np.flatnonzero(changes(*columns))


def run_sizes(ordered: Ints) -> Ints:
    """How long each run of equal values is."""
    return np.diff(np.append(run_starts(ordered), len(ordered)))


def is_ascending(*columns: Ints) -> bool:
    """Whether rows are in the order of the first column, those equal in it of the second, and so on."""
    equal = np.ones(max(len(columns[0]) - 1, 0), np.bool_)
    for column in columns:
        before, after = column[:-1], column[1:]
        if np.any(equal & (after < before)):
            return False
        equal &= after == before
    return True


def order_by(first: Ints, second: Ints, third: Ints) -> Ints:
    """The order by three numbers; sorting one number that holds the first two is several times faster than both."""
    if not len(first):
        return NONE
    since = second - second.min()
    span = int(since.max()) + 1
    if int(first.max()) >= _LARGEST // span:
        return np.lexsort((third, second, first))
    both = first * span + since
    order = np.argsort(both)
    ordered = both[order]
    equal = ordered[1:] == ordered[:-1]
    tied = np.flatnonzero(np.append(equal, False) | np.append(False, equal))
    order[tied] = order[tied][np.lexsort((third[order[tied]], ordered[tied]))]
    return order


def numbered(values: Ints) -> tuple[Ints, Ints]:
    """The different values, ascending, and the place of each among them; without a sort where one can be spared."""
    if is_ascending(values):
        new = changes(values)
        return values[new], np.cumsum(new) - 1
    lowest = values.min()
    span = int(values.max() - lowest) + 1
    if span > _DENSE * len(values):
        return np.unique(values, return_inverse=True)
    there = np.zeros(span, np.bool_)
    there[values - lowest] = True
    return np.flatnonzero(there) + lowest, (np.cumsum(there) - 1)[values - lowest]


def places_of(known: Ints, wanted: Ints) -> Ints:
    """Where each number that is wanted stands among those known, which ascend and include it."""
    span = int(known.max(initial=0)) + 1
    if span > _DENSE * len(wanted):
        return np.searchsorted(known, wanted)
    place = np.zeros(span, np.int64)
    place[known] = np.arange(len(known))
    return place[wanted]


def marked(chosen: Ints, values: Ints) -> Flags:
    """Whether each value is among those chosen."""
    mark = np.zeros(max(int(values.max(initial=0)), int(chosen.max(initial=0))) + 1, np.bool_)
    mark[chosen] = True
    return mark[values]


def expand(start: int, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Every row from `first` up to `last` of each entry, with the entry that it belongs to, from `start` on."""
    counts = last - first
    entry = np.repeat(np.arange(start, start + len(counts)), counts)
    return entry, np.arange(len(entry)) + np.repeat(first - (np.cumsum(counts) - counts), counts)
