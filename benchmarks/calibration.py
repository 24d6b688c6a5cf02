"""Nominal against realised false discovery of edges and names, on worlds and on permuted copies of the real sets.

    python benchmarks/calibration.py [--null-seeds 100] [--seeds 10] [--copies 20] [--out docs]

Writes calibration.md, calibration.svg and calibration.json. Needs syncline[bench]. SYNCLINE_DATA names the folder of
the real sets.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
from figure import ROOT, data_folder

from syncline.benchmarks import calibration, calibration_page
from syncline.progress import Progress, terminal_progress

WITHOUT_CAMP = ("null", "quiet", "breaking-news")
WITH_CAMP = ("camp", "election")
SETS = ("ira_2016", "conferences_a", "russian_coord_tweets", "persian_2024")


def main() -> int:
    """Measure, and write the page."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--null-seeds", type=int, default=100, help="logs of each world without a camp")
    options.add_argument("--seeds", type=int, default=10, help="logs of each world with one")
    options.add_argument("--copies", type=int, default=20, help="permuted copies of each real set")
    options.add_argument("--out", type=Path, default=ROOT / "docs")
    asked = options.parse_args()
    with terminal_progress() as progress:
        runs = pd.concat(list(measured(asked, progress)), ignore_index=True)
    summary = calibration.summary(runs)
    for file in calibration_page.write(summary, asked.out):
        print(file)
    (asked.out / "calibration.json").write_text(summary.to_json(orient="records", indent=1), encoding="utf-8")
    return 0


def measured(asked: argparse.Namespace, progress: Progress) -> Iterator[pd.DataFrame]:
    """The rows of every world and of every set's copies."""
    for worlds, seeds in ((WITHOUT_CAMP, asked.null_seeds), (WITH_CAMP, asked.seeds)):
        for world in worlds:
            for seed in range(1, seeds + 1):
                with progress.stage(f"{world}, seed {seed}"):
                    yield calibration.on_world(world, seed).assign(source=f"world {world}", run=seed)
    for name in SETS:
        with progress.stage(name):
            copies = range(1, asked.copies + 1)
            rows = calibration.on_copies(data_folder() / f"{name}.parquet", copies, progress=progress)
        yield rows.assign(source=f"permuted {name}")


if __name__ == "__main__":
    sys.exit(main())
