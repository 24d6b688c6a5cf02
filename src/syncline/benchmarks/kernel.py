"""The reference pair kernel: a sorted window over integer arrays, in NumPy and compiled by Numba.

It does one thing, at the speed of the machine: which accounts acted on two objects or more together within
the window. The SQL pair step is tested against it, and speed benchmarks take it as the limit.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

# Pairs that the NumPy form holds at once, whole objects at a time.
_BLOCK_PAIRS = 10_000_000


class Pairs(NamedTuple):
    """Pairs of accounts in order: the smaller code, the larger code, distinct objects in common."""

    account_a: Integers
    account_b: Integers
    objects: Integers


def count_pairs(
    objects: npt.ArrayLike,
    accounts: npt.ArrayLike,
    times: npt.ArrayLike,
    window: int,
    *,
    at_least: int = 2,
    compiled: bool = True,
) -> Pairs:
    """Pairs of different accounts with `at_least` distinct objects on which both acted within `window`.

    Three integer arrays of one length: object and account codes from 0 (dense: memory grows with the largest
    account code) and times in any unit, `window` in the same one, inclusive. An account may act on an object
    often. `compiled` asks for Numba (True) or NumPy (False), which give the same.
    """
    object_, account, time = (np.asarray(column, dtype=np.int64) for column in (objects, accounts, times))
    if not len(object_):
        return Pairs(object_, object_, object_)
    object_, account, time = _sorted(object_, account, time - time.min())
    count = _count_compiled if compiled else _count_in_numpy
    return count(object_, account, time, window, at_least)


def _sorted(object_: Integers, account: Integers, time: Integers) -> tuple[Integers, Integers, Integers]:
    """Ordered by object, then time: packed into one integer where the bits suffice, which sorts fastest."""
    account_bits, time_bits = int(account.max()).bit_length(), int(time.max()).bit_length()
    if int(object_.max()).bit_length() + time_bits + account_bits > 63:
        order = np.lexsort((time, object_))
        return object_[order], account[order], time[order]
    packed = np.sort((object_ << time_bits | time) << account_bits | account)
    account = packed & ((1 << account_bits) - 1)
    packed >>= account_bits
    return packed >> time_bits, account, packed & ((1 << time_bits) - 1)


def _count_in_numpy(
    object_: Integers, account: Integers, time: Integers, window: int, at_least: int
) -> Pairs:
    stop = _window_stops(object_, time, window)
    later = stop - np.arange(1, len(stop) + 1)
    accounts = int(account.max()) + 1
    parts = [
        _count_block(object_, account, later, rows, accounts) for rows in _blocks_of_objects(object_, later)
    ]
    keys, which = np.unique(np.concatenate([key for key, _ in parts]), return_inverse=True)
    totals = np.bincount(which, np.concatenate([count for _, count in parts]), len(keys)).astype(np.int64)
    keys, totals = keys[totals >= at_least], totals[totals >= at_least]
    return Pairs(keys // accounts, keys % accounts, totals)


def _window_stops(object_: Integers, time: Integers, window: int) -> Integers:
    """For each act, by object and time, the row after the last of its object within the window."""
    dense = np.cumsum(np.diff(object_, prepend=object_[0]) != 0, dtype=np.int64)
    span = int(time.max()) + window + 1
    if int(dense[-1]) * span > np.iinfo(np.int64).max // 2:
        raise OverflowError("object codes times the span of times exceed 64 bits: use a coarser unit of time")
    key = dense * span + time
    return np.searchsorted(key, key + window, side="right")


def _blocks_of_objects(object_: Integers, later: Integers) -> list[slice]:
    """Slices of whole objects, of some 10 million pairs each."""
    first_rows = np.flatnonzero(np.diff(object_, prepend=-1))
    pairs_before = np.concatenate([[0], np.cumsum(later)])[first_rows]
    starts = first_rows[np.flatnonzero(np.diff(pairs_before // _BLOCK_PAIRS, prepend=-1))]
    return [slice(start, stop) for start, stop in zip(starts, [*starts[1:], len(object_)], strict=True)]


def _count_block(
    object_: Integers, account: Integers, later: Integers, rows: slice, accounts: int
) -> tuple[Integers, Integers]:
    """Distinct objects for each pair of one block: keys account_a * accounts + account_b, counts."""
    count = later[rows]
    left = np.repeat(np.arange(rows.start, rows.stop), count)
    right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count)
    one, other = account[left], account[right]
    key = np.minimum(one, other) * accounts + np.maximum(one, other)
    order = np.argsort(key, kind="stable")
    key, common, different = key[order], object_[left[order]], (one != other)[order]
    fresh = np.ones(len(key), dtype=np.bool_)
    fresh[1:] = (key[1:] != key[:-1]) | (common[1:] != common[:-1])
    return np.unique(key[fresh & different], return_counts=True)


def _count_compiled(
    object_: Integers, account: Integers, time: Integers, window: int, at_least: int
) -> Pairs:
    """One account at a time against its neighbours in the window: only pairs that pass are stored."""
    step = _compiled()
    account = account.astype(np.int32)
    accounts = int(account.max()) + 1
    start, stop = step["window"](object_, time, window)
    first_act, act = step["by_account"](account, accounts)
    threads = os.cpu_count() or 1
    work = np.concatenate([[0], np.cumsum((stop - start)[act], dtype=np.int64)])[first_act]
    bounds = np.searchsorted(work, np.linspace(0, work[-1], threads + 1))
    bounds[0], bounds[-1] = 0, accounts
    with ThreadPoolExecutor(threads) as pool:
        parts = list(
            pool.map(
                lambda first, last: step["count"](
                    first, last, first_act, act, object_, account, start, stop, accounts, at_least
                ),
                bounds[:-1],
                bounds[1:],
            )
        )
    return Pairs(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


@cache
def _compiled() -> dict[str, Any]:
    import numba

    compile_ = numba.njit(cache=True, nogil=True)
    return {
        "window": compile_(_window),
        "by_account": compile_(_by_account),
        "count": compile_(_count_accounts),
    }


def _window(object_: Integers, time: Integers, window: int) -> Any:
    """For each act, the first row of its object within the window, and the row after the last."""
    rows = len(object_)
    start, stop = np.empty(rows, np.int32), np.empty(rows, np.int32)
    low = high = 0
    for row in range(rows):
        while object_[low] != object_[row] or time[row] - time[low] > window:
            low += 1
        high = max(high, row)
        while high < rows and object_[high] == object_[row] and time[high] - time[row] <= window:
            high += 1
        start[row], stop[row] = low, high
    return start, stop


def _by_account(account: npt.NDArray[np.int32], accounts: int) -> Any:
    """Rows in order of account (counting sort, so by object within one), and where each account's begin."""
    first = np.zeros(accounts + 1, np.int64)
    for code in account:
        first[code + 1] += 1
    for code in range(accounts):
        first[code + 1] += first[code]
    free = first[:-1].copy()
    rows = np.empty(len(account), np.int32)
    for row in range(len(account)):
        rows[free[account[row]]] = row
        free[account[row]] += 1
    return first, rows


def _count_accounts(
    first_account: int,
    last_account: int,
    first_act: Integers,
    act: npt.NDArray[np.int32],
    object_: Integers,
    account: npt.NDArray[np.int32],
    start: npt.NDArray[np.int32],
    stop: npt.NDArray[np.int32],
    accounts: int,
    at_least: int,
) -> Any:
    """The pairs of accounts [first_account, last_account) with larger codes, as three arrays."""
    count, last_visit = np.zeros(accounts, np.int32), np.zeros(accounts, np.int32)
    met = np.empty(accounts, np.int32)
    found_a, found_b, found = np.empty(1024, np.int64), np.empty(1024, np.int64), np.empty(1024, np.int64)
    size = visit = 0
    for one in range(first_account, last_account):
        meetings = 0
        for turn in range(first_act[one], first_act[one + 1]):
            row = act[turn]
            if turn == first_act[one] or object_[row] != object_[act[turn - 1]]:
                visit += 1
            for neighbour in range(start[row], stop[row]):
                other = account[neighbour]
                if other > one and last_visit[other] != visit:
                    last_visit[other] = visit
                    if count[other] == 0:
                        met[meetings] = other
                        meetings += 1
                    count[other] += 1
        passing = 0
        for place in range(meetings):
            other = met[place]
            if count[other] >= at_least:
                met[passing] = other
                passing += 1
            else:
                count[other] = 0
        while size + passing > len(found):
            found_a = np.concatenate((found_a, np.empty_like(found_a)))
            found_b = np.concatenate((found_b, np.empty_like(found_b)))
            found = np.concatenate((found, np.empty_like(found)))
        for other in np.sort(met[:passing]):
            found_a[size], found_b[size], found[size] = one, other, count[other]
            count[other] = 0
            size += 1
    return found_a[:size], found_b[:size], found[:size]
