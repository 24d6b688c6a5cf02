"""What the graph library brings along, and what it leaves until it is asked for."""

import subprocess
import sys

import numpy as np
import pytest

from syncline import graphs

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


def test_a_graph_of_two_sides_has_the_communities_of_one_made_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(5)
    # Four tastes, which somebody leaves every fifth time; numbers with gaps on both sides.
    account = rng.integers(0, 200, 4000)
    liked = account % 4 * 100 + rng.integers(0, 100, 4000)
    object_ = np.where(rng.random(4000) < 0.2, rng.integers(0, 400, 4000), liked)
    left, right = np.unique(np.stack([3 * account + 5, 2 * object_ + 1]), axis=1)
    monkeypatch.setattr(graphs, "_AT_ONCE", 700)
    sides = graphs.between(left.astype(np.int32), right.astype(np.int32))
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


def test_no_links_are_a_graph_of_nothing() -> None:
    nothing = np.zeros(0, np.int32)
    sides = graphs.between(nothing, nothing)
    assert sides.links.numberOfNodes() == len(sides.left) == len(sides.right) == 0
