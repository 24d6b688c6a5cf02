"""Which pairs of accounts met often enough, and where suspects met."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from syncline.arrays import as_table, numbers
from syncline.coaction.kernels.rows import (
    ACCOUNT_BITS,
    ACCOUNT_MASK,
    OBJECT_BITS,
    OBJECT_MASK,
    PAIR,
    in_order,
    ints,
    unpacked,
)
from syncline.coaction.kernels.windows import axis_of, chunks
from syncline.engines.engine import Engine
from syncline.ordered import NONE, Flags, Ints, expand, marked, numbered, order_by, places_of, run_sizes

Places = npt.NDArray[np.int32]
# A table of 32 MB, much larger than the number of pairs that repeat.
_BUCKET_BITS = 25
_MEETING = ["behaviour", "object", "account_a", "account_b", "post_a", "post_b", "time_a_us", "time_b_us"]
# Fibonacci hashing (Knuth 1973): the top bits of a product with 2^64 / golden ratio.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_NOWHERE: Places = np.zeros(0, np.int32)


@dataclass(frozen=True)
class _Log:
    """Traces in order of object and time."""

    behaviour: Ints
    object: Ints
    account: Ints
    time_us: Ints


def repeated_pairs(engine: Engine, actions_min: int) -> None:
    """Make `repeated_pairs` as coaction/pairs.sql and coaction/repeated_pairs.sql do.

    Few pairs meet often enough: all keys are sorted without their rows, and only the rows of those that repeat are
    put in order. More pairs than fit are taken in parts by a hash of the pair.
    """
    log, reach = _reaching(engine, actions_min)
    position = axis_of(log.object, log.time_us, int(reach.max(initial=0)))
    ends = np.searchsorted(position, position + reach, side="right")
    later = ends - np.arange(len(ends)) - 1
    parts = int(later.sum()) // engine.kernels + 1
    found = [_repeated(log, later, actions_min, part, parts) for part in range(parts)]
    engine.put("repeated_pairs", pa.concat_tables(found))


def _reaching(engine: Engine, actions_min: int) -> tuple[_Log, Ints]:
    """The traces that may make a pair, and how far: as the first two of the tables within coaction/pairs.sql."""
    rows = in_order(engine.fetch("SELECT behaviour, object, account, time_us FROM traces"))
    object_, account = ints(rows, "object"), ints(rows, "account")
    usable = engine.fetch("SELECT object, max(window_us) AS reach FROM eligible WHERE usable GROUP BY object")
    tested = engine.fetch(
        f"SELECT account FROM account_margins GROUP BY account HAVING max(k) >= {actions_min}"
    )
    reach_of = np.full(int(object_.max(initial=0)) + 1, -1)
    reach_of[ints(usable, "object")] = ints(usable, "reach")
    kept = np.flatnonzero(marked(ints(tested, "account"), account) & (reach_of[object_] >= 0))
    log = _Log(ints(rows, "behaviour")[kept], object_[kept], account[kept], ints(rows, "time_us")[kept])
    return log, reach_of[log.object]


def _repeated(log: _Log, later: Ints, least: int, part: int, parts: int) -> pa.Table:
    """The rows of the pairs of one part that meet `least` times or more, those of a pair together.

    `later` is, for each trace, with how many of those after it it makes a pair.
    """
    keys: list[Ints] = []
    lefts: list[Places] = []
    rights: list[Places] = []
    for first, last in chunks(later):
        after = np.arange(first, last) + 1
        left, right = expand(first, after, after + later[first:last])
        key = _keys(log, left, right)
        if parts > 1:
            mine = np.flatnonzero(_hash(key, 16) % parts == part)
            key, left, right = key[mine], left[mine], right[mine]
        keys.append(key)
        lefts.append(left.astype(np.int32))
        rights.append(right.astype(np.int32))
    key = np.concatenate([NONE, *keys])
    left, right = np.concatenate([_NOWHERE, *lefts]), np.concatenate([_NOWHERE, *rights])
    del keys, lefts, rights
    often = _buckets_of_repeated(key, least)
    kept = np.flatnonzero(often[_hash(key, _BUCKET_BITS)])
    key, left, right = key[kept], left[kept], right[kept]
    order = np.argsort(key)
    key = key[order]
    sizes = run_sizes(key)
    enough = np.repeat(sizes >= least, sizes)
    key, left, right = key[enough], left[order[enough]], right[order[enough]]
    return as_table(
        {
            **unpacked(key),
            "object": log.object[left].astype(np.int32),
            "lag_us": log.time_us[right] - log.time_us[left],
        }
    ).select(["behaviour", "object", "account_a", "account_b", "lag_us"])


def _keys(log: _Log, left: Ints, right: Ints) -> Ints:
    a, b = log.account[left], log.account[right]
    key = log.behaviour[left]
    key <<= ACCOUNT_BITS
    key |= np.minimum(a, b)
    key <<= ACCOUNT_BITS
    key |= np.maximum(a, b, out=b)
    return key


def _buckets_of_repeated(key: Ints, least: int) -> Flags:
    """Which buckets of the hash hold a pair that meets `least` times or more."""
    ordered = np.sort(key)
    buckets = np.zeros(1 << _BUCKET_BITS, bool)
    if len(ordered) >= least:
        last = ordered[least - 1 :]
        repeats = last == ordered[: len(last)]
        # One of each, since a pair may meet thousands of times and its bucket be anywhere in memory.
        repeats[1:] &= ~repeats[:-1]
        buckets[_hash(last[repeats], _BUCKET_BITS)] = True
    return buckets


def _hash(key: Ints, bits: int) -> Ints:
    mixed = key.view(np.uint64) * _GOLDEN
    mixed >>= np.uint64(64 - bits)
    return mixed.view(np.int64)


def suspect_meetings(engine: Engine) -> None:
    """Make `judged_meetings` as coaction/suspect_meetings.sql does."""
    suspect = "IN (SELECT account FROM suspects)"
    met = engine.fetch(
        f"SELECT {PAIR} AS pair, object FROM repeated_pairs WHERE account_a {suspect} AND account_b {suspect}"
    )
    acts = engine.fetch(
        f"SELECT account * {1 << OBJECT_BITS}::BIGINT + object AS trace, post, time_us"
        f" FROM traces WHERE account {suspect} ORDER BY trace"
    )
    trace, post, time_us = ints(acts, "trace"), numbers(acts["post"]), numbers(acts["time_us"])
    pair = ints(met, "pair")
    number, one, other = _acts_of_both(trace, pair, ints(met, "object"))
    order = order_by(number, post[one], post[other])
    pair, one, other = pair[order], one[order], other[order]
    columns = {
        **unpacked(pair),
        "object": (trace[one] & OBJECT_MASK).astype(np.int32),
        "post_a": post[one],
        "post_b": post[other],
        "time_a_us": time_us[one],
        "time_b_us": time_us[other],
    }
    engine.put("judged_meetings", as_table(columns).select(_MEETING))


def _acts_of_both(trace: Ints, pair: Ints, object_: Ints) -> tuple[Ints, Ints, Ints]:
    """For each meeting a number of its pair, and where the acts of its first and second account stand in `trace`.

    The numbers are in the order of pairs, and small enough that a post fits beside them.
    """
    accounts, account_at = numbered(trace >> OBJECT_BITS)
    objects, object_at = numbered(trace & OBJECT_MASK)
    a, b = places_of(accounts, pair >> ACCOUNT_BITS & ACCOUNT_MASK), places_of(accounts, pair & ACCOUNT_MASK)
    met_on = places_of(objects, object_)
    known = account_at * len(objects) + object_at
    number = ((pair >> 2 * ACCOUNT_BITS) * len(accounts) + a) * len(accounts) + b
    return number, places_of(known, a * len(objects) + met_on), places_of(known, b * len(objects) + met_on)
