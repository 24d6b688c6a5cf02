"""Spark beside DuckDB: the same scan, the same result, and what Spark costs where one machine would do.

    python benchmarks/spark.py [--posts 1000000] [--hot 50000] [--behaviours repost] [--also even,cluster]
        [--folder FOLDER] [--json FILE]

"even" is the same log without the object that everybody shares, "cluster" a master with two workers. Each scan is a
process of its own; seconds of CPU are those of all its processes, Java's and the workers' too. With a folder, logs and
cases are kept there, and a run that was stopped goes on. Exits with 1 where a requirement does not hold. Needs
syncline[spark,bench] and Java.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from contextlib import nullcontext
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import pandas as pd
from figure import Figure, at_most, parser, say

from syncline.benchmarks.spark_cluster import standalone
from syncline.benchmarks.workload import write
from syncline.progress import terminal_progress

LOCAL, CLUSTER = "Spark, local[2]", "Spark, two workers of one core"
EVEN = "Spark, local[2], no hot object"
DUCKDB = "DuckDB, two threads"
TABLES = ("edges", "members")
# Tasks shorter than this are all overhead, and say nothing about how work is shared out.
LONG_S = 1.0


class Scanned(NamedTuple):
    """A case, and what it took: seconds, and for each stage of Spark CPU seconds of its tasks."""

    case: Path
    wall_s: float
    cpu_s: float
    tasks: dict[int, list[float]]

    @property
    def longest_s(self) -> float:
        """The longest task."""
        return max((max(stage) for stage in self.tasks.values()), default=0.0)

    @property
    def skew(self) -> float:
        """The longest task over the median one, at its worst among stages with long tasks."""
        stages = [stage for stage in self.tasks.values() if len(stage) > 1 and max(stage) >= LONG_S]
        return max((max(stage) / max(median(stage), 1e-3) for stage in stages), default=1.0)


def main() -> int:
    """Write the logs, scan them, and say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--posts", type=int, default=1_000_000)
    options.add_argument("--hot", type=int, default=50_000)
    options.add_argument("--behaviours", help="as for syncline scan; default all")
    options.add_argument("--also", default="", metavar="even,cluster")
    options.add_argument(
        "--folder", type=Path, help="keep logs and cases here, and go on where it was stopped"
    )
    asked = options.parse_args()
    chosen = ["--behaviours", asked.behaviours] if asked.behaviours else []
    on_spark = [*chosen, "--engine", "spark"]
    if asked.folder:
        asked.folder.mkdir(parents=True, exist_ok=True)
    kept = nullcontext(asked.folder) if asked.folder else tempfile.TemporaryDirectory()
    with kept as scratch, terminal_progress() as progress:
        with progress.stage("writing the workload"):
            hot = write(Path(scratch, "hot.parquet"), asked.posts, asked.hot)
        with progress.stage(DUCKDB):
            reference = scanned(hot, "duckdb", *chosen)
        with progress.stage(LOCAL):
            local = scanned(hot, "local", *on_spark, "--master", "local[2]")
        figures = [
            *(Figure(DUCKDB, f"rows of {table}", len(rows(reference, table))) for table in TABLES),
            *costs(DUCKDB, reference),
            *compared(LOCAL, local, reference),
            Figure(LOCAL, "longest task, CPU seconds", local.longest_s),
            Figure(LOCAL, "longest task over the median of its stage, at worst", local.skew),
        ]
        if "even" in asked.also:
            with progress.stage(EVEN):
                plain = write(Path(scratch, "plain.parquet"), asked.posts)
                even = scanned(plain, "even", *on_spark, "--master", "local[2]")
            times = local.longest_s / even.longest_s
            figures += [
                Figure(EVEN, "longest task, CPU seconds", even.longest_s),
                at_most(LOCAL, "longest task, times that without the hot object", times, 2),
            ]
        if "cluster" in asked.also:
            with progress.stage(CLUSTER):
                figures += compared(CLUSTER, scanned(hot, "cluster", *on_spark, workers=2), reference)
    about = f"{asked.behaviours} only, " if asked.behaviours else ""
    title = (
        f"DuckDB and Spark: {asked.posts:,} posts, {about}{asked.hot:,} accounts on one object in a minute"
    )
    return say(title, figures, asked.json)


def compared(about: str, spark: Scanned, reference: Scanned) -> list[Figure]:
    """What Spark cost beside DuckDB, and whether it says the same."""
    return [
        *costs(about, spark),
        Figure(about, "of them in Spark's tasks", sum(map(sum, spark.tasks.values()))),
        Figure(about, "times DuckDB's CPU seconds", spark.cpu_s / reference.cpu_s),
        *(
            at_most(
                about, f"rows of {table} that differ from DuckDB's", differing(reference, spark, table), 0
            )
            for table in TABLES
        ),
    ]


def costs(about: str, spent: Scanned) -> list[Figure]:
    """The whole scan, and the part that may run on Spark."""
    stages = json.loads((spent.case / "run.json").read_text("utf-8"))["timings"]
    evidence = sum(took["wall_s"] for stage, took in stages.items() if stage.startswith("evidence"))
    return [
        Figure(about, "wall seconds", spent.wall_s),
        Figure(about, "wall seconds of the two passes", evidence),
        Figure(about, "CPU seconds", spent.cpu_s),
    ]


def scanned(log: Path, name: str, *options: str, workers: int = 0) -> Scanned:
    """`syncline scan` in a process of its own, on a cluster of `workers` if that is not 0."""
    folder = log.parent / name
    events, costs = folder / "events", folder / "costs.json"
    if costs.exists():
        return Scanned(
            folder / "log.case", **json.loads(costs.read_text("utf-8")), tasks=task_seconds(events)
        )
    shutil.rmtree(folder, ignore_errors=True)
    events.mkdir(parents=True)
    (folder / "spark-defaults.conf").write_text(
        f"spark.eventLog.enabled true\nspark.eventLog.dir {events.as_uri()}\nspark.eventLog.compress false\n"
        "spark.eventLog.rolling.enabled false\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "SPARK_CONF_DIR": str(folder), "SPARK_LOCAL_IP": "127.0.0.1"}
    command = [sys.executable, "-m", "syncline", "scan", str(log), "-o", str(folder / "log.case")]
    command += ["--quiet", "--placebo", "0", "--threads", "2", *options]
    with (
        Counted() as counted,
        standalone(folder / "cluster", workers) if workers else nullcontext() as master,
    ):
        began = time.perf_counter()
        code = subprocess.run(
            [*command, *(["--master", master] if master else [])], env=environment
        ).returncode
        wall_s = time.perf_counter() - began
    if code:
        sys.exit(f"{' '.join(command)}: did not succeed.")
    costs.write_text(json.dumps({"wall_s": wall_s, "cpu_s": counted.cpu_s}), encoding="utf-8")
    return Scanned(folder / "log.case", wall_s, counted.cpu_s, task_seconds(events))


class Counted:
    """CPU seconds of every process below this one, looked up five times a second (Linux)."""

    def __enter__(self) -> "Counted":
        self._seconds: dict[tuple[int, int], float] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    @property
    def cpu_s(self) -> float:
        """The sum over all that were seen, as far as they had come when last seen."""
        return sum(self._seconds.values())

    def _watch(self) -> None:
        while not self._done.wait(0.2):
            self._look()

    def _look(self) -> None:
        found: dict[int, tuple[int, int, float]] = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            ticks = int(fields[11]) + int(fields[12])
            found[int(path.parent.name)] = (int(fields[1]), int(fields[19]), ticks / os.sysconf("SC_CLK_TCK"))
        below = {os.getpid()}
        while more := {pid for pid, (parent, _, _) in found.items() if parent in below} - below:
            below |= more
        for pid in below - {os.getpid()}:
            self._seconds[pid, found[pid][1]] = found[pid][2]


def task_seconds(events: Path) -> dict[int, list[float]]:
    """From Spark's event log: the CPU seconds of each task, by stage."""
    stages = defaultdict(list)
    for file in (path for path in events.rglob("*") if path.is_file()):
        for line in file.read_text("utf-8").splitlines():
            event = json.loads(line)
            if event["Event"] == "SparkListenerTaskEnd" and "Task Metrics" in event:
                cpu_ns = event["Task Metrics"]["Executor CPU Time"]
                stages[event["Stage ID"]].append(cpu_ns / 1e9)
    return dict(stages)


def rows(scan: Scanned, table: str) -> pd.DataFrame:
    """A table of the case, in the order of its first columns."""
    frame = pd.read_parquet(scan.case / f"{table}.parquet")
    keys = [name for name in ("network_id", "account_a", "account_b", "account_id") if name in frame]
    return frame.sort_values(keys, ignore_index=True)


def differing(one: Scanned, other: Scanned, table: str) -> int:
    """How many rows are not the same, floating-point numbers to 1e-9."""
    a, b = rows(one, table), rows(other, table)
    if len(a) != len(b):
        return abs(len(a) - len(b))
    same = np.ones(len(a), bool)
    for name in a.columns:
        if a[name].dtype.kind == "f":
            same &= np.isclose(a[name], b[name], rtol=1e-9, atol=0, equal_nan=True)
        else:
            # Missing values are equal.
            same &= [str(one) == str(other) for one, other in zip(a[name], b[name], strict=True)]
    return int((~same).sum())


if __name__ == "__main__":
    sys.exit(main())
