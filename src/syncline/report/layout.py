"""Where each account stands on the map: each network laid out by itself, then packed side by side.

Forces are those of Fruchterman and Reingold (1991); the repulsion is taken from a random sample of
nodes, drawn anew in each step (Gove 2019, "A Random Sampling O(n) Force-calculation Algorithm for
Graph Layouts"), so that 5,000 accounts take seconds. Everything drawn has a fixed seed: the same case
gives the same map.
"""

import math

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Positions = NDArray[np.float64]
Edges = NDArray[np.int64]

_SAMPLE = 100
_STEPS = 90
_ROOM = 0.7  # least distance between two accounts
_PUSHES = 30
_GAP = 1.3  # room between networks, in units of the distance between two accounts


def layout(groups: list[int], edges: list[tuple[int, int]], seed: int = 1) -> Positions:
    """Positions of `len(groups)` accounts, shape (accounts, 2), centred on 0.

    `groups[i]` is the network of account i; `edges` are index pairs. Neighbours stand about one unit
    apart. Larger networks come first, in the middle.
    """
    group_of = np.asarray(groups, dtype=np.int64)
    pairs = np.asarray(edges, dtype=np.int64).reshape(-1, 2)
    positions = np.zeros((len(groups), 2))
    if not len(groups):
        return positions
    names, sizes = np.unique(group_of, return_counts=True)
    order = names[np.lexsort((names, -sizes))]
    parts = []
    for name in order:
        members = np.flatnonzero(group_of == name)
        inside = pairs[group_of[pairs[:, 0]] == name]
        inside = inside[group_of[inside[:, 1]] == name]
        local = np.searchsorted(members, inside)
        parts.append((members, _network(len(members), local, np.random.default_rng([seed, int(name)]))))
    centres = _pack([_radius(part) for _, part in parts])
    for (members, part), centre in zip(parts, centres, strict=True):
        positions[members] = part + centre
    return positions


def _network(count: int, edges: Edges, random: np.random.Generator) -> Positions:
    if count <= 3:
        return _circle(count)
    at = _spiral(count)[random.permutation(count)]
    degree = np.bincount(edges.ravel(), minlength=count).astype(float)
    # In a dense network every node is pulled by hundreds: without this it would fall into one point.
    pull = 1.0 / np.sqrt(np.maximum(degree, 1.0))
    step_size = math.sqrt(count) * 0.3
    for step in range(_STEPS):
        force = _repulsion(at, random) - 0.02 * at
        if len(edges):
            force += _attraction(at, edges, pull)
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        limit = step_size * (1 - step / _STEPS) + 0.01
        at += force / length * np.minimum(length, limit)
    at -= at.mean(axis=0)
    return _apart(_spread(at))


def _repulsion(at: Positions, random: np.random.Generator) -> Positions:
    count = len(at)
    sample = at if count <= _SAMPLE else at[random.choice(count, _SAMPLE, replace=False)]
    squared = (at**2).sum(axis=1)[:, None] + (sample**2).sum(axis=1) - 2 * at @ sample.T
    closeness = 1.0 / np.maximum(squared, 0.01)
    force: Positions = at * closeness.sum(axis=1)[:, None] - closeness @ sample
    return force * (count / len(sample))


def _attraction(at: Positions, edges: Edges, pull: Positions) -> Positions:
    source, target = edges[:, 0], edges[:, 1]
    towards = at[target] - at[source]
    weight = np.linalg.norm(towards, axis=1) * np.minimum(pull[source], pull[target])
    drawn = towards * weight[:, None]
    force = np.empty_like(at)
    for axis in (0, 1):
        force[:, axis] = np.bincount(source, drawn[:, axis], len(at)) - np.bincount(
            target, drawn[:, axis], len(at)
        )
    return force


def _spread(at: Positions) -> Positions:
    """Scale so that the network fills the area that its accounts need."""
    radius = math.sqrt(len(at)) * 0.62
    reach = float(np.quantile(np.linalg.norm(at, axis=1), 0.9)) or 1.0
    scaled: Positions = at * (radius / reach)
    return scaled


def _apart(at: Positions) -> Positions:
    """Push accounts that would hide each other apart, a little at a time."""
    for _ in range(_PUSHES):
        near = cKDTree(at).query_pairs(_ROOM, output_type="ndarray")
        if not len(near):
            break
        one, other = near[:, 0], near[:, 1]
        away = at[one] - at[other]
        length = np.linalg.norm(away, axis=1)
        push = away / np.maximum(length, 1e-9)[:, None] * (0.5 * (_ROOM - length))[:, None]
        np.add.at(at, one, push)
        np.add.at(at, other, -push)
    return at


def _circle(count: int) -> Positions:
    if count == 1:
        return np.zeros((1, 2))
    angle = np.arange(count) * (2 * math.pi / count) + math.pi / 2
    return _points(0.6 * np.cos(angle), 0.6 * np.sin(angle))


def _spiral(count: int) -> Positions:
    """Evenly spread points in a disc (Vogel 1979), one unit of area each."""
    index = np.arange(count) + 0.5
    angle = index * math.pi * (3 - math.sqrt(5))
    reach = np.sqrt(index / math.pi)
    return _points(reach * np.cos(angle), reach * np.sin(angle))


def _points(x: Positions, y: Positions) -> Positions:
    points: Positions = np.stack([x, y], axis=1)
    return points


def _radius(at: Positions) -> float:
    return float(np.linalg.norm(at, axis=1).max(initial=0.0))


def _free(places: Positions, taken: Positions, reach: Positions) -> NDArray[np.intp]:
    """Which of the places are at least `reach` from those that are taken."""
    x, y = (places[:, axis, None] - taken[None, :, axis] for axis in (0, 1))
    return np.flatnonzero((x * x + y * y >= reach * reach).all(axis=1))


def _pack(radii: list[float]) -> list[Positions]:
    """Centres of discs, each about as near to the middle as the ones before it leave room for.

    Where an earlier disc of about its size found no room there is none for it either, so the search begins where that
    one ended: with hundreds of networks it would take minutes from the middle.
    """
    centres: list[Positions] = []
    found: dict[int, float] = {}
    turns = np.linspace(0, 2 * math.pi, 48, endpoint=False)
    ring = _points(1.5 * np.cos(turns), np.sin(turns))  # wider than high, as screens are
    for place, radius in enumerate(radii):
        if not place:
            centres.append(np.zeros(2))
            continue
        taken, reach = np.array(centres), np.array(radii[:place]) + radius + _GAP
        step, size = max(0.2, 0.1 * radius), round(math.log(radius + _GAP, 1.05))
        distance = found.get(size, radii[0] + step)
        while not len(free := _free(distance * ring, taken, reach)):
            distance += step
        found[size] = distance
        centres.append(distance * ring[free[0]])
    return centres
