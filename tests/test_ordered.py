"""Whole numbers that are in order, or are put so."""

import numpy as np
import pytest

from syncline.ordered import numbered, order_by

DAY_US = 86_400_000_000


@pytest.mark.parametrize("values", [[3, 3, 5, 9], [9, 3, 5, 3], [9, 3, 5 << 40, 3], []])
def test_values_are_numbered_in_their_order(values: list[int]) -> None:
    different, places = numbered(np.array(values, np.int64))
    assert different.tolist() == sorted(set(values))
    assert different[places].tolist() == values


# Two numbers that fit into one, and two that do not.
@pytest.mark.parametrize(("span", "unit"), [(7, 1), (1000, DAY_US), (50, 1 << 56), (2**62, 1)])
@pytest.mark.parametrize("rows", [0, 1, 2, 1000])
def test_rows_are_ordered_by_one_column_after_the_other(rows: int, span: int, unit: int) -> None:
    rng = np.random.default_rng(rows)
    first, second = rng.integers(0, 4, rows), rng.integers(-span // 2, span // 2, rows) * unit
    third = rng.permutation(rows)
    assert order_by(first, second, third).tolist() == np.lexsort((third, second, first)).tolist()
