"""The report of a large case: how large it is, and how soon a browser shows it.

    python benchmarks/report_size.py [--posts 500000] [--case FOLDER] [--json FILE]

A simulated world with a camp, scanned, and its report opened in headless Chromium. Exits with 1 where a requirement
does not hold. Needs Chromium; SYNCLINE_CHROMIUM may name one.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from figure import ROOT, Figure, below, parser, say

import syncline
from syncline.progress import terminal_progress
from syncline.settings import Settings
from syncline.worlds import World, load_world, simulate

sys.path.insert(0, str(ROOT / "tests" / "report"))

from browser import Browser, find_chromium

OPENINGS = 15
SECONDS, MEGABYTES = 3.0, 15.0


def main() -> int:
    """Simulate, scan, and open the report several times."""
    options = parser(__doc__ or "")
    options.add_argument("--posts", type=int, default=500_000, help="about so many posts")
    options.add_argument("--case", type=Path, help="use this case instead, or keep the case here")
    asked = options.parse_args()
    executable = find_chromium()
    if executable is None:
        sys.exit("This needs Chromium; SYNCLINE_CHROMIUM may name one.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.case or Path(scratch, "large.case")
        case = syncline.open_case(folder) if folder.is_dir() else scanned(asked.posts, Path(scratch), folder)
        report = folder / "report.html"
        seconds = [opened_s(executable, report) for _ in range(OPENINGS)]
        about = f"{case.run['rows']['posts']:,} posts, {case.run['rows']['accounts']:,} accounts"
        figures = [
            Figure(about, "networks; accounts named", f"{case.run['networks']}; {case.run['named']}"),
            Figure(
                about, "directives", case.sql("SELECT count(*) FROM directives WHERE leads").fetchall()[0][0]
            ),
            below(about, "report, MB", round(report.stat().st_size / 1e6, 2), MEGABYTES),
            below(
                about, f"seconds to open, median of {OPENINGS}", round(statistics.median(seconds), 2), SECONDS
            ),
            Figure(about, "seconds to open, fastest", round(min(seconds), 2)),
            Figure(about, "seconds to open, slowest", round(max(seconds), 2)),
            Figure(about, "processes that wanted to run meanwhile, for each core", round(busy(), 1)),
        ]
    return say("The report of a large case", figures, asked.json)


def world_of(posts: int) -> World:
    """The preset `camp` with as many people as write about so many posts."""
    camp = load_world("camp")
    accounts = round(posts / (camp.people.posts_per_day * camp.days))
    return camp.model_copy(update={"people": camp.people.model_copy(update={"accounts": accounts})})


def scanned(posts: int, scratch: Path, folder: Path) -> syncline.Case:
    """The case of the world."""
    with terminal_progress() as progress:
        world = simulate(world_of(posts), scratch / "world", seed=1)
        return syncline.scan(
            [world / "posts.parquet", world / "accounts.parquet"],
            folder,
            Settings(placebo_copies=0),
            progress=progress,
        )


def busy() -> float:
    """How many processes wanted each core in the last minute: what is above 1 slows everything down."""
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def opened_s(executable: str, report: Path) -> float:
    """Seconds until the report stands, in a browser of its own, from the moment it is asked for."""
    with Browser(executable) as browser, browser.page(report) as page:
        return page.opened_s


if __name__ == "__main__":
    sys.exit(main())
