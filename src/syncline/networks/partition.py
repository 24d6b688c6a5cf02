"""From links to networks: communities of three accounts or more, pairs apart, and who in them may be named."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from syncline.graphs import core_numbers, graph, nk

_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Partition:
    """One row an account, in ascending order of `accounts`.

    `networks` numbers networks from 1, the largest first; a pair is a network of two. `links` counts an account's
    links inside its network; `named` holds where two of them or more reach into the network's 2-core.
    """

    accounts: _Ints
    networks: _Ints
    links: _Ints
    named: npt.NDArray[np.bool_]


def partition(account_a: _Ints, account_b: _Ints, weights: npt.NDArray[np.float64], seed: int) -> Partition:
    """Leiden communities (Traag, Waltman & van Eck 2019) of the link graph, on one thread and seeded.

    A community of one or two that hangs on a larger one joins it, so that no account of a component of three
    stands alone. `weights` are positive.
    """
    accounts, ends = np.unique(np.concatenate([account_a, account_b]), return_inverse=True)
    left, right = ends[: len(account_a)], ends[len(account_a) :]
    labels = _join_small(_leiden(left, right, weights, len(accounts), seed), left, right, weights)
    inside = labels[left] == labels[right]
    core = core_numbers(left[inside], right[inside], len(accounts))
    links = np.bincount(np.concatenate([left[inside], right[inside]]), minlength=len(accounts))
    return Partition(accounts, _largest_first(labels), links, core >= 2)


def _leiden(left: _Ints, right: _Ints, weights: npt.NDArray[np.float64], size: int, seed: int) -> _Ints:
    nk.setSeed(seed, False)
    found = nk.community.ParallelLeiden(graph(left, right, size, weights), iterations=10).run().getPartition()
    return np.asarray(found.getVector(), dtype=np.int64)


def _join_small(labels: _Ints, left: _Ints, right: _Ints, weights: npt.NDArray[np.float64]) -> _Ints:
    """Let each community under three join the one to which its strongest outward link leads, until none can."""
    labels = labels.copy()
    strongest_first = np.argsort(-weights, kind="stable")
    while True:
        sizes = np.bincount(labels, minlength=int(labels.max()) + 1)
        outward = [link for link in strongest_first if labels[left[link]] != labels[right[link]]]
        small = next(
            (link for link in outward if min(sizes[labels[left[link]]], sizes[labels[right[link]]]) < 3), None
        )
        if small is None:
            return labels
        one, other = labels[left[small]], labels[right[small]]
        labels[labels == one] = other


def _largest_first(labels: _Ints) -> _Ints:
    _, first, inverse, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty_like(order)
    rank[order] = np.arange(1, len(order) + 1)
    return rank[inverse]
