"""NetworKit as every room uses it: without its plotting parts, on one thread and seeded."""

import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.util import LazyLoader, find_spec, module_from_spec
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]

# NetworKit imports these where they are installed, which takes two seconds, and draws and converts nothing here.
_UNUSED = ("matplotlib", "networkx", "pandas", "seaborn", "sklearn")
# NetworKit and its SciPy ask for these, which take longer than all the rest, and nothing here calls them. Whoever does
# finds them: a module of `LazyLoader` is read when something of it is first asked for.
_SELDOM_USED = ("numpy.f2py", "numpy.testing", "scipy.sparse.csgraph", "scipy.sparse.linalg")


def _load_when_used(name: str) -> None:
    """Import a submodule, but let it be read only when something of it is asked for."""
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        return
    loader = spec.loader = LazyLoader(spec.loader)
    module = module_from_spec(spec)
    loader.exec_module(module)
    sys.modules[name] = module
    parent, _, child = name.rpartition(".")
    setattr(sys.modules[parent], child, module)


def _import_networkit() -> Any:
    for name in _SELDOM_USED:
        _load_when_used(name)
    hidden = [name for name in _UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        return import_module("networkit")
    finally:
        for name in hidden:
            del sys.modules[name]


nk = _import_networkit()

# Links that are handed over at a time, each with a number of 64 bits for either end.
_AT_ONCE = 1_000_000
# Links above which a graph of NetworKit, 73 bytes each with what its communities need, takes too much room.
_LARGE = 4_000_000


def graph(left: Ints, right: Ints, size: int, weights: npt.NDArray[np.float64] | None = None) -> Any:
    """The graph of the links from `left` to `right` (nodes below `size`), to be worked on by one thread."""
    nk.setNumberOfThreads(1)  # two threads would give two answers
    if weights is None:
        return nk.GraphFromCoo((left, right), n=size)
    return nk.GraphFromCoo((weights, (left, right)), n=size, weighted=True)


@dataclass(frozen=True)
class Sides:
    """A graph between two sides: nodes are the members of the left, ascending, and then those of the right."""

    one: Ints  # of each link, the node on the left
    other: Ints  # and that on the right
    left: Ints
    right: Ints
    degrees: Ints  # of the members of the left


def between(left: Ints, right: Ints) -> Sides:
    """The graph of the links between the numbers in `left` and in `right`, each link given once.

    Numbers should be dense: memory grows with the largest.
    """
    degrees, taken = np.bincount(left), np.bincount(right)
    members, others = np.flatnonzero(degrees), np.flatnonzero(taken)
    place = (np.cumsum(degrees > 0) - 1).astype(np.int32)
    place_of_other = (np.cumsum(taken > 0) - 1 + len(members)).astype(np.int32)
    return Sides(place[left], place_of_other[right], members, others, degrees[members])


def louvain(sides: Sides, seed: int, *, rounds: int, gamma: float = 1.0) -> Ints:
    """The community of each node (Louvain; NetworKit PLM, Staudt & Meyerhenke 2016), of resolution `gamma`.

    `rounds` bounds the moves on each level: where there are communities the first few find them, and where there
    are none, rounds would go on for long and find nothing.
    """
    nodes = len(sides.left) + len(sides.right)
    if len(sides.one) > _LARGE:
        from syncline.louvain import communities

        return communities(sides.one, sides.other, nodes, rounds, gamma)
    nk.setNumberOfThreads(1)  # two threads would give two answers
    nk.setSeed(seed, False)
    links = nk.Graph(nodes)
    for start in range(0, len(sides.one), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        links.addEdges((sides.one[part].astype(np.uint64), sides.other[part].astype(np.uint64)))
    found = nk.community.PLM(links, refine=False, gamma=gamma, maxIter=rounds).run()
    return np.asarray(found.getPartition().getVector())


def core_numbers(left: Ints, right: Ints, size: int) -> Ints:
    """The largest k of which each node is in the k-core, by its number; an edge joins `left` and `right`."""
    scores = nk.centrality.CoreDecomposition(graph(left, right, size)).run().scores()
    return np.asarray(scores, dtype=np.int64)
