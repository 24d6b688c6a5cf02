"""What the plan for larger logs needs measured: pairs for each trace, and the memory of the graph of tastes.

    python benchmarks/beyond.py [--posts 3000000] [--json FILE]

`docs/build_beyond.py` makes the page from it.
"""

import multiprocessing
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from figure import Figure, parser, say

from syncline.benchmarks.evidence import default_nulls
from syncline.benchmarks.workload import write
from syncline.coaction import CONSTANTS, against_chance
from syncline.coaction.communities import find_communities
from syncline.engines.duckdb import DuckDBEngine
from syncline.louvain import communities
from syncline.progress import terminal_progress
from syncline.sources import read
from syncline.traces import build_traces, leave_habits_out


def main() -> int:
    """Write the workload, and measure."""
    options = parser(__doc__ or "")
    options.add_argument("--posts", type=int, default=3_000_000)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch, terminal_progress() as progress:
        with progress.stage("writing the workload"):
            log = write(Path(scratch, "workload.parquet"), asked.posts)
        with progress.stage("pairs"):
            engine = prepared(log)
            figures = pair_figures(engine, asked.posts)
        with progress.stage("the graph of tastes"):
            figures += graph_figures(engine, Path(scratch))
    return say(f"{asked.posts:,} posts: pairs, and the graph of tastes", figures, asked.json)


def prepared(log: Path) -> DuckDBEngine:
    """The workload's traces, and the first pass over them."""
    engine = DuckDBEngine(duckdb.connect())
    read(engine.connection, [log])
    build_traces(engine)
    leave_habits_out(engine)
    return engine


def pair_figures(engine: DuckDBEngine, posts: int) -> list[Figure]:
    """How many traces a post makes, pairs a trace, and how many of the pairs meet again."""
    tested = against_chance(engine, default_nulls())
    engine.run("coaction/pairs.sql", **CONSTANTS, actions_min=tested.actions_min)
    traces, pairs, repeated = (
        int(engine.row(f"SELECT count(*) FROM {table}")[0]) for table in ("traces", "pairs", "repeated_pairs")
    )
    engine.drop("pairs")
    return [
        Figure("traces", "traces a post", traces / posts),
        Figure("traces", "traces", traces),
        Figure("pairs", "pairs that meet, a trace", pairs / traces),
        Figure("pairs", "of them, share whose two accounts meet often enough", repeated / max(pairs, 1)),
    ]


def graph_figures(engine: DuckDBEngine, folder: Path) -> list[Figure]:
    """What Louvain's graph adds to the memory of a process, a link."""
    engine.run("coaction/communities.sql")
    links = engine.fetch("SELECT DISTINCT account::BIGINT << 32 | subject AS link FROM crowd_links")
    pq.write_table(links, folder / "links.parquet")
    with multiprocessing.get_context("spawn").Pool(1) as process:
        grown = process.apply(graph_memory, (folder / "links.parquet",))
    return [
        Figure("graph", "links of accounts and subjects", links.num_rows),
        Figure("graph", "memory, bytes a link", grown / links.num_rows),
    ]


class Given(DuckDBEngine):
    """Has the links of the crowd already, and does nothing with what becomes of them."""

    def __init__(self, links: Path) -> None:
        super().__init__(duckdb.connect())
        self.links = links

    def run(self, path: str, **parameters: int | float) -> None:
        """Nothing."""

    def put(self, name: str, table: pa.Table) -> None:
        """Nothing."""

    def row(self, query: str) -> tuple[int]:
        """How many links there are."""
        return (pq.read_metadata(self.links).num_rows,)

    def stream(self, query: str, rows: int) -> Iterator[pa.RecordBatch]:
        """The links."""
        yield from pq.ParquetFile(self.links).iter_batches(rows)


def graph_memory(links: Path) -> int:
    """How many bytes the peak memory of this process grows while communities are found, the links' table included."""
    # Compiled before, as that takes room once, and not for each link.
    communities(np.zeros(1, np.int32), np.ones(1, np.int32), nodes=2, rounds=1, gamma=1.0)
    before = peak()
    find_communities(Given(links), seed=1)
    return peak() - before


def peak() -> int:
    """Linux's own word: what getrusage says of a process holds its parent's peak too."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) * 1024


if __name__ == "__main__":
    sys.exit(main())
