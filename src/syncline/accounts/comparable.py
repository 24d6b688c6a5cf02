"""Comparable accounts: whom a network's accounts are compared with, and who they are.

Every sign is a statement about a network *beside others*: so many of its accounts do something, where of
accounts like them so many do. The others come from the same log, belong to no network, and match in platform,
language, activity and age band, as in a matched case-control study (Rosenbaum 2002). Age is matched in broad
bands, so that a burst of sign-ups inside a band stays visible.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Ints = npt.NDArray[np.int64]

#: Fewer comparable accounts than this say nothing: the sign is "insufficient data".
FEWEST = 30

_EACH = 10  # comparable accounts for each member
_AT_LEAST = 200  # and no fewer in all, so that a small network has a comparison worth the name

# What a match asks for, the strictest first; what is dropped first matters least to the signs.
_MATCHES = (
    ("platform", "language", "activity", "age"),
    ("platform", "language", "age"),
    ("platform", "age"),
    ("platform",),
)


@dataclass(frozen=True)
class Comparison:
    """The comparable accounts of one group. `numbers` are values of `account_number`.

    `matched` counts them by what they match in, as in {"platform, language, activity, age": 190};
    `wanted` is how many were looked for. `given` says that a file of controls was used as it was.
    """

    numbers: Ints
    matched: dict[str, int] = field(default_factory=dict)
    wanted: int = 0
    given: bool = False

    @property
    def size(self) -> int:
        """How many comparable accounts there are."""
        return int(self.numbers.size)

    @property
    def sufficient(self) -> bool:
        """Whether there are enough to compare with."""
        return self.size >= FEWEST

    def as_dict(self) -> dict[str, Any]:
        """For the `numbers` of a finding."""
        return {"size": self.size, "wanted": self.wanted, "matched": self.matched, "given": self.given}


def comparable_accounts(
    strata: Sequence[Ints], members: Ints, outside: npt.NDArray[np.bool_], rng: np.random.Generator
) -> Comparison:
    """Draw the accounts that `members` are compared with, none of them twice.

    `strata` are `all_strata` of the log; `members` are numbers of accounts; `outside` is true for the accounts that may
    be drawn (those in no network). Every member gets equally many, as far as they go round: first those that match in
    everything, then those that match in less (activity is let go first, then language, then age; platform never).
    """
    each = max(_EACH, -(-_AT_LEAST // max(members.size, 1)))
    free = outside.copy()
    free[members] = False
    wanting = np.full(members.size, each, np.int64)
    drawn: list[Ints] = []
    matched: dict[str, int] = {}
    for match, stratum in zip(_MATCHES, strata, strict=True):
        taken = _draw(stratum, members, wanting, free, rng)
        free[taken] = False
        drawn.append(taken)
        if taken.size:
            matched[", ".join(match)] = int(taken.size)
    numbers = np.sort(np.concatenate(drawn))
    return Comparison(numbers, matched, wanted=each * members.size)


def _draw(
    stratum: Ints, members: Ints, wanting: Ints, free: npt.NDArray[np.bool_], rng: np.random.Generator
) -> Ints:
    """Draw from each stratum as many as its members still want; `wanting` is brought up to date."""
    taken: list[Ints] = [np.empty(0, np.int64)]
    for code in np.unique(stratum[members]):
        mine = np.flatnonzero(stratum[members] == code)
        pool = np.flatnonzero(free & (stratum == code))
        wanted = int(wanting[mine].sum())
        chosen = rng.choice(pool, min(wanted, pool.size), replace=False)
        taken.append(chosen)
        still = np.cumsum(wanting[mine]) - chosen.size
        wanting[mine] = np.clip(still, 0, wanting[mine])
    return np.concatenate(taken)


def all_strata(features: pa.Table) -> list[Ints]:
    """For each of the matches, the strictest first, a code for each account, the same for those that match.

    `features` has the columns of `account_features` in the order of `account_number`.
    """
    return [_strata(features, match) for match in _MATCHES]


def _strata(features: pa.Table, columns: Sequence[str]) -> Ints:
    """A code for each account, the same for accounts that are alike in `columns`."""
    codes = np.zeros(features.num_rows, np.int64)
    for name in columns:
        column = features.column(name).combine_chunks().dictionary_encode()
        places = np.argsort(np.argsort(np.asarray(column.dictionary.to_pylist(), dtype=str)))
        values = places[column.indices.to_numpy()]
        codes = np.unique(codes * (int(values.max(initial=0)) + 1) + values, return_inverse=True)[1]
    return codes.astype(np.int64)
