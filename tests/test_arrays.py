"""Columns become arrays and arrays columns, as PyArrow itself has them."""

import numpy as np
import pyarrow as pa
import pytest

from syncline.arrays import as_column, as_table, numbers


@pytest.mark.parametrize("kind", [np.uint8, np.int32, np.int64, np.float64])
@pytest.mark.parametrize("values", [[], [3, 1, 2]])
def test_numbers_go_to_a_column_and_back(kind: type, values: list[int]) -> None:
    array = np.array(values, kind)
    assert as_column(array).equals(pa.array(array))
    back = numbers(pa.chunked_array([as_column(array), as_column(array)]))
    assert back.dtype == kind
    assert back.tolist() == values * 2


def test_a_column_of_nothing_has_its_kind() -> None:
    assert numbers(pa.chunked_array([], pa.int32())).dtype == np.int32


def test_every_other_number_of_an_array_is_one_column() -> None:
    assert as_column(np.arange(6)[::2]).to_pylist() == [0, 2, 4]


@pytest.mark.parametrize("rows", [0, 3, 8, 17])
def test_truth_values_fill_bytes_of_eight(rows: int) -> None:
    values = np.arange(rows) % 3 == 0
    assert as_column(values).equals(pa.array(values))


def test_a_table_has_its_columns_in_order() -> None:
    made = as_table({"b": np.array([1, 2]), "a": np.array([True, False])})
    assert made.to_pydict() == {"b": [1, 2], "a": [True, False]}
    assert made.column_names == ["b", "a"]


# PyArrow tries the older protocol, too, before it gives up.
@pytest.mark.filterwarnings("ignore:Exporting an unversioned DLPack")
def test_a_missing_number_is_an_error() -> None:
    with pytest.raises(Exception, match="null"):
        numbers(pa.chunked_array([pa.array([1, None])]))
