"""How a bound on memory is shared between the engine, which spills to disk, and the arrays beside it, which do not."""

import os
import re
from typing import NamedTuple

from syncline.errors import SynclineError

_GIB = 2**30
# Measured with `syncline bench speed` on 3 and 10 million posts: the interpreter with all that it imports, what the
# allocators keep, and for each trace the arrays of the kernels, or only those that SQL cannot do without.
_BASE = 400 << 20
_TRACE_IN_KERNELS = 110
_TRACE_WITHOUT = 50
_PAIR = 32
# More pairs than this at a time gain nothing; fewer cost more passes over the log than SQL does.
_MOST_PAIRS, _FEWEST_PAIRS = 64_000_000, 4_000_000
# The engine's least part of the bound, and in bytes: below, it would spill more than it computes, or not run at all.
_ENGINE_PART = 0.25
_ENGINE_LEAST = 24 << 20
_TRACES_PER_POST = 2
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
    return max(bound - _BASE, _least(bound))


def _least(bound: int) -> int:
    return max(int(bound * _ENGINE_PART), _ENGINE_LEAST)


def with_traces(bound: int, traces: int) -> Share:
    """Who gets what once it is known how many traces there are."""
    least = _least(bound)
    left = bound - _BASE - traces * _TRACE_IN_KERNELS - least
    pairs = min(left // (2 * _PAIR), _MOST_PAIRS)
    if pairs < min(_FEWEST_PAIRS, traces):
        return Share(max(bound - _BASE - traces * _TRACE_WITHOUT, least), 0)
    return Share(least + left - pairs * _PAIR, pairs)


def check_room(posts: int, memory: str | None) -> None:
    """Say before a scan starts that it would not fit, from a rough number of its posts.

    `memory` is the bound that was given; without one, the machine's own memory counts.
    Raises SynclineError with what the scan needs and what to do.
    """
    bound = in_bytes(memory) if memory else os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    need = (_BASE + posts * _TRACES_PER_POST * _TRACE_WITHOUT) / (1 - _ENGINE_PART)
    if posts * _TRACES_PER_POST * _TRACE_WITHOUT > _BASE and need > bound:
        given = f"--memory {memory}" if memory else f"this machine's {bound / _GIB:.1f} GiB"
        raise SynclineError(
            f"Some {posts:,} posts need about {need / 1e9:.1f} GB, and {given} is less: the scan would not end. "
            f"Give --memory {need / 1e9 * 1.1:.0f}GB or more, choose fewer --behaviours, or scan a part of the log."
        )
