"""Louvain on graphs too large for NetworKit's memory: the same communities, in a third of the room.

The method is that of NetworKit's PLM on one thread (Staudt & Meyerhenke 2016), link for link and in its order, so that
a log has the same communities whatever its size; a test holds both equal. Graphs are two arrays: `ends` has the
neighbours of each node one after the other, those of node `u` from `starts[u]` to `starts[u + 1]`.

Loaded only for a large graph, as Numba takes half a second.
"""

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]

_ONES = np.empty(0, np.int32)


def _compiled(function: Any) -> Any:
    try:
        return numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # there is no folder where what is compiled can be kept
        return numba.njit(nogil=True)(function)


def communities(one: Ints, other: Ints, nodes: int, rounds: int, gamma: float) -> Ints:
    """The community of each of `nodes`, joined by the links from `one` to `other` (each once, no node to itself).

    `rounds` bounds the moves on each level after the first, `gamma` is the resolution.
    """
    starts, ends = _neighbours(one, other, nodes)
    return _partition(starts, ends, _ONES, float(len(one)), rounds, gamma)


def _partition(starts: Ints, ends: Ints, weights: Ints, total: float, rounds: int, gamma: float) -> Ints:
    """Level upon level: nodes are moved, and each community becomes a node of the next. No weights: all are one."""
    found = np.arange(len(starts) - 1, dtype=np.int32)
    while True:
        community = np.arange(len(starts) - 1, dtype=np.int32)
        volume = _volumes(starts, ends, weights)
        if not _move(starts, ends, weights, community, volume, volume.copy(), total, rounds, gamma):
            return found
        place, size = _numbered(community)
        found = place[found]
        starts, ends, weights = _contracted(starts, ends, weights, place, size)


@_compiled
def _neighbours(one: Ints, other: Ints, nodes: int) -> tuple[Ints, Ints]:
    starts = np.zeros(nodes + 1, np.int64)
    for link in range(one.size):
        starts[one[link] + 1] += 1
        starts[other[link] + 1] += 1
    for node in range(nodes):
        starts[node + 1] += starts[node]
    free = starts[:-1].copy()
    ends = np.empty(2 * one.size, np.int32)
    for link in range(one.size):
        a, b = one[link], other[link]
        ends[free[a]] = b
        free[a] += 1
        ends[free[b]] = a
        free[b] += 1
    return starts, ends


@_compiled
def _volumes(starts: Ints, ends: Ints, weights: Ints) -> Floats:
    """The sum of the weights of each node's links; one to itself counts twice."""
    nodes = starts.size - 1
    volume = np.zeros(nodes, np.float64)
    for node in range(nodes):
        if weights.size == 0:
            volume[node] = starts[node + 1] - starts[node]
            continue
        for place in range(starts[node], starts[node + 1]):
            volume[node] += weights[place]
            if ends[place] == node:
                volume[node] += weights[place]
    return volume


@_compiled
def _move(
    starts: Ints,
    ends: Ints,
    weights: Ints,
    community: Ints,
    volume: Floats,
    volumes: Floats,
    total: float,
    rounds: int,
    gamma: float,
) -> bool:
    """Put each node where modularity gains most, in `community` itself; `volumes` are those of the communities."""
    nodes = starts.size - 1
    affinity = np.zeros(nodes, np.float64)
    near = np.empty(nodes, np.int32)
    changed = False
    for _ in range(rounds + 1):
        moved = False
        for node in range(nodes):
            own = community[node]
            found = 0
            for place in range(starts[node], starts[node + 1]):
                if ends[place] == node:
                    continue
                its = community[ends[place]]
                if affinity[its] == 0.0 and its != own:
                    near[found] = its
                    found += 1
                affinity[its] += weights[place] if weights.size > 0 else 1.0
            best, most = own, 0.0
            without = volumes[own] - volume[node]
            for its in near[:found]:
                nearer = (affinity[its] - affinity[own]) / total
                gain = nearer + gamma * ((without - volumes[its]) * volume[node]) / (2.0 * total * total)
                if gain > most:
                    best, most = its, gain
                affinity[its] = 0.0
            affinity[own] = 0.0
            if best != own:
                community[node] = best
                volumes[own] -= volume[node]
                volumes[best] += volume[node]
                moved = True
        changed |= moved
        if not moved:
            break
    return changed


@_compiled
def _numbered(community: Ints) -> tuple[Ints, int]:
    """Communities numbered from 0, in the order in which nodes first have them, and how many there are."""
    number = np.full(community.size, -1, np.int32)
    place = np.empty(community.size, np.int32)
    size = 0
    for node in range(community.size):
        its = community[node]
        if number[its] < 0:
            number[its] = size
            size += 1
        place[node] = number[its]
    return place, size


@_compiled
def _contracted(starts: Ints, ends: Ints, weights: Ints, place: Ints, size: int) -> tuple[Ints, Ints, Ints]:
    """The graph of the communities: links between the same two become one, of the sum of their weights.

    Gone through twice, first to count: the links need no room beside the two graphs.
    """
    nodes = starts.size - 1
    first = np.zeros(size + 1, np.int64)
    for node in range(nodes):
        first[place[node] + 1] += 1
    for its in range(size):
        first[its + 1] += first[its]
    free = first[:-1].copy()
    members = np.empty(nodes, np.int32)
    for node in range(nodes):
        members[free[place[node]]] = node
        free[place[node]] += 1

    begin = np.zeros(size + 1, np.int64)
    last = np.full(size, -1, np.int32)
    for its in range(size):
        begin[its + 1] = begin[its]
        for node in members[first[its] : first[its + 1]]:
            for end in ends[starts[node] : starts[node + 1]]:
                # A link inside a community is there from both its ends, and counts once.
                if (place[end] != its or node >= end) and last[place[end]] != its:
                    last[place[end]] = its
                    begin[its + 1] += 1

    joined = np.empty(begin[size], np.int32)
    weight = np.zeros(begin[size], np.int32)
    where = np.full(size, -1, np.int64)
    for its in range(size):
        free_place = begin[its]
        for node in members[first[its] : first[its + 1]]:
            for at in range(starts[node], starts[node + 1]):
                to = place[ends[at]]
                if to == its and node < ends[at]:
                    continue
                if where[to] < begin[its]:
                    where[to] = free_place
                    joined[free_place] = to
                    free_place += 1
                weight[where[to]] += weights[at] if weights.size > 0 else 1
    return begin, joined, weight
