"""Speed: whole scans of a million posts to a case, and the pair step beside a sorted window over integers.

    python benchmarks/workload.py [--posts 1000000] [--rounds 7] [--json FILE]

Exits with 1 where a requirement does not hold; they are set for 1,000,000 posts. Needs syncline[bench].
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
from figure import Figure, at_most, below, parser, say

from syncline.benchmarks.evidence import default_nulls, use_log
from syncline.benchmarks.kernel import Pairs, count_pairs
from syncline.benchmarks.workload import write
from syncline.coaction import Nulls, Tested, against_chance, kernels
from syncline.engines.duckdb import DuckDBEngine
from syncline.progress import terminal_progress
from syncline.sources import read
from syncline.traces import build_traces

WINDOW_US = 60_000_000
GIB = 2**30


class Spent(NamedTuple):
    """What a whole scan took: seconds, and bytes at its peak."""

    cpu_s: float
    wall_s: float
    peak: int
    stages: dict[str, dict[str, float]]


def main() -> int:
    """Write the workload, scan it, time the pair step, and say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--posts", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=7)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch, terminal_progress() as progress:
        with progress.stage("writing the workload"):
            log = write(Path(scratch, "workload.parquet"), asked.posts)
        figures = []
        for copies, most in ((0, 60.0), (3, 180.0)):
            with progress.stage(f"scanning it, {copies} permuted copies"):
                figures += scan_figures(scanned(log, copies), copies, most)
        with progress.stage("pair step and kernel, in turn"):
            figures += pair_figures(log, asked.rounds)
    return say(f"{asked.posts:,} posts, default settings", figures, asked.json)


def scanned(log: Path, copies: int) -> Spent:
    """`syncline scan` in a process of its own, as a user runs it."""
    out = log.with_name(f"copies_{copies}.case")
    command = [sys.executable, "-m", "syncline", "scan", str(log), "-o", str(out), "--placebo", str(copies)]
    began = time.perf_counter()
    process = subprocess.Popen([*command, "--quiet"])
    _, status, usage = os.wait4(process.pid, 0)
    wall_s = time.perf_counter() - began
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(command)}: did not succeed.")
    stages = json.loads((out / "run.json").read_text("utf-8"))["timings"]
    # Linux counts the peak in KiB, macOS in bytes.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Spent(usage.ru_utime + usage.ru_stime, wall_s, peak, stages)


def scan_figures(spent: Spent, copies: int, most_cpu_s: float) -> list[Figure]:
    """The whole scan, then its stages."""
    about = f"scan, {copies} copies" if copies else "scan, no copies"
    return [
        below(about, "CPU seconds", spent.cpu_s, most_cpu_s),
        Figure(about, "wall seconds", spent.wall_s),
        at_most(about, "peak memory, GiB", spent.peak / GIB, 3),
        *(Figure(about, f"CPU seconds: {stage}", took["cpu_s"]) for stage, took in spent.stages.items()),
    ]


def pair_figures(log: Path, rounds: int) -> list[Figure]:
    """The pair step of one window against the kernel on the same traces, in turn; medians of the rounds."""
    engine, tested = prepared(log)
    traces = kernel_input(engine, tested)
    objects, accounts, times = (column.to_numpy() for column in traces.columns)

    def by_kernel() -> Pairs:
        return count_pairs(objects, accounts, times, WINDOW_US, at_least=tested.actions_min)

    # The first runs compile and warm up, and say that both count the same.
    pair_step(engine, tested)
    check_equal(engine, by_kernel())
    timed: dict[str, list[tuple[float, float]]] = {"pair step": [], "kernel": []}
    for _ in range(rounds):
        timed["pair step"].append(took(lambda: pair_step(engine, tested)))
        timed["kernel"].append(took(by_kernel))
    wall, cpu = (
        {name: statistics.median(one[place] for one in times) for name, times in timed.items()}
        for place in (0, 1)
    )
    about = "pair step, 60 s"
    return [
        Figure(about, "traces", traces.num_rows),
        *(Figure(about, f"{name}, wall seconds", seconds) for name, seconds in wall.items()),
        *(Figure(about, f"{name}, CPU seconds", seconds) for name, seconds in cpu.items()),
        at_most(about, "pair step over kernel, wall", wall["pair step"] / wall["kernel"], 2.5),
        Figure(about, "pair step over kernel, CPU", cpu["pair step"] / cpu["kernel"]),
    ]


def prepared(log: Path) -> tuple[DuckDBEngine, Tested]:
    """The workload's traces with everything that the pair step reads, for the window of a minute."""
    connection = duckdb.connect()
    engine = DuckDBEngine(connection)
    read(connection, [log])
    build_traces(engine, ["repost"])
    use_log(engine)
    defaults = default_nulls()
    nulls = Nulls((WINDOW_US,), defaults.alpha, defaults.alpha_suspects, defaults.seed)
    return engine, against_chance(engine, nulls)


def pair_step(engine: DuckDBEngine, tested: Tested) -> None:
    """The pair step of a scan: who met often enough, and what that says."""
    kernels.repeated_pairs(engine, tested.actions_min)
    kernels.chance_scores(engine, [WINDOW_US], tested.actions_min)


def kernel_input(engine: DuckDBEngine, tested: Tested) -> pa.Table:
    """Object, account and time_us of what the pair step looks at: tested accounts on usable objects."""
    return engine.fetch(f"""
        SELECT object::BIGINT AS object, account::BIGINT AS account, time_us FROM traces
        WHERE object IN (SELECT object FROM eligible WHERE usable)
        AND account IN (SELECT account FROM account_margins WHERE k >= {tested.actions_min})
    """)


def check_equal(engine: DuckDBEngine, kernel: Pairs) -> None:
    """Exits where the two do not find the same pairs with the same number of objects."""
    found = engine.fetch(
        "SELECT account_a, account_b, objects FROM chance_scores ORDER BY account_a, account_b"
    )
    order = np.lexsort((kernel.account_b, kernel.account_a))
    for name in Pairs._fields:
        if not np.array_equal(found[name].to_numpy(), getattr(kernel, name)[order]):
            sys.exit(f"The pair step and the kernel differ in {name}.")


def took(run: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds of one run."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - wall, time.process_time() - cpu


if __name__ == "__main__":
    sys.exit(main())
