"""Rows of traces in the order in which the kernels go through them, and how a pair is one number."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from syncline.arrays import as_table, numbers
from syncline.engines.engine import Engine
from syncline.ordered import Ints, is_ascending, order_by

# Each account is one of 2^30; behaviours stand above them.
ACCOUNT_BITS = 30
OBJECT_BITS = 31
ACCOUNT_MASK = (1 << ACCOUNT_BITS) - 1
OBJECT_MASK = (1 << OBJECT_BITS) - 1
PAIR = f"behaviour * {1 << 2 * ACCOUNT_BITS} + account_a * {1 << ACCOUNT_BITS}::BIGINT + account_b"


def sort_traces(engine: Engine) -> None:
    """Put `traces` in the order of object and time, in which all kernels go through them: sorted once."""
    # In one piece, as each column is read more than once.
    rows = engine.fetch("SELECT behaviour, object, account, time_us, post FROM traces").combine_chunks()
    ordered = in_order(rows)
    if ordered is not rows:
        engine.put("traces", ordered)


def unpacked(key: Ints) -> dict[str, npt.NDArray[Any]]:
    """The columns that make a key."""
    return {
        "behaviour": (key >> (2 * ACCOUNT_BITS)).astype(np.uint8),
        "account_a": (key >> ACCOUNT_BITS & ACCOUNT_MASK).astype(np.int32),
        "account_b": (key & ACCOUNT_MASK).astype(np.int32),
    }


def in_order(rows: pa.Table) -> pa.Table:
    """The rows by object and time, and account; the very same where they are by object and time already."""
    object_, time_us = ints(rows, "object"), ints(rows, "time_us")
    if is_ascending(object_, time_us):
        return rows
    return taken(rows, order_by(object_, time_us, ints(rows, "account")))


def taken(rows: pa.Table, places: Ints) -> pa.Table:
    """The rows at these places; `pa.Table.take` would import all that PyArrow computes with."""
    return as_table({name: numbers(rows[name])[places] for name in rows.column_names})


def ints(rows: pa.Table, name: str) -> Ints:
    """A column as whole numbers of 64 bits."""
    return np.asarray(numbers(rows[name]), np.int64)
