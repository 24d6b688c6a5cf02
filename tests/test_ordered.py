"""Whole numbers that are in order, or are put so."""

import numpy as np
import pytest

from syncline.ordered import first_places, numbered, order_by

DAY_US = 86_400_000_000


@pytest.mark.parametrize("values", [[], [5], [3, 1, 3, 1, 2], [2, 2, 2], [-1, 0, -1]])
def test_where_each_value_stands_first(values: list[int]) -> None:
    firsts = [place for place, value in enumerate(values) if value not in values[:place]]
    assert first_places(np.array(values, np.int64)).tolist() == firsts


@pytest.mark.parametrize("values", [[3, 3, 5, 9], [9, 3, 5, 3], [9, 3, 5 << 40, 3], []])
def test_values_are_numbered_in_their_order(values: list[int]) -> None:
    different, places = numbered(np.array(values, np.int64))
    assert different.tolist() == sorted(set(values))
    assert different[places].tolist() == values


# Numbers that leave room for their places beside them, that do when their common unit is taken out, and that never do.
@pytest.mark.parametrize(("span", "unit"), [(7, 1), (200, -1), (1000, DAY_US), (50, 1 << 56), (2**62, 1)])
@pytest.mark.parametrize("rows", [0, 1, 2, 1000])
def test_rows_are_ordered_by_one_column_after_the_other_and_else_stay(
    rows: int, span: int, unit: int
) -> None:
    rng = np.random.default_rng(rows)
    first, second = rng.integers(0, 4, rows), rng.integers(-span // 2, span // 2, rows) * unit
    assert order_by(second).tolist() == np.argsort(second, kind="stable").tolist()
    assert order_by(first, second).tolist() == np.lexsort((second, first)).tolist()
    third = rng.integers(0, 5, rows).astype(np.int32)
    assert order_by(third, first, second).tolist() == np.lexsort((second, first, third)).tolist()
