"""Counting what everybody took up, by sorting: rows for each taking, as for the members, would be far too many.

A taking is an account's first act on an object in a block of time: the whole log, a day, or some hours of a day.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from syncline.campaigns.acts import DAYS, HOURS, SCOPES, WHOLE_LOG
from syncline.campaigns.constants import BLOCKS_A_DAY, HOURS_US
from syncline.coaction.kernels import changes
from syncline.engines.duckdb import DuckDBEngine
from syncline.errors import SynclineError

Ints = NDArray[Any]
Flags = NDArray[np.bool_]

# Of a row that is one integer, its sign left out.
_BITS = 63
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

    @property
    def days(self) -> Takings:
        """Takings by days."""
        day = self.hours.block // BLOCKS_A_DAY
        first = changes(self.hours.object, self.hours.account, day)
        return Takings(self.hours.object[first], self.hours.account[first], day[first])

    @property
    def whole(self) -> Takings:
        """Takings of the whole log, which is block 0."""
        first = changes(self.hours.object, self.hours.account)
        zeros = np.zeros(int(first.sum()), np.int32)
        return Takings(self.hours.object[first], self.hours.account[first], zeros)

    def takings(self, scope: int) -> Takings:
        """The takings of one scope, made anew each time: all of them at once would take much memory."""
        if scope == HOURS:
            return self.hours
        return self.days if scope == DAYS else self.whole

    @cached_property
    def outside(self) -> Flags:
        """Of each account, whether it is of the crowd."""
        flags: Flags = self.group == CROWD
        return flags

    def asked(self, engine: DuckDBEngine, scope: int) -> Takings:
        """Takings of one scope in the blocks of `campaign_candidates`."""
        takings = self.takings(scope)
        candidates = engine.fetch(f"SELECT DISTINCT block FROM campaign_candidates WHERE scope = {scope}")
        return takings.of(np.isin(takings.block, candidates.column("block").to_numpy()))

    def crowd(self, takings: Takings) -> Takings:
        """Those of the crowd among `takings`."""
        return takings.of(self.outside[takings.account])


def read_log(engine: DuckDBEngine) -> Log:
    """Read `campaign_acts`, `campaign_people` and `campaign_objects`."""
    acts = engine.fetch(
        f"SELECT object, account, (time_us // {HOURS_US})::INTEGER AS block FROM campaign_acts"
    )
    people = engine.fetch(
        f"SELECT CASE WHEN outside THEN {CROWD} ELSE coalesce(network_id, {NOBODY}) END AS who"
        " FROM campaign_people ORDER BY account"
    )
    objects = engine.fetch("SELECT kind FROM campaign_objects ORDER BY object")
    kinds = objects.column("kind").combine_chunks().dictionary_encode()
    rows = Rows(*(acts.column(name).to_numpy() for name in ("object", "account", "block")))
    del acts
    object_, account, block = rows.columns(rows.packed[changes(rows.packed)])
    return Log(
        Takings(object_.astype(np.int32), account.astype(np.int32), block.astype(np.int32)),
        people.column("who").to_numpy().astype(np.int32),
        kinds.indices.to_numpy(zero_copy_only=False),
        kinds.dictionary,
    )


def count_takings(engine: DuckDBEngine, log: Log, members_min: int) -> None:
    """Make `campaign_popularity` (object, taken) and `campaign_askable` (scope, block, kind, objects).

    taken = account-days on the object, by anybody; askable are the objects that `members_min` accounts or more, of
    whatever group, took up in the block.
    """
    in_all = _askable(log, WHOLE_LOG, log.whole, members_min)
    days = log.days
    taken = np.bincount(days.object, minlength=len(log.kind))
    engine.put("campaign_popularity", pa.table({"object": np.arange(taken.size), "taken": taken}))
    engine.put("campaign_askable", pa.concat_tables([in_all, _askable(log, DAYS, days, members_min)]))


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
    parts = []
    for scope in SCOPES:
        takings = log.asked(engine, HOURS) if scope == HOURS else log.takings(scope)
        group = log.group[takings.account]
        chosen = group != NOBODY
        block, who, cell, count = counted(takings.block[chosen], group[chosen], cells[takings.object[chosen]])
        taste, kind = np.divmod(cell, len(log.kinds))
        parts.append(
            pa.table(
                {
                    "scope": np.full(block.size, scope),
                    "block": block,
                    "kind": log.kinds.take(kind),
                    "community": pa.array(taste, mask=taste < 0),
                    "network_id": pa.array(who, mask=who == CROWD),
                    "takings": count,
                }
            )
        )
    engine.put("campaign_exposures", pa.concat_tables(parts))


def find_takers(engine: DuckDBEngine, log: Log) -> None:
    """Make `campaign_crowd` (scope, block, object, takers): how many of the crowd took up what is a candidate."""
    candidates = engine.fetch("SELECT DISTINCT object FROM campaign_candidates")
    asked = np.zeros(len(log.kind), np.bool_)
    asked[candidates.column("object").to_numpy()] = True
    parts = []
    for scope in SCOPES:
        takings = log.takings(scope)
        crowd = log.crowd(takings.of(asked[takings.object]))
        block, object_, takers = counted(crowd.block, crowd.object)
        parts.append(
            pa.table(
                {"scope": np.full(block.size, scope), "block": block, "object": object_, "takers": takers}
            )
        )
    engine.put("campaign_crowd", pa.concat_tables(parts))


class Rows:
    """Rows of several columns of integers as one integer each, which sorts fast, in the same order."""

    def __init__(self, *columns: Ints) -> None:
        ends = [(int(column.min()), int(column.max())) if column.size else (0, 0) for column in columns]
        self._lows = [low for low, _ in ends]
        self._widths = [(high - low).bit_length() for low, high in ends]
        if sum(self._widths) > _BITS:
            raise SynclineError(
                "The log has too many accounts and objects over too long a time to be counted in one go. "
                "Scan it in parts, such as months."
            )
        self.packed = np.zeros(columns[0].size, np.int64)
        for column, low, width in zip(columns, self._lows, self._widths, strict=True):
            self.packed <<= width
            self.packed |= column - low if low else column
        self.packed.sort()

    def first(self, value: int) -> int:
        """The place of the first row whose first column is `value` or more."""
        return int(np.searchsorted(self.packed, (value - self._lows[0]) << sum(self._widths[1:])))

    def columns(self, packed: Ints) -> tuple[Ints, ...]:
        """The columns of some rows, given as `packed`."""
        found = []
        for low, width in zip(reversed(self._lows), reversed(self._widths), strict=True):
            found.append((packed & ((1 << width) - 1)) + low)
            packed = packed >> width
        return tuple(reversed(found))


def counted(*columns: Ints) -> tuple[Ints, ...]:
    """The distinct rows of some columns of integers, ordered, and as a last column how often each is there."""
    rows = Rows(*columns)
    starts = np.flatnonzero(changes(rows.packed))
    return *rows.columns(rows.packed[starts]), np.diff(np.append(starts, rows.packed.size))
