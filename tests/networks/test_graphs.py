"""What the graph library brings along, and what it leaves until it is asked for."""

import subprocess
import sys

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
