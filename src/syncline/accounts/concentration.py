"""Features that more of a group's accounts have than of comparable accounts: one test for all of them.

Fisher's exact test (one-sided, hypergeometric) for each feature, with Tarone's correction (1990): features so
rare that they could not reach the level whatever their distribution are not counted among the tests. If the
group and its comparable accounts are exchangeable, any feature passes with a probability of at most the level.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

#: A feature of fewer accounts is no pattern.
FEWEST = 3
# Nor is one that is not so many times as frequent: in large groups small differences are significant, too.
_TIMES = 3.0
# Of features on nearly the same accounts only the strongest is told.
_SAME_ACCOUNTS = 0.8


@dataclass(frozen=True)
class Concentration:
    """A feature and who has it: `members` are places in the group, `others` counts comparable accounts.

    `p` is adjusted for all features.
    """

    feature: Any
    members: list[int]
    others: int
    p: float


def concentrated(
    members: Sequence[Collection[Hashable]], others: Sequence[Collection[Hashable]], level: float
) -> list[Concentration]:
    """The features of `members` that are more frequent there than among `others`, the strongest first.

    Each account is given by its features. Returned are those with an adjusted p-value of at most `level`.
    """
    having: dict[Hashable, list[int]] = defaultdict(list)
    totals: dict[Hashable, int] = defaultdict(int)
    for place, features in enumerate([*members, *others]):
        for feature in features:
            totals[feature] += 1
            if place < len(members):
                having[feature].append(place)
    if not having or not others:
        return []
    factor = _tarone(np.array(list(totals.values())), len(members), len(others), level)
    found = []
    for feature, places in having.items():
        elsewhere = totals[feature] - len(places)
        if len(places) < FEWEST or len(places) * len(others) < _TIMES * elsewhere * len(members):
            continue
        p = factor * fisher(len(places), totals[feature], len(members), len(others))
        if p <= level:
            found.append(Concentration(feature, places, elsewhere, p))
    return sorted(found, key=lambda each: (each.p, -len(each.members), str(each.feature)))


def without_repeats(found: Sequence[Concentration]) -> list[Concentration]:
    """`found` without features whose accounts are, by four fifths, those of a stronger one."""
    kept: list[Concentration] = []
    for each in found:
        accounts = set(each.members)
        if all(len(accounts & set(one.members)) < _SAME_ACCOUNTS * len(accounts) for one in kept):
            kept.append(each)
    return kept


def fisher(count: int, total: int, members: int, others: int) -> float:
    """P(at least `count` of `total` accounts with a feature are among the `members`), labels dealt at random."""
    return float(_tails(count, total, members, others))


def _tails(counts: Any, totals: Any, members: int, others: int) -> Any:
    # Imported where it is needed: it takes half a second, and many logs say nothing about accounts.
    from scipy.stats import hypergeom

    return hypergeom.sf(counts - 1, members + others, totals, members)


def _tarone(totals: npt.NDArray[np.int64], members: int, others: int, level: float) -> int:
    """By how many tests the p-values are multiplied: the smallest K that at most K features can reach level/K."""
    sizes, frequency = np.unique(totals, return_counts=True)
    least = _tails(np.minimum(sizes, members), sizes, members, others)
    order = np.argsort(least)
    reachable = np.cumsum(frequency[order])
    best: Callable[[int], int] = lambda tests: int(  # noqa: E731
        reachable[least[order] <= level / tests].max(initial=0)
    )
    low, high = 1, max(int(reachable[-1]), 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if best(middle) <= middle else (middle + 1, high)
    return low
