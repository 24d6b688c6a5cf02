"""Counting what everybody took up, by sorting: rows for each taking, as for the members, would be far too many.

A taking is an account's first act on an object in a block of time: the whole log, a day, or some hours of a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from syncline.arrays import gathered
from syncline.campaigns.acts import DAYS, HOURS, SCOPES, WHOLE_LOG
from syncline.campaigns.constants import BLOCKS_A_DAY, HOURS_US
from syncline.engines.duckdb import DuckDBEngine
from syncline.errors import SynclineError
from syncline.ordered import changes

Ints = NDArray[Any]
Flags = NDArray[np.bool_]

# Of a row that is one integer, its sign left out.
_BITS = 63
# Rows that are worked on at a time: what is made of them takes more room than they do.
AT_ONCE = 4_000_000
# Stands for accounts of the crowd, and for those that are neither of the crowd nor of a network.
CROWD, NOBODY = -1, -2


@dataclass(frozen=True)
class Takings:
    """Takings of one scope: three columns of integers, ordered by object, account and block."""

    object: Ints
    account: Ints
    block: Ints

    def of(self, chosen: Flags) -> "Takings":
        """The takings that are `chosen`."""
        return Takings(self.object[chosen], self.account[chosen], self.block[chosen])


@dataclass(frozen=True)
class Log:
    """Everybody's takings by hours, and what is known of accounts and objects, by their numbers."""

    hours: Takings
    group: Ints  # of each account: its network, CROWD or NOBODY
    kind: Ints  # of each object: its place in `kinds`
    kinds: pa.Array

    def parts(self, scope: int) -> Iterator[Takings]:
        """The takings of one scope in their order, those of whole objects at a time."""
        for hours in self._parts_by_hours():
            if scope == HOURS:
                yield hours
            elif scope == DAYS:
                day = hours.block // BLOCKS_A_DAY
                first = changes(hours.object, hours.account, day)
                yield Takings(hours.object[first], hours.account[first], day[first])
            else:
                first = changes(hours.object, hours.account)
                yield Takings(hours.object[first], hours.account[first], np.zeros(int(first.sum()), np.int32))

    def _parts_by_hours(self) -> Iterator[Takings]:
        object_ = self.hours.object
        last = np.arange(AT_ONCE, object_.size, AT_ONCE)
        ends = np.searchsorted(object_, object_[last], side="right")
        for start, end in pairwise([0, *np.unique([*ends, object_.size])]):
            part = slice(start, end)
            yield Takings(object_[part], self.hours.account[part], self.hours.block[part])

    def blocks(self, scope: int) -> tuple[int, int]:
        """The first and the last block of a scope."""
        hours = self.hours.block
        first, last = (int(hours.min()), int(hours.max())) if hours.size else (0, 0)
        if scope == HOURS:
            return first, last
        return (first // BLOCKS_A_DAY, last // BLOCKS_A_DAY) if scope == DAYS else (0, 0)

    @cached_property
    def outside(self) -> Flags:
        """Of each account, whether it is of the crowd."""
        flags: Flags = self.group == CROWD
        return flags

    def asked(self, engine: DuckDBEngine, scope: int) -> Iterator[Takings]:
        """Takings of one scope in the blocks of `campaign_candidates`, in parts."""
        candidates = engine.fetch(f"SELECT DISTINCT block FROM campaign_candidates WHERE scope = {scope}")
        blocks = candidates.column("block").to_numpy()
        for takings in self.parts(scope):
            yield takings.of(np.isin(takings.block, blocks))

    def crowd(self, takings: Takings) -> Takings:
        """Those of the crowd among `takings`."""
        return takings.of(self.outside[takings.account])


def read_log(engine: DuckDBEngine) -> Log:
    """Read `campaign_acts`, `campaign_people` and `campaign_objects`."""
    people = engine.fetch(
        f"SELECT CASE WHEN outside THEN {CROWD} ELSE coalesce(network_id, {NOBODY}) END AS who"
        " FROM campaign_people ORDER BY account"
    )
    objects = engine.fetch("SELECT kind FROM campaign_objects ORDER BY object")
    kinds = objects.column("kind").combine_chunks().dictionary_encode()
    return Log(
        _hours(engine),
        people.column("who").to_numpy().astype(np.int32),
        kinds.indices.to_numpy(zero_copy_only=False),
        kinds.dictionary,
    )


def _hours(engine: DuckDBEngine) -> Takings:
    """Takings by hours. Acts are read in a stream, as one integer each, and are sorted in place."""
    acts = f"SELECT object, account, (time_us // {HOURS_US})::INTEGER AS block FROM campaign_acts"
    names = ("object", "account", "block")
    ends = ", ".join(f"coalesce(min({name}), 0), coalesce(max({name}), 0)" for name in names)
    count, *found = engine.row(f"SELECT count(*), {ends} FROM ({acts})")
    packing = Packing(*zip(found[::2], found[1::2], strict=True))
    batches = engine.stream(acts, AT_ONCE)
    packed = gathered(
        (packing.packed(*(batch.column(name).to_numpy() for name in names)) for batch in batches), count
    )
    packed.sort()
    packed = packed[changes(packed)]
    columns = [np.empty(packed.size, np.int32) for _ in names]
    for start in range(0, packed.size, AT_ONCE):
        part = slice(start, start + AT_ONCE)
        for column, values in zip(columns, packing.columns(packed[part]), strict=True):
            column[part] = values
    return Takings(*columns)


def count_takings(engine: DuckDBEngine, log: Log, members_min: int) -> None:
    """Make `campaign_popularity` (object, taken) and `campaign_askable` (scope, block, kind, objects).

    taken = account-days on the object, by anybody; askable are the objects that `members_min` accounts or more, of
    whatever group, took up in the block.
    """
    taken, askable = np.zeros(len(log.kind), np.int64), []
    for scope in (WHOLE_LOG, DAYS):
        for takings in log.parts(scope):
            if scope == DAYS:
                taken += np.bincount(takings.object, minlength=taken.size)
            askable.append(_askable(log, scope, takings, members_min))
    engine.put("campaign_popularity", pa.table({"object": np.arange(taken.size), "taken": taken}))
    engine.put("campaign_askable", _summed(askable, "objects"))


def _askable(log: Log, scope: int, takings: Takings, members_min: int) -> pa.Table:
    block, object_, takers = counted(takings.block, takings.object)
    enough = takers >= members_min
    block, kind, objects = counted(block[enough], log.kind[object_[enough]])
    return pa.table(
        {
            "scope": np.full(block.size, scope),
            "block": block,
            "kind": log.kinds.take(kind),
            "objects": objects,
        }
    )


def find_exposures(engine: DuckDBEngine, log: Log, community: Ints) -> None:
    """Make `campaign_exposures` (scope, block, kind, community, network_id, takings).

    How much each network, and the crowd (no network_id), took up at all, taste by taste; by hours, only in blocks of
    `campaign_candidates`. `community` is that of each object, below 0 for none.
    """
    # Kind and community as one number.
    cells = (community * len(log.kinds) + log.kind).astype(np.int32)
    parts = [
        _exposures(log, scope, takings, cells)
        for scope in SCOPES
        for takings in (log.asked(engine, HOURS) if scope == HOURS else log.parts(scope))
    ]
    engine.put("campaign_exposures", _summed(parts, "takings"))


def _exposures(log: Log, scope: int, takings: Takings, cells: Ints) -> pa.Table:
    group = log.group[takings.account]
    chosen = group != NOBODY
    block, who, cell, count = counted(takings.block[chosen], group[chosen], cells[takings.object[chosen]])
    taste, kind = np.divmod(cell, len(log.kinds))
    return pa.table(
        {
            "scope": np.full(block.size, scope),
            "block": block,
            "kind": log.kinds.take(kind),
            "community": pa.array(taste, mask=taste < 0),
            "network_id": pa.array(who, mask=who == CROWD),
            "takings": count,
        }
    )


def _summed(parts: list[pa.Table], counts: str) -> pa.Table:
    """The rows of all parts; of those that differ in `counts` alone, one with their sum."""
    rows = pa.concat_tables(parts)
    keys = [name for name in rows.column_names if name != counts]
    sums = rows.group_by(keys, use_threads=False).aggregate([(counts, "sum")])
    return sums.rename_columns([*keys, counts])


def find_takers(engine: DuckDBEngine, log: Log) -> None:
    """Make `campaign_crowd` (scope, block, object, takers): how many of the crowd took up what is a candidate."""
    candidates = engine.fetch("SELECT DISTINCT object FROM campaign_candidates")
    asked = np.zeros(len(log.kind), np.bool_)
    asked[candidates.column("object").to_numpy()] = True
    parts = []
    for scope in SCOPES:
        for takings in log.parts(scope):
            crowd = log.crowd(takings.of(asked[takings.object]))
            block, object_, takers = counted(crowd.block, crowd.object)
            parts.append(
                pa.table(
                    {
                        "scope": np.full(block.size, scope),
                        "block": block,
                        "object": object_,
                        "takers": takers,
                    }
                )
            )
    engine.put("campaign_crowd", pa.concat_tables(parts))


class Packing:
    """Rows of several columns of integers as one integer each, which sorts fast, in the same order."""

    def __init__(self, *ends: tuple[int, int]) -> None:
        """`ends` are the least and the greatest number of each column."""
        self._lows = [low for low, _ in ends]
        self._widths = [(high - low).bit_length() for low, high in ends]
        if sum(self._widths) > _BITS:
            raise SynclineError(
                "The log has too many accounts and objects over too long a time to be counted in one go. "
                "Scan it in parts, such as months."
            )

    def packed(self, *columns: Ints) -> Ints:
        """The rows, in their order."""
        rows = np.zeros(columns[0].size, np.int64)
        for column, low, width in zip(columns, self._lows, self._widths, strict=True):
            rows <<= width
            rows |= column - low if low else column
        return rows

    def columns(self, packed: Ints) -> tuple[Ints, ...]:
        """The columns of some rows, given as `packed`."""
        found = []
        for low, width in zip(reversed(self._lows), reversed(self._widths), strict=True):
            found.append((packed & ((1 << width) - 1)) + low)
            packed = packed >> width
        return tuple(reversed(found))

    def least(self, value: int) -> int:
        """The least row whose first column is `value`."""
        return (value - self._lows[0]) << sum(self._widths[1:])


def counted(*columns: Ints) -> tuple[Ints, ...]:
    """The distinct rows of some columns of integers, ordered, and as a last column how often each is there."""
    packing = Packing(
        *((int(column.min()), int(column.max())) if column.size else (0, 0) for column in columns)
    )
    packed = packing.packed(*columns)
    packed.sort()
    starts = np.flatnonzero(changes(packed))
    return *packing.columns(packed[starts]), np.diff(np.append(starts, packed.size))
