"""The share of a camp that is named, over its jitter, camouflage and size.

    python benchmarks/power.py [--seeds 3] [--world FILE] [--out docs] [--json benchmarks/results/power.json]

Writes power.md and power.svg, and every run's figures as JSON, from which it goes on when it is called again: remove
the file when the method has changed. Needs syncline[bench]. Whatever is not varied is as in the world file.
"""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from figure import ROOT

import syncline
from syncline.benchmarks import power, power_page
from syncline.progress import terminal_progress
from syncline.worlds import load_world

WORLD = Path(__file__).parent / "power.toml"


def main() -> int:
    """Measure every point, and write the page."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--seeds", type=int, default=3, help="logs of each point")
    options.add_argument("--jobs", type=int, default=1, help="logs at once")
    options.add_argument("--world", type=Path, default=WORLD, help="the world, whose first camp is varied")
    options.add_argument("--out", type=Path, default=ROOT / "docs")
    options.add_argument("--json", type=Path, default=ROOT / "benchmarks" / "results" / "power.json")
    asked = options.parse_args()
    world = load_world(asked.world)
    # pandas reads 0.7 as another number than Python does.
    runs = pd.DataFrame(json.loads(asked.json.read_text("utf-8")) if asked.json.is_file() else [])
    with terminal_progress() as progress:
        for row in power.measured(world, asked.seeds, runs, asked.jobs, progress):
            runs = pd.concat([runs, pd.DataFrame([row])], ignore_index=True)
            asked.json.write_text(runs.to_json(orient="records", indent=1) + "\n", encoding="utf-8")
    run = {
        "command": f"python benchmarks/power.py --seeds {asked.seeds}",
        "measured": f"on {datetime.now(UTC).date().isoformat()} with Syncline {syncline.__version__}",
        "seeds": asked.seeds,
    }
    for file in power_page.write(power.summary(runs), world, power.base_of(world), run, asked.out):
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
