"""What the graph library brings along, and what it leaves until it is asked for."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from syncline import graphs, louvain
from syncline.graphs import Ints

# In a process of its own, where nobody has imported anything.
_SCRIPT = """
import sys
import syncline.graphs
print(any(name in sys.modules for name in ("matplotlib", "pandas", "scipy.linalg", "unittest")))

import numpy as np
import numpy.testing
import scipy.sparse.linalg
from scipy.sparse import csgraph
square = scipy.sparse.csr_matrix(np.diag([2.0, 3.0, 4.0, 5.0]))
numpy.testing.assert_allclose(scipy.sparse.linalg.eigsh(square, 1)[0], [5])
print(csgraph.connected_components(square)[0])
"""


def test_what_is_seldom_used_is_loaded_by_whoever_uses_it() -> None:
    said = subprocess.run([sys.executable, "-c", _SCRIPT], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "4"]


def some_links(seed: int, *, accounts: int, objects: int, links: int) -> tuple[Ints, Ints]:
    """Links of four tastes, which somebody leaves every fifth time; numbers with gaps on both sides."""
    rng = np.random.default_rng(seed)
    account = rng.integers(0, accounts, links)
    quarter = objects // 4
    liked = account % 4 * quarter + rng.integers(0, quarter, links)
    object_ = np.where(rng.random(links) < 0.2, rng.integers(0, objects, links), liked)
    left, right = np.unique(np.stack([3 * account + 5, 2 * object_ + 1]), axis=1)
    return left.astype(np.int32), right.astype(np.int32)


def test_a_graph_of_two_sides_has_the_communities_of_one_made_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left, right = some_links(5, accounts=200, objects=400, links=4000)
    monkeypatch.setattr(graphs, "_AT_ONCE", 700)
    sides = graphs.between(left, right)
    found = graphs.louvain(sides, 1, rounds=4)

    accounts, one = np.unique(left, return_inverse=True)
    objects, other = np.unique(right, return_inverse=True)
    whole = graphs.nk.GraphFromCoo((one, other + len(accounts)), n=len(accounts) + len(objects))
    graphs.nk.setSeed(1, False)
    expected = graphs.nk.community.PLM(whole, refine=False, gamma=1.0, maxIter=4).run().getPartition()
    assert found.tolist() == expected.getVector()
    assert len(set(found.tolist())) == 4
    assert sides.left.tolist() == accounts.tolist() and sides.right.tolist() == objects.tolist()
    assert sides.degrees.tolist() == np.bincount(one).tolist()


@pytest.mark.parametrize("rounds", [0, 1, 4])
@pytest.mark.parametrize("gamma", [0.5, 1.0, 4.0])
@pytest.mark.parametrize(
    ("accounts", "objects", "links"), [(200, 400, 4000), (50, 3000, 2500), (4000, 40, 9000), (3, 4, 5)]
)
def test_a_large_graph_has_the_communities_that_networkit_finds(
    monkeypatch: pytest.MonkeyPatch, accounts: int, objects: int, links: int, gamma: float, rounds: int
) -> None:
    for seed in range(5):
        sides = graphs.between(*some_links(seed, accounts=accounts, objects=objects, links=links))
        monkeypatch.setattr(graphs, "_LARGE", links)
        expected = graphs.louvain(sides, 1, rounds=rounds, gamma=gamma)
        monkeypatch.setattr(graphs, "_LARGE", 0)
        assert graphs.louvain(sides, 1, rounds=rounds, gamma=gamma).tolist() == expected.tolist()


def test_what_is_compiled_need_not_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    compiler = louvain.numba.njit

    def without_a_folder(*, cache: bool = False, **options: bool) -> Any:
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return compiler(**options)

    monkeypatch.setattr(louvain.numba, "njit", without_a_folder)
    place, size = louvain._compiled(louvain._numbered.py_func)(np.array([2, 0, 2]))
    assert (place.tolist(), size) == ([0, 1, 0], 2)


def test_no_links_are_a_graph_of_nothing() -> None:
    nothing = np.zeros(0, np.int32)
    sides = graphs.between(nothing, nothing)
    assert len(sides.one) == len(sides.left) == len(sides.right) == 0
    assert graphs.louvain(sides, 1, rounds=4).tolist() == []
