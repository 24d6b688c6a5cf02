"""The part of the crowd that is most like a network, and what it took up: those who share its taste are its judges."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from syncline.campaigns.acts import DAYS, SCOPES, WHOLE_LOG
from syncline.campaigns.constants import BLOCKS_A_DAY, BREADTH
from syncline.campaigns.crowd import AT_ONCE, Ints, Log, Packing, Takings, counted
from syncline.engines.duckdb import DuckDBEngine
from syncline.ordered import changes

# Even days, odd days, and all of them: what is tested on even days is compared by the taste of odd days, and the
# reverse, so that the test does not choose its judges.
_EVEN, _ODD, _ALL = 0, 1, 2
# Kinds of objects that tell of a taste.
_TELLING = ("hashtag", "url", "reply", "mention", "applause")
_NONE = pa.schema(
    [(name, pa.int64()) for name in ("scope", "block", "network_id", "object", "takers")]
).empty_table()
# Digits of a similarity that adding in another order leaves alone.
_DIGITS = 9


def find_comparables(engine: DuckDBEngine, log: Log) -> None:
    """Make `campaign_alike` (scope, block, network_id, object, takers), what comparable accounts took up.

    For each network and block in `campaign_candidates`, comparable are the accounts of the crowd that were active
    in the block, from the most similar downwards until they took up BREADTH times as much as the network. An
    account's similarity to a network is the cosine of their tastes: the sum of weight x members on the object, over
    the root of the account's sum of weights; an object's weight is ln(accounts / accounts on the object)^2.
    """
    asked = engine.fetch(
        "SELECT c.scope, c.block, c.network_id, any_value(t.takings) AS takings"
        " FROM campaign_candidates AS c"
        " JOIN (SELECT scope, block, network_id, count(*) AS takings FROM campaign_takings GROUP BY ALL) AS t"
        " ON t.scope = c.scope AND t.block = c.block AND t.network_id = c.network_id"
        " GROUP BY c.scope, c.block, c.network_id ORDER BY c.network_id, c.scope, c.block"
    )
    questions = list(zip(*(column.to_pylist() for column in asked.columns), strict=True))
    tastes = _Tastes(log)
    # A half of the days after the other, and a scope after the other: each is as large as the log.
    for network_id, half in sorted(
        {(network_id, _other_half(scope, block)) for scope, block, network_id, _ in questions},
        key=lambda one: one[1],
    ):
        tastes.rank(network_id, half)
    tastes.forget()
    parts = dict.fromkeys(questions, _NONE)
    for asked_scope in SCOPES:
        active = _Active(engine, log, asked_scope)
        for question in questions:
            scope, block, network_id, takings = question
            if scope == asked_scope:
                ranks = tastes.ranks[network_id, _other_half(scope, block)]
                object_, takers = active.taken_by_first(block, ranks, BREADTH * takings)
                about = [np.full(object_.size, value) for value in (scope, block, network_id)]
                parts[question] = pa.table([*about, object_, takers], names=_NONE.column_names)
        del active
    engine.put("campaign_alike", pa.concat_tables([_NONE, *parts.values()]))


def _other_half(scope: int, block: int) -> int:
    if scope == WHOLE_LOG:
        return _ALL
    day = block if scope == DAYS else block // BLOCKS_A_DAY
    return _ODD if day % 2 == 0 else _EVEN


def _weights(log: Log) -> NDArray[np.float64]:
    """What each object says about an account's taste: nothing where only one account took it up."""
    takers = np.zeros(len(log.kind), np.int64)
    seen = np.zeros(len(log.group), np.bool_)
    for takings in log.parts(WHOLE_LOG):
        takers += np.bincount(takings.object, minlength=takers.size)
        seen[takings.account] = True
    accounts = np.count_nonzero(seen)
    telling = (takers > 1) & np.isin(log.kind, np.flatnonzero(np.isin(log.kinds.to_pylist(), _TELLING)))
    return np.where(telling, np.log(accounts / np.maximum(takers, 1)) ** 2, 0.0)


class _Tastes:
    """How similar each account of the crowd is to a network, by the telling objects that both took up."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._weight = _weights(log)
        self._halves: dict[int, _Half] = {}
        self.ranks: dict[tuple[int, int], Ints] = {}

    def rank(self, network_id: int, half: int) -> None:
        """Keep the place of each account, the most similar first; those as similar in the order of their numbers."""
        if half not in self._halves:
            self._halves = {half: self._half(half)}
        self.ranks[network_id, half] = self._ranked(network_id, self._halves[half])

    def forget(self) -> None:
        """Keep nothing but the ranks."""
        self._halves = {}

    def _ranked(self, network_id: int, half: "_Half") -> Ints:
        own = half.members.object[self._log.group[half.members.account] == network_id]
        members = np.bincount(own, minlength=len(self._log.kind))
        score = np.zeros(len(half.lengths))
        for start in range(0, half.crowd.object.size, AT_ONCE):
            part = slice(start, start + AT_ONCE)
            object_ = half.crowd.object[part]
            shared = members[object_] > 0
            weights = self._weight[object_[shared]] * members[object_[shared]]
            score += np.bincount(half.crowd.account[part][shared], weights, len(score))
        score = np.round(score / np.where(half.lengths > 0, half.lengths, 1), _DIGITS)
        ranks = np.empty(len(score), np.int64)
        ranks[np.argsort(-score, kind="stable")] = np.arange(len(score))
        return ranks

    def _half(self, half: int) -> "_Half":
        squares = np.zeros(len(self._log.group))
        members, crowd = [], []
        for days in self._log.parts(DAYS):
            chosen = self._weight[days.object] > 0
            if half != _ALL:
                chosen &= days.block % 2 == half
            taken = days.of(chosen)
            taken = taken.of(changes(taken.object, taken.account))
            members.append(_Taken.of(taken.of(self._log.group[taken.account] >= 0)))
            crowd.append(_Taken.of(self._log.crowd(taken)))
            squares += np.bincount(crowd[-1].account, self._weight[crowd[-1].object], squares.size)
        return _Half(_Taken.of(*members), _Taken.of(*crowd), np.sqrt(squares))


@dataclass(frozen=True)
class _Taken:
    """Who took up what, whenever."""

    object: Ints
    account: Ints

    @classmethod
    def of(cls, *parts: "Takings | _Taken") -> "_Taken":
        """Those of all `parts`."""
        return cls(
            np.concatenate([part.object for part in parts]), np.concatenate([part.account for part in parts])
        )


@dataclass(frozen=True)
class _Half:
    """Which telling objects who took up in a half of the days, once each, and each account's length."""

    members: _Taken  # of all networks
    crowd: _Taken
    lengths: NDArray[np.float64]


class _Active:
    """Takings of the crowd in one scope, by block and account."""

    def __init__(self, engine: DuckDBEngine, log: Log, scope: int) -> None:
        self._packing = Packing(log.blocks(scope), (0, len(log.group) - 1), (0, len(log.kind) - 1))
        crowd = map(log.crowd, log.asked(engine, scope))
        self._packed = np.concatenate(
            [self._packing.packed(part.block, part.account, part.object) for part in crowd]
        )
        self._packed.sort()

    def taken_by_first(self, block: int, ranks: Ints, enough: float) -> tuple[Ints, Ints]:
        """The objects that the first accounts by `ranks` took up in `block`, until it is `enough`, and their takers."""
        start, end = np.searchsorted(
            self._packed, [self._packing.least(block), self._packing.least(block + 1)]
        )
        _, account, object_ = self._packing.columns(self._packed[start:end])
        starts = np.flatnonzero(changes(account))
        takings = np.diff(np.append(starts, account.size))
        order = np.argsort(ranks[account[starts]])
        before = np.cumsum(takings[order]) - takings[order]
        chosen = np.zeros(starts.size, np.bool_)
        chosen[order[before < enough]] = True
        object_, takers = counted(object_[np.repeat(chosen, takings)])
        return object_, takers
