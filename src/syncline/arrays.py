"""NumPy arrays from the columns of Arrow tables, and tables from arrays, in the memory that they have.

PyArrow's own `to_numpy` and `array` ask whether what they get is pandas', and import it to ask, which takes longer than
all else that a search for edges imports.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Array = npt.NDArray[Any]


def numbers(column: pa.ChunkedArray) -> Array:
    """The numbers of a column, not to be written to. Raises an error where one is missing."""
    if not column.num_chunks:
        return np.zeros(0, column.type.to_pandas_dtype())
    return np.from_dlpack(column.combine_chunks())


def gathered(parts: Iterable[Array], count: int) -> Array:
    """The `count` whole numbers that `parts` hold together, which come one after the other."""
    whole, filled = np.empty(count, np.int64), 0
    for part in parts:
        whole[filled : filled + len(part)] = part
        filled += len(part)
    return whole


def as_column(values: Array) -> pa.Array:
    """A column of numbers, or of truth values."""
    kind = pa.from_numpy_dtype(values.dtype)
    # Arrow keeps eight truth values in a byte.
    kept = (
        np.packbits(values, bitorder="little") if pa.types.is_boolean(kind) else np.ascontiguousarray(values)
    )
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(kept)])


def as_table(columns: Mapping[str, Array]) -> pa.Table:
    """A table of columns by their names."""
    return pa.Table.from_arrays([as_column(values) for values in columns.values()], list(columns))
