"""Counting and listing what happened within a window, by sorting: the same tables as the steps of the same names.

SQL states what is computed and runs on any engine; on one machine NumPy makes these tables several times faster,
because it need not make a row for every pair before it counts them. A test holds both equal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from syncline.arrays import as_column, as_table, numbers
from syncline.engines.engine import Engine

Ints = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Pairs that are made at a time, some 60 bytes each.
_CHUNK = 1_000_000
# A table of 32 MB, much larger than the number of pairs that repeat.
_BUCKET_BITS = 25
# Integers that span no more than this many times their number are looked up in a table.
_DENSE = 4
# Each account is one of 2^30; behaviours stand above them.
_ACCOUNT_BITS = 30
_OBJECT_BITS = 31
_ACCOUNT_MASK = (1 << _ACCOUNT_BITS) - 1
_OBJECT_MASK = (1 << _OBJECT_BITS) - 1
_MEETING = ["behaviour", "object", "account_a", "account_b", "post_a", "post_b", "time_a_us", "time_b_us"]
_PAIR = f"behaviour * {1 << 2 * _ACCOUNT_BITS} + account_a * {1 << _ACCOUNT_BITS}::BIGINT + account_b"
# Fibonacci hashing (Knuth 1973): the top bits of a product with 2^64 / golden ratio.
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_LARGEST = np.iinfo(np.int64).max
_THETAS = ("low", "mid", "high")
_NONE: Ints = np.zeros(0, np.int64)
_NOWHERE: Places = np.zeros(0, np.int32)


@dataclass(frozen=True)
class _Log:
    """Traces in order of object and time."""

    behaviour: Ints
    object: Ints
    account: Ints
    time_us: Ints


def sort_traces(engine: Engine) -> None:
    """Put `traces` in the order of object, time and account, in which all below go through them: sorted once."""
    rows = engine.fetch("SELECT behaviour, object, account, time_us, post FROM traces")
    ordered = _in_order(rows)
    if ordered is not rows:
        engine.put("traces", ordered)


def bursts(engine: Engine, windows_us: Sequence[int]) -> None:
    """Make `bursts`, all windows at once, as coaction/bursts.sql does one by one."""
    rows = _in_order(engine.fetch("SELECT behaviour, object, account, time_us FROM traces"))
    counted = _bursts(rows, ("behaviour", "object"), windows_us)
    engine.put("bursts", counted.select(["behaviour", "object", "window_us", "accounts", "pairs_in_window"]))


def traces_in_blocks(engine: Engine, block_us: int) -> None:
    """Make `traces_in_blocks` as coaction/traces_in_blocks.sql does, which as a join would lose the order."""
    rows = engine.fetch(
        f"SELECT behaviour, object, account, (time_us // {block_us})::INTEGER AS block, time_us FROM traces"
    )
    suspects = _ints(engine.fetch("SELECT account FROM suspects"), "account")
    crowd = ~_marked(suspects, _ints(rows, "account"))
    engine.put("traces_in_blocks", rows.append_column("crowd", as_column(crowd)))


def crowd_bursts(engine: Engine, windows_us: Sequence[int]) -> None:
    """Make `crowd_bursts`, all windows at once, as coaction/crowd_bursts.sql does one by one."""
    rows = engine.fetch("SELECT behaviour, object, account, block, time_us FROM traces_in_blocks WHERE crowd")
    counted = _bursts(_in_order(rows), ("behaviour", "object", "block"), windows_us)
    here = numbers(counted["accounts"])
    pairs = as_column(here * (here - 1) / 2)
    engine.put("crowd_bursts", counted.drop(["accounts"]).append_column("pairs", pairs))


def _bursts(rows: pa.Table, by: Sequence[str], windows_us: Sequence[int]) -> pa.Table:
    """Of each run of rows that are equal in the columns `by`: accounts, and pairs within each window; two or more."""
    starts = _starts(*(_ints(rows, name) for name in by))
    sizes = np.diff(np.append(starts, rows.num_rows))
    group = np.repeat(np.arange(len(starts)), sizes)
    several = sizes > 1
    first = _taken(rows.select(by), starts[several])
    parts = [
        first.append_column("window_us", as_column(np.full(first.num_rows, window_us)))
        .append_column("accounts", as_column(sizes[several].astype(np.float64)))
        .append_column("pairs_in_window", as_column(near[several].astype(np.float64)))
        for window_us, near in _pairs_within(group, _ints(rows, "time_us"), starts, windows_us)
    ]
    return pa.concat_tables(parts)


def repeated_pairs(engine: Engine, actions_min: int) -> None:
    """Make `repeated_pairs` as coaction/pairs.sql and coaction/repeated_pairs.sql do.

    Few pairs meet often enough: all keys are sorted without their rows, and only the rows of those that repeat are
    put in order. More pairs than fit are taken in parts by a hash of the pair.
    """
    log, reach = _reaching(engine, actions_min)
    position = _position(log.object, log.time_us, int(reach.max(initial=0)))
    ends = np.searchsorted(position, position + reach, side="right")
    later = ends - np.arange(len(ends)) - 1
    parts = int(later.sum()) // engine.kernels + 1
    found = [_repeated(log, later, actions_min, part, parts) for part in range(parts)]
    engine.put("repeated_pairs", pa.concat_tables(found))


def _repeated(log: _Log, later: Ints, least: int, part: int, parts: int) -> pa.Table:
    """The rows of the pairs of one part that meet `least` times or more, those of a pair together.

    `later` is, for each trace, with how many of those after it it makes a pair.
    """
    keys: list[Ints] = []
    lefts: list[Places] = []
    rights: list[Places] = []
    for first, last in _chunks(later):
        after = np.arange(first, last) + 1
        left, right = _expand(first, after, after + later[first:last])
        key = _keys(log, left, right)
        if parts > 1:
            mine = np.flatnonzero(_hash(key, 16) % parts == part)
            key, left, right = key[mine], left[mine], right[mine]
        keys.append(key)
        lefts.append(left.astype(np.int32))
        rights.append(right.astype(np.int32))
    key = np.concatenate([_NONE, *keys])
    left, right = np.concatenate([_NOWHERE, *lefts]), np.concatenate([_NOWHERE, *rights])
    del keys, lefts, rights
    often = _buckets_of_repeated(key, least)
    kept = np.flatnonzero(often[_hash(key, _BUCKET_BITS)])
    key, left, right = key[kept], left[kept], right[kept]
    order = np.argsort(key)
    key = key[order]
    sizes = _sizes(key)
    enough = np.repeat(sizes >= least, sizes)
    key, left, right = key[enough], left[order[enough]], right[order[enough]]
    return as_table(
        {
            **_unpacked(key),
            "object": log.object[left].astype(np.int32),
            "lag_us": log.time_us[right] - log.time_us[left],
        }
    ).select(["behaviour", "object", "account_a", "account_b", "lag_us"])


def suspect_meetings(engine: Engine) -> None:
    """Make `judged_meetings` as coaction/suspect_meetings.sql does."""
    suspect = "IN (SELECT account FROM suspects)"
    met = engine.fetch(
        f"SELECT {_PAIR} AS pair, object FROM repeated_pairs WHERE account_a {suspect} AND account_b {suspect}"
    )
    acts = engine.fetch(
        f"SELECT account * {1 << _OBJECT_BITS}::BIGINT + object AS trace, post, time_us"
        f" FROM traces WHERE account {suspect} ORDER BY trace"
    )
    trace, post, time_us = _ints(acts, "trace"), numbers(acts["post"]), numbers(acts["time_us"])
    pair = _ints(met, "pair")
    number, one, other = _acts_of_both(trace, pair, _ints(met, "object"))
    order = _order(number, post[one], post[other])
    pair, one, other = pair[order], one[order], other[order]
    columns = {
        **_unpacked(pair),
        "object": (trace[one] & _OBJECT_MASK).astype(np.int32),
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
    accounts, account_at = numbered(trace >> _OBJECT_BITS)
    objects, object_at = numbered(trace & _OBJECT_MASK)
    a, b = _place(accounts, pair >> _ACCOUNT_BITS & _ACCOUNT_MASK), _place(accounts, pair & _ACCOUNT_MASK)
    met_on = _place(objects, object_)
    known = account_at * len(objects) + object_at
    number = ((pair >> 2 * _ACCOUNT_BITS) * len(accounts) + a) * len(accounts) + b
    return number, _place(known, a * len(objects) + met_on), _place(known, b * len(objects) + met_on)


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


def crowd_scores(engine: Engine, windows_us: Sequence[int], block_us: int, actions_min: int) -> None:
    """Make `crowd_scores`, all windows at once, as coaction/crowd_scores.sql does one by one."""
    met = _Meetings.of(engine, block_us)
    weights, places = _weights(engine, windows_us, met)
    post_starts = _starts(met.pair, met.posts)
    pair = met.pair[post_starts]
    parts = []
    for window_us in windows_us:
        weight = weights[window_us][places] * (met.lag_us <= window_us)
        each = np.maximum.reduceat(weight, post_starts) if len(weight) else weight
        parts.append(_scores(pair, each, window_us, actions_min))
    engine.put("crowd_scores", pa.concat_tables(parts))


def chance_scores(engine: Engine, windows_us: Sequence[int], actions_min: int) -> None:
    """Make `chance_scores`, all windows at once, as coaction/chance_scores.sql does one by one."""
    rows = engine.fetch(f"SELECT {_PAIR} AS pair, object, lag_us FROM repeated_pairs")
    pair, object_, lag_us = (_ints(rows, name) for name in ("pair", "object", "lag_us"))
    if np.any(pair[1:] < pair[:-1]):
        order = np.argsort(pair)
        pair, object_, lag_us = pair[order], object_[order], lag_us[order]
    usable = engine.fetch("SELECT object, window_us, surprisal FROM eligible WHERE usable")
    known, window, surprisal = (numbers(column) for column in usable.columns)
    parts = []
    for window_us in windows_us:
        weight = np.zeros(max(known.max(initial=0), object_.max(initial=0)) + 1)
        weight[known[window == window_us]] = surprisal[window == window_us]
        parts.append(_scores(pair, weight[object_] * (lag_us <= window_us), window_us, actions_min))
    engine.put("chance_scores", pa.concat_tables(parts))


def candidate_rates(engine: Engine) -> None:
    """Make `candidate_rates` as coaction/candidate_rates.sql does, without a row for every pair and block."""
    wanted = engine.fetch(
        "SELECT DISTINCT s.behaviour, s.account_a, s.account_b FROM crowd_scores AS s"
        " JOIN crowd_candidates AS c ON c.account_a = s.account_a AND c.account_b = s.account_b ORDER BY ALL"
    )
    behaviour, a, b = (_ints(wanted, name) for name in wanted.column_names)
    parts = [_NO_RATES]
    slots = engine.fetch("SELECT DISTINCT behaviour, window_us FROM account_rates ORDER BY ALL")
    for kind, window_us in zip(*(column.to_pylist() for column in slots.columns), strict=True):
        here = behaviour == kind
        parts.append(_rates(engine, kind, window_us, a[here], b[here]))
    engine.put("candidate_rates", pa.concat_tables(parts))


_NO_RATES = as_table(
    {
        "behaviour": np.zeros(0, np.uint8),
        "window_us": np.zeros(0, np.int64),
        "account_a": np.zeros(0, np.int32),
        "account_b": np.zeros(0, np.int32),
        **{f"rate_{theta}": np.zeros(0, np.float64) for theta in _THETAS},
    }
)


def _rates(engine: Engine, behaviour: int, window_us: int, a: Ints, b: Ints) -> pa.Table:
    """The rates of the pairs (a, b) that were ever active in one block."""
    rows = engine.fetch(
        f"""
        SELECT r.account::BIGINT * {1 << 32} + r.block AS account_in_block,
            r.* EXCLUDE (behaviour, window_us, account, block), s.* EXCLUDE (behaviour, window_us, block)
        FROM account_rates AS r
        JOIN block_rates AS s ON s.behaviour = r.behaviour AND s.window_us = r.window_us AND s.block = r.block
        WHERE r.behaviour = {behaviour} AND r.window_us = {window_us}
        ORDER BY account_in_block
        """
    )
    column = {name: numbers(rows[name]) for name in rows.column_names}
    known = column["account_in_block"]
    account, block = known >> 32, known & ((1 << 32) - 1)
    first, last = np.searchsorted(account, a, side="left"), np.searchsorted(account, a, side="right")
    totals = {theta: np.zeros(len(a)) for theta in _THETAS}
    together = np.zeros(len(a), np.int64)
    for start, stop in _chunks(last - first):
        pair, one = _expand(start, first[start:stop], last[start:stop])
        wanted = b[pair] << 32 | block[one]
        other = np.searchsorted(known, wanted)
        both = np.flatnonzero(np.append(known, -1)[other] == wanted)
        pair, one, other = pair[both], one[both], other[both]
        together += np.bincount(pair, minlength=len(a))
        acts = column["traces"][one] * column["traces"][other]
        base_one, base_other = column["base"][one], column["base"][other]
        for theta in _THETAS:
            unowned, owned = column[f"unowned_{theta}"][one], column[f"owned_{theta}"][one]
            extra = column[f"sum_{theta}"]
            rate = acts * (
                unowned + base_one * base_other * owned + base_one * extra[other] + base_other * extra[one]
            )
            totals[theta] += np.bincount(pair, rate, len(a))
    met = together > 0
    return as_table(
        {
            "behaviour": np.full(int(met.sum()), behaviour, np.uint8),
            "window_us": np.full(int(met.sum()), window_us),
            "account_a": a[met].astype(np.int32),
            "account_b": b[met].astype(np.int32),
            **{f"rate_{theta}": totals[theta][met] for theta in _THETAS},
        }
    )


def _scores(pair: Ints, each: Floats, window_us: int, least: int) -> pa.Table:
    """How often each pair met, and the sum of its weights; `pair` ascending, a weight of 0 being no meeting."""
    starts = _starts(pair)
    objects = np.add.reduceat(each > 0, starts, dtype=np.int64) if len(pair) else _NONE
    score = np.add.reduceat(each, starts) if len(pair) else each
    enough = objects >= least
    found = pair[starts][enough]
    return as_table(
        {
            **_unpacked(found),
            "window_us": np.full(len(found), window_us),
            "objects": objects[enough],
            "score": score[enough],
        }
    ).select(["behaviour", "window_us", "account_a", "account_b", "objects", "score"])


@dataclass(frozen=True)
class _Meetings:
    """Meetings within one block, those of a pair together, and among them those of two posts."""

    pair: Ints
    posts: Ints
    object_in_block: Ints
    lag_us: Ints

    @classmethod
    def of(cls, engine: Engine, block_us: int) -> "_Meetings":
        rows = engine.fetch(
            f"""
            SELECT {_PAIR} AS pair,
                post_a * {1 << 32}::BIGINT + post_b AS posts,
                object * {1 << 32}::BIGINT + time_a_us // {block_us} AS object_in_block,
                abs(time_a_us - time_b_us) AS lag_us
            FROM judged_meetings
            WHERE time_a_us // {block_us} = time_b_us // {block_us}
            """
        )
        met = cls(*(_ints(rows, name) for name in rows.column_names))
        # The engine mostly keeps them as coaction/suspect_meetings.sql has put them, but promises nothing.
        later, same = np.diff(met.pair), np.diff(met.posts)
        if np.all((later > 0) | ((later == 0) & (same >= 0))):
            return met
        order = np.lexsort((met.posts, met.pair))
        return cls(met.pair[order], met.posts[order], met.object_in_block[order], met.lag_us[order])


def _weights(engine: Engine, windows_us: Sequence[int], met: _Meetings) -> tuple[dict[int, Floats], Ints]:
    """The surprisal of each object in each block, by window, 0 where it says nothing, and each meeting's place."""
    rows = engine.fetch(
        f"SELECT object * {1 << 32}::BIGINT + block AS object_in_block, window_us, surprisal FROM crowd_surprisals"
    )
    window, surprisal = _ints(rows, "window_us"), numbers(rows["surprisal"])
    known, place = np.unique(_ints(rows, "object_in_block"), return_inverse=True)
    weights = {}
    for window_us in windows_us:
        # One place more, for the meetings on objects that are not there.
        weights[window_us] = np.zeros(len(known) + 1)
        here = window == window_us
        weights[window_us][place[here]] = surprisal[here]
    met_at = np.searchsorted(known, met.object_in_block)
    there = np.append(known, -1)[met_at] == met.object_in_block
    return weights, np.where(there, met_at, len(known))


def _reaching(engine: Engine, actions_min: int) -> tuple[_Log, Ints]:
    """The traces that may make a pair, and how far: as the first two of the tables within coaction/pairs.sql."""
    rows = _in_order(engine.fetch("SELECT behaviour, object, account, time_us FROM traces"))
    object_, account = _ints(rows, "object"), _ints(rows, "account")
    usable = engine.fetch("SELECT object, max(window_us) AS reach FROM eligible WHERE usable GROUP BY object")
    tested = engine.fetch(
        f"SELECT account FROM account_margins GROUP BY account HAVING max(k) >= {actions_min}"
    )
    reach_of = np.full(int(object_.max(initial=0)) + 1, -1)
    reach_of[_ints(usable, "object")] = _ints(usable, "reach")
    kept = np.flatnonzero(_marked(_ints(tested, "account"), account) & (reach_of[object_] >= 0))
    log = _Log(_ints(rows, "behaviour")[kept], object_[kept], account[kept], _ints(rows, "time_us")[kept])
    return log, reach_of[log.object]


def _in_order(rows: pa.Table) -> pa.Table:
    """The rows by object, time and account; the very same where they are so already."""
    by = [_ints(rows, name) for name in ("object", "time_us", "account")]
    return rows if _ascending(*by) else _taken(rows, _order(*by))


def _taken(rows: pa.Table, places: Ints) -> pa.Table:
    """The rows at these places; `pa.Table.take` would import all that PyArrow computes with."""
    return as_table({name: numbers(rows[name])[places] for name in rows.column_names})


def _ascending(*columns: Ints) -> bool:
    """Whether rows are in the order of the first column, those equal in it of the second, and so on."""
    equal = np.ones(max(len(columns[0]) - 1, 0), np.bool_)
    for column in columns:
        before, after = column[:-1], column[1:]
        if np.any(equal & (after < before)):
            return False
        equal &= after == before
    return True


def _order(first: Ints, second: Ints, third: Ints) -> Ints:
    """The order by three numbers; sorting one number that holds the first two is several times faster than both."""
    if not len(first):
        return _NONE
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


def _ints(rows: pa.Table, name: str) -> Ints:
    return np.asarray(numbers(rows[name]), np.int64)


def changes(*columns: Ints) -> Flags:
    """Whether a row is another than the one before it in any column; the first always is."""
    found = np.zeros(len(columns[0]), np.bool_)
    found[:1] = True
    for column in columns:
        found[1:] |= column[1:] != column[:-1]
    return found


def _starts(*columns: Ints) -> Ints:
    """Where each run of rows begins that are equal in every column."""
    return np.flatnonzero(changes(*columns))


def numbered(values: Ints) -> tuple[Ints, Ints]:
    """The different values, ascending, and the place of each among them; without a sort where one can be spared."""
    if _ascending(values):
        new = changes(values)
        return values[new], np.cumsum(new) - 1
    lowest = values.min()
    span = int(values.max() - lowest) + 1
    if span > _DENSE * len(values):
        return np.unique(values, return_inverse=True)
    there = np.zeros(span, np.bool_)
    there[values - lowest] = True
    return np.flatnonzero(there) + lowest, (np.cumsum(there) - 1)[values - lowest]


def _position(group: Ints, time_us: Ints, widest_us: int) -> Ints:
    """One ascending axis for all groups on which two rows are within a window, if it is at most the widest, just if
    they are of one group and within it in time: gaps longer than the widest window are cut to just over it."""
    gaps = np.diff(time_us)
    gaps[(np.diff(group) != 0) | (gaps > widest_us)] = widest_us + 1
    return np.concatenate([np.zeros(min(len(time_us), 1), np.int64), np.cumsum(gaps)])


def _pairs_within(
    group: Ints, time_us: Ints, starts: Ints, windows_us: Sequence[int]
) -> Iterator[tuple[int, Ints]]:
    """For each window the number of pairs of each group that are within it."""
    position = _position(group, time_us, max(windows_us))
    for window_us in windows_us:
        later = np.searchsorted(position, position + window_us, side="right") - np.arange(len(position)) - 1
        yield window_us, np.add.reduceat(later, starts) if len(starts) else later


def _chunks(counts: Ints) -> Iterator[tuple[int, int]]:
    """Runs of rows whose pairs number some `_CHUNK`, one row at least."""
    total = np.cumsum(counts)
    first, before = 0, 0
    while first < len(counts):
        last = max(int(np.searchsorted(total, before + _CHUNK, side="right")), first + 1)
        yield first, last
        first, before = last, int(total[last - 1])


def _expand(start: int, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Every row from `first` up to `last` of each entry, with the entry that it belongs to, from `start` on."""
    counts = last - first
    entry = np.repeat(np.arange(start, start + len(counts)), counts)
    return entry, np.arange(len(entry)) + np.repeat(first - (np.cumsum(counts) - counts), counts)


def _keys(log: _Log, left: Ints, right: Ints) -> Ints:
    a, b = log.account[left], log.account[right]
    key = log.behaviour[left]
    key <<= _ACCOUNT_BITS
    key |= np.minimum(a, b)
    key <<= _ACCOUNT_BITS
    key |= np.maximum(a, b, out=b)
    return key


def _unpacked(key: Ints) -> dict[str, npt.NDArray[Any]]:
    """The columns that make a key."""
    return {
        "behaviour": (key >> (2 * _ACCOUNT_BITS)).astype(np.uint8),
        "account_a": (key >> _ACCOUNT_BITS & _ACCOUNT_MASK).astype(np.int32),
        "account_b": (key & _ACCOUNT_MASK).astype(np.int32),
    }


def _hash(key: Ints, bits: int) -> Ints:
    mixed = key.view(np.uint64) * _GOLDEN
    mixed >>= np.uint64(64 - bits)
    return mixed.view(np.int64)


def _place(known: Ints, wanted: Ints) -> Ints:
    """Where each number that is wanted stands among those known, which ascend and include it."""
    span = int(known.max(initial=0)) + 1
    if span > _DENSE * len(wanted):
        return np.searchsorted(known, wanted)
    place = np.zeros(span, np.int64)
    place[known] = np.arange(len(known))
    return place[wanted]


def _marked(chosen: Ints, values: Ints) -> Flags:
    """Whether each value is among those chosen."""
    mark = np.zeros(max(int(values.max(initial=0)), int(chosen.max(initial=0))) + 1, np.bool_)
    mark[chosen] = True
    return mark[values]


def _sizes(ordered: Ints) -> Ints:
    """How long each run of equal values is."""
    return np.diff(np.append(_starts(ordered), len(ordered)))
