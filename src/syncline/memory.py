"""How a bound on memory is shared between the engine, which spills to disk, and the arrays beside it, which do not."""

import os
import re
from typing import NamedTuple

from syncline.errors import SynclineError

_GIB = 2**30
# The interpreter with all that it imports and what the allocators keep; for each trace the arrays of the kernels, or
# only those of the communities, which SQL cannot do without; for each pair its key and its two places, sorted.
BASE = 512 << 20
TRACE_IN_KERNELS = 110
TRACE_WITHOUT = 80
PAIR = 32
# More pairs than this at a time gain nothing; fewer cost more passes over the log than SQL does.
MOST_PAIRS, FEWEST_PAIRS = 64_000_000, 4_000_000
# The engine's least part of the bound, and in bytes: below, it would spill more than it computes, or not run at all.
ENGINE_PART = 0.25
_ENGINE_LEAST = 24 << 20
# Of a log as it usually is; more behaviours at a time make more.
_TRACES_PER_POST = 1.5
_UNITS = {"K": 1, "M": 2, "G": 3, "T": 4}


class Share(NamedTuple):
    """Bytes for the engine, and how many pairs the kernels may hold at a time; 0: SQL makes their tables."""

    engine: int
    pairs: int


def in_bytes(memory: str) -> int:
    """`4GB` is 4 x 10^9, `4GiB` 4 x 2^30."""
    found = re.fullmatch(r"([\d.]+) ?([KMGT])(i?)B", memory, re.IGNORECASE)
    assert found, "settings let nothing else through"
    number, unit, binary = found.groups()
    return int(float(number) * (1024 if binary else 1000) ** _UNITS[unit.upper()])


def while_reading(bound: int) -> int:
    """Bytes for the engine as long as it works alone."""
    return max(bound - BASE, _least(bound))


def _least(bound: int) -> int:
    return max(int(bound * ENGINE_PART), _ENGINE_LEAST)


def with_traces(bound: int, traces: int) -> Share:
    """Who gets what once it is known how many traces there are."""
    least = _least(bound)
    left = bound - BASE - traces * TRACE_IN_KERNELS - least
    pairs = min(left // (2 * PAIR), MOST_PAIRS)
    if pairs < min(FEWEST_PAIRS, traces):
        return Share(max(bound - BASE - traces * TRACE_WITHOUT, least), 0)
    return Share(least + left - pairs * PAIR, pairs)


def check_room(posts: int, memory: str | None) -> None:
    """Say before a scan starts that it would not fit, from a rough number of its posts.

    `memory` is the bound that was given; without one, the machine's own memory counts.
    Raises SynclineError with what the scan needs and what to do.
    """
    bound = in_bytes(memory) if memory else os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    arrays = posts * _TRACES_PER_POST * TRACE_WITHOUT
    need = BASE + arrays
    if arrays > BASE and need > bound:
        given = f"--memory {memory}" if memory else f"this machine's {bound / _GIB:.1f} GiB"
        raise SynclineError(
            f"Some {posts:,} posts need at least {need / 1e9:.1f} GB, and {given} is less: the scan would not end. "
            f"Give --memory {2 * need / 1e9:.0f}GB, choose fewer --behaviours, or scan a part of the log."
        )
