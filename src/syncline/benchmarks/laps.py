"""What each table of a scan costs: an engine that keeps the seconds from one that is made to the next."""

import time
from pathlib import Path

import duckdb
import pyarrow as pa

from syncline.engines.duckdb import DuckDBEngine

# What making a table counts as; others are "traces" before the evidence begins, and then "evidence".
_STAGE_OF = {
    "accounts_coded": "code",
    "posts_sorted": "code",
    "posts_coded": "code",
    "objects": "code",
    "actions_coded": "code",
    "traces_coded": "code",
    "repeated_pairs": "pairs",
    "chance_scores": "pairs",
}


class LappedEngine(DuckDBEngine):
    """An engine that keeps the seconds from one table that is made to the next, under `stage: table`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        super().__init__(connection)
        self.stage = "traces"
        self.laps: dict[str, dict[str, float]] = {}
        self.start()

    def start(self) -> None:
        """Let the next lap begin now."""
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def run(self, path: str, **parameters: int | float) -> None:
        """Run the step, which makes the table of its name, and end the lap."""
        super().run(path, **parameters)
        self._lap(Path(path).stem)

    def view(self, path: str) -> None:
        """Let the step's table be a view, and end the lap."""
        super().view(path)
        self._lap(Path(path).stem)

    def put(self, name: str, table: pa.Table) -> None:
        """Store the table, and end the lap."""
        super().put(name, table)
        self._lap(name)

    def _lap(self, table: str) -> None:
        name = f"{_STAGE_OF.get(table, self.stage)}: {table}"
        lap = self.laps.setdefault(name, {"wall_s": 0.0, "cpu_s": 0.0})
        lap["wall_s"] += time.perf_counter() - self._wall
        lap["cpu_s"] += time.process_time() - self._cpu
        self.start()


def by_stage(laps: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """The laps of each stage together."""
    stages: dict[str, dict[str, float]] = {}
    for name, lap in laps.items():
        stage = stages.setdefault(name.split(":")[0], {"wall_s": 0.0, "cpu_s": 0.0})
        for clock, seconds in lap.items():
            stage[clock] += seconds
    return stages
