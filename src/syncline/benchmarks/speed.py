"""The speed benchmark: whole scans over sizes, and the search for edges beside other methods, in turn.

Everything runs in a process of its own; seconds and memory are the operating system's account of that process
and of those that it started.
"""

import csv
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import syncline
from syncline.benchmarks.planted import check_room
from syncline.errors import SynclineError, UsageError
from syncline.progress import Progress

SIZES = (100_000, 1_000_000)
LIMIT_S = 900.0
TOOLKIT = "coordination_network_toolkit"
_WINDOW_S = 60
# In the order in which a round runs them.
NAMES = ("start", "scan", "edges", "kernel", "tfidf", "toolkit", "pair-step", "profile")
_VERSIONS = (
    "duckdb",
    "numpy",
    "pyarrow",
    "networkit",
    "numba",
    "scikit-learn",
    "coordination-network-toolkit",
)

Command = list[str]


@dataclass(frozen=True)
class Asked:
    """What a run measures.

    sizes: posts of each workload; hot: accounts that share one more object within a minute; rounds: how often each is
    repeated; copies: permuted copies of each whole scan; memory: its bound, or null; limit_s: seconds after which
    another method is stopped; only: names of `NAMES`.
    """

    sizes: tuple[int, ...] = SIZES
    hot: int = 0
    rounds: int = 3
    copies: tuple[int, ...] = (1,)
    memory: str | None = None
    limit_s: float = LIMIT_S
    only: tuple[str, ...] = NAMES


@dataclass(frozen=True)
class Spent:
    """One process, or several one after the other: seconds, bytes at its peak, and what it said of itself.

    `stages` and `tables` hold {"wall_s", "cpu_s"} each. `stopped`: the time limit was reached; the CPU seconds of its
    own children are then lost.
    """

    cpu_s: float
    wall_s: float
    peak: int
    stopped: bool = False
    failed: str = ""
    stages: dict[str, dict[str, float]] = field(default_factory=dict)
    tables: dict[str, dict[str, float]] = field(default_factory=dict)
    found: int | None = None


def bench(asked: Asked, progress: Progress | None = None) -> dict[str, Any]:
    """Measure what is asked, in turn, round by round: the document that `speed_page` is written from.

    Its `runs` are one row for each process: name, posts, hot, copies, memory, round, and the fields of `Spent`.
    Raises UsageError for a name or a size that cannot be.
    """
    progress = progress or Progress()
    unknown = [name for name in asked.only if name not in NAMES]
    if unknown:
        raise UsageError(f"--only: {unknown[0]!r} is not measured; choose from {', '.join(NAMES)}.")
    for posts in asked.sizes:
        check_room(posts, asked.hot)
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="syncline-speed-") as scratch:
        for posts in asked.sizes:
            with progress.stage(f"{posts:,} posts: writing the workload"):
                log = write_workload(Path(scratch), posts, asked)
            _compile(asked, log)
            for turn in range(1, asked.rounds + 1):
                for what, run in _runs(asked, log, first=posts == asked.sizes[0]):
                    with progress.stage(f"{posts:,} posts, round {turn} of {asked.rounds}: {what['name']}"):
                        spent = run()
                    rows.append({**what, "posts": posts, "hot": asked.hot, "round": turn, **asdict(spent)})
            for file in Path(scratch).iterdir():
                file.unlink()
    return {**_circumstances(asked), "runs": rows}


def _runs(asked: Asked, log: Path, *, first: bool) -> Iterator[tuple[dict[str, Any], Callable[[], Spent]]]:
    """Everything that one round measures on one log; the start only with the first, whatever its size."""
    for name in (name for name in NAMES if name in asked.only and (first or name != "start")):
        about = {"name": name, "copies": None, "memory": None}
        if name == "start":
            for words in ("--help", "formats"):
                yield {**about, "name": f"syncline {words}"}, partial(process, [*_PYTHON, "syncline", words])
        elif name == "scan":
            for copies in asked.copies:
                scanned = {**about, "copies": copies, "memory": asked.memory}
                yield scanned, partial(scan, log, copies, asked.memory)
        elif name == "toolkit":
            yield about, partial(toolkit, log, asked.limit_s)
        else:
            yield about, partial(contender, name, log, asked.limit_s if name == "tfidf" else None)


_PYTHON = [sys.executable, "-m"]


def _compile(asked: Asked, log: Path) -> None:
    """Let the kernel be compiled before it is timed; what is compiled is kept beside its source."""
    if "kernel" in asked.only:
        contender("kernel", log)


def write_workload(folder: Path, posts: int, asked: Asked) -> Path:
    """A log of `syncline.benchmarks.workload`, with the toolkit's own form of it beside where that is to run.

    Raises SynclineError if it cannot be written. In a process of its own, because the operating system counts the
    memory of whoever starts a process as that process's first.
    """
    name = f"{posts}_hot{asked.hot}" if asked.hot else f"{posts}"
    options = ["--hot", str(asked.hot), "--out", str(folder)]
    if "toolkit" in asked.only:
        options.append("--toolkit-csv")
    written = process([*_PYTHON, "syncline.benchmarks.workload", str(posts), *options])
    if written.failed:
        raise SynclineError(f"The workload of {posts:,} posts could not be written: {written.failed}")
    return folder / f"{name}.parquet"


def scan(log: Path, copies: int, memory: str | None) -> Spent:
    """`syncline scan` as a user runs it, with default settings but for the number of copies and the bound."""
    out = log.with_name(f"{log.stem}.case")
    options = ["-o", str(out), "--placebo", str(copies), "--quiet", "--overwrite"]
    if memory is not None:
        options += ["--memory", memory]
    spent = process([*_PYTHON, "syncline", "scan", str(log), *options])
    if spent.failed:
        return spent
    run = json.loads((out / "run.json").read_text("utf-8"))
    shutil.rmtree(out)
    return replace(spent, stages=run["timings"], found=run["edges"])


def contender(name: str, log: Path, limit_s: float | None = None) -> Spent:
    """One of `contenders.CONTENDERS`."""
    return process([*_PYTHON, "syncline.benchmarks.contenders", name, str(log)], limit_s, says=True)


def toolkit(log: Path, limit_s: float) -> Spent:
    """Coordination Network Toolkit's preprocess and co_retweet, one after the other, as its manual has them."""
    if find_spec(TOOLKIT) is None:
        return Spent(0, 0, 0, failed="it is not installed; pip install 'syncline[peers]' adds it")
    rows = log.with_name(f"{log.stem}_toolkit.csv")
    database = log.with_suffix(".db")
    database.unlink(missing_ok=True)
    command = [*_PYTHON, TOOLKIT, str(database)]
    prepared = process([*command, "preprocess", str(rows)], limit_s)
    stages = {"preprocess": prepared}
    if not prepared.stopped and not prepared.failed:
        window = ["--time_window", str(_WINDOW_S)]
        stages["co_retweet"] = process(
            [*command, "compute", "co_retweet", *window], limit_s - prepared.wall_s
        )
    database.unlink(missing_ok=True)
    return Spent(
        sum(each.cpu_s for each in stages.values()),
        sum(each.wall_s for each in stages.values()),
        max(each.peak for each in stages.values()),
        any(each.stopped for each in stages.values()),
        "; ".join(each.failed for each in stages.values() if each.failed),
        {name: {"wall_s": each.wall_s, "cpu_s": each.cpu_s} for name, each in stages.items()},
    )


def process(command: Command, limit_s: float | None = None, *, says: bool = False) -> Spent:
    """Run `command` to its end or to the limit; with `says`, its last line of output is JSON of fields of `Spent`."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as complaints:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=output, stderr=complaints, start_new_session=True)
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            os.killpg(child.pid, signal.SIGKILL)

        timer = threading.Timer(threading.TIMEOUT_MAX if limit_s is None else limit_s, stop)
        timer.start()
        try:
            _, status, usage = os.wait4(child.pid, 0)
        except BaseException:
            os.killpg(child.pid, signal.SIGKILL)
            raise
        finally:
            timer.cancel()
        child.returncode = os.waitstatus_to_exitcode(status)
        wall_s = time.perf_counter() - began
        said: dict[str, Any] = {}
        failed = ""
        if child.returncode != 0 and not stopped.is_set():
            complaints.seek(0)
            failed = _last_line(complaints.read()) or f"ended with {child.returncode}"
        elif says and not stopped.is_set():
            output.seek(0)
            said = json.loads(_last_line(output.read()))
    # Linux counts the peak in KiB, macOS in bytes.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Spent(usage.ru_utime + usage.ru_stime, wall_s, peak, stopped.is_set(), failed, **said)


def _last_line(output: bytes) -> str:
    lines = output.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else ""


def _circumstances(asked: Asked) -> dict[str, Any]:
    """How and on what was measured; nothing that names the machine."""
    return {
        "command": command_line(asked),
        "measured": datetime.now(UTC).date().isoformat(),
        "limit_s": asked.limit_s,
        "cores": os.cpu_count() or 1,
        "memory_gib": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30,
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "syncline": syncline.__version__,
        "commit": _commit(),
        "python": platform.python_version(),
        "versions": {name: version(name) for name in _VERSIONS if find_spec(_module(name))},
    }


def _commit() -> str | None:
    """The commit of the repository that this runs from, where it does."""
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def _module(distribution: str) -> str:
    return {"scikit-learn": "sklearn"}.get(distribution, distribution.replace("-", "_"))


def _processor() -> str:
    """The processor's name, where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def command_line(asked: Asked) -> str:
    """How this run is asked for."""
    default = Asked()
    said = ["syncline bench speed", f"--sizes {','.join(map(str, asked.sizes))}"]
    if asked.hot:
        said.append(f"--hot {asked.hot}")
    said.append(f"--rounds {asked.rounds}")
    if asked.copies != default.copies:
        said.append(f"--placebo {','.join(map(str, asked.copies))}")
    if asked.memory is not None:
        said.append(f"--memory {asked.memory}")
    if asked.limit_s != default.limit_s:
        said.append(f"--limit {asked.limit_s:g}")
    if asked.only != default.only:
        said.append(f"--only {','.join(asked.only)}")
    return " ".join(said)


def write(document: dict[str, Any], out: Path) -> list[Path]:
    """Write speed.json, speed.csv, speed.md and speed.svg of one run into the folder."""
    from syncline.benchmarks import speed_page

    out.mkdir(parents=True, exist_ok=True)
    data, table, page = out / "speed.json", out / "speed.csv", out / "speed.md"
    data.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    _write_csv(document["runs"], table)
    page.write_text(speed_page.render([document]), "utf-8")
    return [data, table, page, speed_page.draw([document], out / "speed.svg")]


def _write_csv(rows: Sequence[dict[str, Any]], path: Path) -> None:
    """One line for each process, and for each stage of it."""
    columns = ["name", "posts", "hot", "copies", "memory", "round"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, "stage", "cpu_s", "wall_s", "peak_bytes", "stopped", "failed", "edges"])
        for row in rows:
            about = [row[name] for name in columns]
            writer.writerow(
                [
                    *about,
                    "",
                    *(row[name] for name in ("cpu_s", "wall_s", "peak", "stopped", "failed", "found")),
                ]
            )
            for stage, took in row["stages"].items():
                writer.writerow([*about, stage, took["cpu_s"], took["wall_s"], "", "", "", ""])
