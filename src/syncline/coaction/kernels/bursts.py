"""How many of an object's actions are close in time, and who made them in which block."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa

from syncline.arrays import as_column, numbers
from syncline.coaction.kernels.rows import in_order, ints, taken
from syncline.coaction.kernels.windows import axis_of
from syncline.engines.engine import Engine
from syncline.ordered import Ints, marked, run_starts


def bursts(engine: Engine, windows_us: Sequence[int]) -> None:
    """Make `bursts`, all windows at once, as coaction/bursts.sql does one by one."""
    rows = in_order(engine.fetch("SELECT behaviour, object, account, time_us FROM traces"))
    counted = _bursts(rows, ("behaviour", "object"), windows_us)
    engine.put("bursts", counted.select(["behaviour", "object", "window_us", "accounts", "pairs_in_window"]))


def traces_in_blocks(engine: Engine, block_us: int) -> None:
    """Make `traces_in_blocks` as coaction/traces_in_blocks.sql does, which as a join would lose the order."""
    rows = engine.fetch(
        f"SELECT behaviour, object, account, (time_us // {block_us})::INTEGER AS block, time_us FROM traces"
    )
    suspects = ints(engine.fetch("SELECT account FROM suspects"), "account")
    crowd = ~marked(suspects, ints(rows, "account"))
    engine.put("traces_in_blocks", rows.append_column("crowd", as_column(crowd)))


def crowd_bursts(engine: Engine, windows_us: Sequence[int]) -> None:
    """Make `crowd_bursts`, all windows at once, as coaction/crowd_bursts.sql does one by one."""
    rows = engine.fetch("SELECT behaviour, object, account, block, time_us FROM traces_in_blocks WHERE crowd")
    counted = _bursts(in_order(rows), ("behaviour", "object", "block"), windows_us)
    here = numbers(counted["accounts"])
    pairs = as_column(here * (here - 1) / 2)
    engine.put("crowd_bursts", counted.drop(["accounts"]).append_column("pairs", pairs))


def _bursts(rows: pa.Table, by: Sequence[str], windows_us: Sequence[int]) -> pa.Table:
    """Of each run of rows that are equal in the columns `by`: accounts, and pairs within each window; two or more."""
    starts = run_starts(*(ints(rows, name) for name in by))
    sizes = np.diff(np.append(starts, rows.num_rows))
    group = np.repeat(np.arange(len(starts)), sizes)
    several = sizes > 1
    first = taken(rows.select(by), starts[several])
    parts = [
        first.append_column("window_us", as_column(np.full(first.num_rows, window_us)))
        .append_column("accounts", as_column(sizes[several].astype(np.float64)))
        .append_column("pairs_in_window", as_column(near[several].astype(np.float64)))
        for window_us, near in _pairs_within(group, ints(rows, "time_us"), starts, windows_us)
    ]
    return pa.concat_tables(parts)


def _pairs_within(
    group: Ints, time_us: Ints, starts: Ints, windows_us: Sequence[int]
) -> Iterator[tuple[int, Ints]]:
    """For each window the number of pairs of each group that are within it."""
    position = axis_of(group, time_us, max(windows_us))
    for window_us in windows_us:
        later = np.searchsorted(position, position + window_us, side="right") - np.arange(len(position)) - 1
        yield window_us, np.add.reduceat(later, starts) if len(starts) else later
