"""Nominal against realised false discovery of edges and names, on worlds and on permuted copies of the real sets.

    python benchmarks/calibration.py [--null-seeds 40] [--seeds 4] [--copies 5] [--out docs] [--json FILE]

Writes calibration.md and calibration.svg, and every run's figures as JSON, from which it goes on when it is called
again: remove the file when the method has changed. Needs syncline[bench]. SYNCLINE_DATA names the folder of the real
sets.
"""

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from figure import ROOT, data_folder

import syncline
from syncline.benchmarks import calibration, calibration_page
from syncline.progress import Progress, terminal_progress

NULL = ("null",)
OTHERS = ("quiet", "breaking-news", "demo", "camp")
SETS = ("conferences_a", "russian_coord_tweets", "persian_2024", "ira_2016")


def main() -> int:
    """Measure, and write the page."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--null-seeds", type=int, default=40, help="logs of the world `null`")
    options.add_argument("--seeds", type=int, default=4, help="logs of each other world")
    options.add_argument("--copies", type=int, default=5, help="permuted copies of each real set")
    options.add_argument("--out", type=Path, default=ROOT / "docs")
    options.add_argument("--json", type=Path, default=ROOT / "benchmarks" / "results" / "calibration.json")
    asked = options.parse_args()
    runs = pd.read_json(asked.json) if asked.json.is_file() else pd.DataFrame(columns=["source", "run"])
    with terminal_progress() as progress:
        for rows in missing(asked, set(zip(runs["source"], runs["run"], strict=True)), progress):
            runs = pd.concat([runs, rows], ignore_index=True) if len(runs) else rows
            asked.json.write_text(runs.to_json(orient="records", indent=1) + "\n", encoding="utf-8")
    options_used = f"--null-seeds {asked.null_seeds} --seeds {asked.seeds} --copies {asked.copies}"
    command = f"python benchmarks/calibration.py {options_used}"
    measured_on = f"on {datetime.now(UTC).date().isoformat()} with Syncline {syncline.__version__}"
    for file in calibration_page.write(calibration.summary(runs), asked.out, f"`{command}`, {measured_on}"):
        print(file)
    return 0


def missing(
    asked: argparse.Namespace, known: set[tuple[str, int]], progress: Progress
) -> Iterator[pd.DataFrame]:
    """The rows of every world and of every set's copies that are not known."""
    for worlds, seeds in ((NULL, asked.null_seeds), (OTHERS, asked.seeds)):
        for world in worlds:
            for seed in range(1, seeds + 1):
                if (f"world {world}", seed) not in known:
                    with progress.stage(f"{world}, seed {seed}"):
                        yield calibration.on_world(world, seed).assign(source=f"world {world}", run=seed)
    for name in SETS:
        copies = [copy for copy in range(1, asked.copies + 1) if (f"permuted {name}", copy) not in known]
        if copies:
            with progress.stage(name):
                rows = calibration.on_copies(data_folder() / f"{name}.parquet", copies, progress=progress)
            yield rows.assign(source=f"permuted {name}")


if __name__ == "__main__":
    sys.exit(main())
