"""How long a large world takes to simulate, and in how much memory: tables on disk, from the world `camp`.

    python benchmarks/simulation.py [--accounts 100000] [--posts-per-day 8.5]

Runs in a process of its own, writes to the folder for temporary files (TMPDIR) and deletes what it wrote.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow.parquet as pq
from figure import Figure, at_least, at_most, parser, say

from syncline.progress import terminal_progress
from syncline.worlds import simulate
from syncline.worlds.world import load_world

PRESET = "camp"
# "In minutes": a quarter of an hour.
MOST_MINUTES = 15


def main() -> int:
    """Simulate once, and say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--accounts", type=int, default=100_000)
    options.add_argument("--posts-per-day", type=float, default=8.5, help="of an account, mean")
    options.add_argument("--only", type=Path, metavar="FOLDER", help="the process that simulates")
    asked = options.parse_args()
    if asked.only:
        print(json.dumps(simulated(asked.only, asked.accounts, asked.posts_per_day)))
        return 0
    with tempfile.TemporaryDirectory() as folder, terminal_progress() as progress:
        with progress.stage("simulating"):
            command = [sys.executable, *sys.argv, "--only", folder]
            run = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        files = list(Path(folder).glob("*.parquet"))
        posts = pq.read_metadata(Path(folder) / "posts.parquet").num_rows
        size = sum(file.stat().st_size for file in files)
    about = f"{PRESET}, {asked.accounts:,} people"
    figures = [
        at_least(about, "posts", posts, 100 * asked.accounts),
        at_most(about, "wall time, minutes", run["wall_s"] / 60, MOST_MINUTES),
        Figure(about, "CPU time, minutes", run["cpu_s"] / 60),
        Figure(about, "peak memory, GiB", run["peak"] / 2**30),
        Figure(about, "tables on disk, GiB", size / 2**30),
    ]
    return say("Simulating a large world", figures, asked.json)


def simulated(folder: Path, accounts: int, posts_per_day: float) -> dict[str, float]:
    """Write the world to `folder`; wall and CPU seconds, and the process's peak memory in bytes."""
    world = load_world(PRESET)
    people = world.people.model_copy(update={"accounts": accounts, "posts_per_day": posts_per_day})
    wall, cpu = time.perf_counter(), time.process_time()
    simulate(world.model_copy(update={"people": people}), folder)
    return {
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


if __name__ == "__main__":
    sys.exit(main())
