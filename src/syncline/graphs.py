"""NetworKit as every room uses it: without its plotting parts, on one thread and seeded."""

import sys
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[Any]

# NetworKit imports these where they are installed, which takes two seconds, and draws and converts nothing here.
_UNUSED = ("matplotlib", "networkx", "pandas", "seaborn", "sklearn")


def _import_networkit() -> Any:
    hidden = [name for name in _UNUSED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        return import_module("networkit")
    finally:
        for name in hidden:
            del sys.modules[name]


nk = _import_networkit()


def graph(left: Ints, right: Ints, size: int, weights: npt.NDArray[np.float64] | None = None) -> Any:
    """The graph of the links from `left` to `right` (nodes below `size`), to be worked on by one thread."""
    nk.setNumberOfThreads(1)  # two threads would give two answers
    if weights is None:
        return nk.GraphFromCoo((left, right), n=size)
    return nk.GraphFromCoo((weights, (left, right)), n=size, weighted=True)


def louvain(left: Ints, right: Ints, size: int, seed: int, *, rounds: int, gamma: float = 1.0) -> Ints:
    """The community of each node (Louvain; NetworKit PLM, Staudt & Meyerhenke 2016), of resolution `gamma`.

    `rounds` bounds the moves on each level: where there are communities the first few find them, and where there
    are none, rounds would go on for long and find nothing.
    """
    nk.setSeed(seed, False)
    found = nk.community.PLM(graph(left, right, size), refine=False, gamma=gamma, maxIter=rounds).run()
    return np.asarray(found.getPartition().getVector())
