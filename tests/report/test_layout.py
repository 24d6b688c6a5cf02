import time

import numpy as np
import pytest
from scipy.spatial import cKDTree

from syncline.report.layout import layout


def clique(first: int, size: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(first, first + size) for j in range(i + 1, first + size)]


def distances(at: np.ndarray) -> np.ndarray:
    apart: np.ndarray = np.linalg.norm(at[:, None, :] - at[None, :, :], axis=2)
    return apart[~np.eye(len(at), dtype=bool)]


def test_nothing_to_lay_out() -> None:
    assert layout([], []).shape == (0, 2)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 40, 400])
def test_accounts_stand_apart(size: int) -> None:
    at = layout([1] * size, clique(0, size) if size < 100 else [(i, (i * 7) % size) for i in range(size)])
    assert np.isfinite(at).all()
    if size > 1:
        assert distances(at).min() > 0.3


def test_the_same_case_gives_the_same_map() -> None:
    groups, edges = [1] * 300 + [2] * 20, [(i, (i * 13 + 1) % 300) for i in range(300)] + clique(300, 20)
    assert np.array_equal(layout(groups, edges), layout(groups, edges))


def test_networks_do_not_overlap() -> None:
    sizes = [60, 30, 12, 5, 3, 2, 2, 1]
    groups = [name for name, size in enumerate(sizes) for _ in range(size)]
    at = layout(groups, clique(0, 60) + clique(60, 30))
    owner = np.array(groups)
    for name in range(len(sizes)):
        inside, outside = at[owner == name], at[owner != name]
        gap = np.linalg.norm(inside[:, None, :] - outside[None, :, :], axis=2).min()
        assert gap > 1.0


def test_linked_accounts_stand_nearer_than_others() -> None:
    # Two cliques joined by one link: one network, two clusters.
    edges = [*clique(0, 15), *clique(15, 15), (0, 15)]
    at = layout([1] * 30, edges)
    within = np.mean([np.linalg.norm(at[i] - at[j]) for i, j in edges[:-1]])
    across = np.mean([np.linalg.norm(at[i] - at[j]) for i in range(15) for j in range(15, 30)])
    assert within < 0.7 * across


def test_hundreds_of_networks_and_pairs_find_their_places_quickly() -> None:
    groups = [name for name, size in enumerate([4] * 300 + [2] * 300) for _ in range(size)]
    began = time.process_time()
    at = layout(groups, [])
    # Searched from the middle each time, it was a minute.
    assert time.process_time() - began < 12
    owner = np.array(groups)
    one, other = cKDTree(at).query_pairs(1.0, output_type="ndarray").T
    assert (owner[one] == owner[other]).all()
