"""How a bound on memory is shared between the engine, which spills to disk, and the arrays beside it, which do not."""

import ctypes
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from syncline.errors import SynclineError

_GIB = 2**30
# The interpreter with all that it imports and what the allocators keep; for each trace the arrays of the kernels; for
# each pair its key and its two places, sorted.
BASE = 540 << 20
TRACE_IN_KERNELS = 110
PAIR = 32
# For each link of a graph while its communities are found, which SQL cannot do: its two ends, the graph of accounts and
# that of communities (louvain.py; NetworKit takes more, where graphs are small).
LINK = 32
# For each act, while it is counted who took up what (campaigns/crowd.py), and between two counts.
ACT, ACT_KEPT = 32, 12
# More pairs than this at a time gain nothing; fewer cost more passes over the log than SQL does.
MOST_PAIRS, FEWEST_PAIRS = 64_000_000, 4_000_000
# Of its part the engine is told this much: it takes more than its limit for a while, the more the larger the log.
ENGINE_TOLD = 0.75
# What DuckDB takes of a machine where nothing is said.
_OF_MACHINE = 0.8
# The engine's least part of the bound, and in bytes: below, it would spill more than it computes, or not run at all.
ENGINE_PART = 0.15
_ENGINE_LEAST = 24 << 20
# Arrays of this size are handed back to the system as soon as they are free. Those of one chunk of the kernels are
# smaller: they are made over and over, and new memory costs more than old.
_LARGE = 9 << 20
# Names of mallopt (malloc.h).
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3
# How often a scan looks at what it takes, and from which share of the bound on it hands back what is free.
EVERY_S, NEAR = 0.2, 0.9
_TAKEN = Path("/proc/self/statm")
# Of a log as it usually is; more behaviours at a time make more.
_TRACES_PER_POST = 1.5
_UNITS = {"K": 1, "M": 2, "G": 3, "T": 4}


class Share(NamedTuple):
    """Bytes for arrays, and how many pairs the kernels may hold at a time; 0: SQL makes their tables."""

    arrays: int
    pairs: int


def keep_little() -> None:
    """Let the allocator keep less of what is free, which costs some time. Works with glibc, and does nothing else."""
    allocator = _allocator()
    if allocator is not None:
        allocator.mallopt(_M_MMAP_THRESHOLD, _LARGE)
        allocator.mallopt(_M_TRIM_THRESHOLD, _LARGE)


def give_back() -> None:
    """Hand free memory back to the system."""
    pa.default_memory_pool().release_unused()
    allocator = _allocator()
    if allocator is not None:
        allocator.malloc_trim(0)


@contextmanager
def watched(memory: str | None) -> Iterator[None]:
    """Hand free memory back whenever the program comes near its bound `memory`.

    What the engine spills it frees, but pieces that other pieces lie behind stay with the allocator until it is told.
    Where the system does not say what a program takes, nothing is done.
    """
    if memory is None or not _TAKEN.exists():
        yield
        return
    over = threading.Event()
    watch = threading.Thread(target=_watch, args=(int(in_bytes(memory) * NEAR), over), daemon=True)
    watch.start()
    try:
        yield
    finally:
        over.set()
        watch.join()


def _watch(near: int, over: threading.Event) -> None:
    while not over.wait(EVERY_S):
        if taken() > near:
            give_back()


def taken() -> int:
    """The bytes of memory that this program holds, as Linux counts them."""
    return int(_TAKEN.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _allocator() -> Any:
    """The C library, if it is one that can be told."""
    library = ctypes.CDLL(None) if os.name == "posix" else None
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None


def in_bytes(memory: str) -> int:
    """`4GB` is 4 x 10^9, `4GiB` 4 x 2^30."""
    found = re.fullmatch(r"([\d.]+) ?([KMGT])(i?)B", memory, re.IGNORECASE)
    assert found, "settings let nothing else through"
    number, unit, binary = found.groups()
    return int(float(number) * (1024 if binary else 1000) ** _UNITS[unit.upper()])


def alone(bound: int) -> int:
    """The engine's limit in bytes as long as it works alone."""
    return max(int((bound - BASE) * ENGINE_TOLD), _least(bound))


def beside(bound: int, arrays: int) -> int:
    """The engine's limit in bytes while there are `arrays` bytes of arrays."""
    return max(int((bound - BASE - arrays) * ENGINE_TOLD), _ENGINE_LEAST)


def higher(told: int, held: int) -> list[int]:
    """Limits in bytes above the one that the engine is told, of which it holds `held`, for what finds no room below it.

    First what the program beside the engine leaves of the bound, as far as that can be known; then the engine's whole
    part. Never more than four fifths of the machine's memory.
    """
    whole = min(int(told / ENGINE_TOLD), int(_machine() * _OF_MACHINE))
    program = taken() - held if _TAKEN.exists() else BASE
    # The engine says what it is told in few digits.
    return [limit for limit in sorted({whole - max(program - BASE, 0), whole}) if limit > 1.01 * told]


def _machine() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _least(bound: int) -> int:
    return max(int(bound * ENGINE_PART), _ENGINE_LEAST)


def with_traces(bound: int, traces: int) -> Share:
    """Who gets what once it is known how many traces there are."""
    least = _least(bound)
    left = bound - BASE - traces * TRACE_IN_KERNELS - least
    pairs = min(left // (2 * PAIR), MOST_PAIRS)
    if pairs < min(FEWEST_PAIRS, traces // 2):
        return Share(0, 0)
    return Share(traces * TRACE_IN_KERNELS + pairs * PAIR, pairs)


def too_narrow(memory: str | None) -> list[str]:
    """A note where the program alone passes the bound, which a scan does rather than stop."""
    if memory is None or in_bytes(memory) >= BASE:
        return []
    return [f"--memory {memory} could not be kept: Syncline alone takes some {BASE >> 20} MiB."]


def check_room(posts: int, memory: str | None) -> None:
    """Say before a scan starts that it would not fit, from a rough number of its posts.

    `memory` is the bound that was given; without one, the machine's own memory counts.
    Raises SynclineError with what the scan needs and what to do.
    """
    bound = in_bytes(memory) if memory else _machine()
    arrays = posts * _TRACES_PER_POST * LINK
    need = BASE + arrays
    if arrays > BASE and need > bound:
        given = f"--memory {memory}" if memory else f"this machine's {bound / _GIB:.1f} GiB"
        raise SynclineError(
            f"Some {posts:,} posts need at least {need / 1e9:.1f} GB, and {given} is less: the scan would not end. "
            f"Give --memory {2 * need / 1e9:.0f}GB, choose fewer --behaviours, or scan a part of the log."
        )
