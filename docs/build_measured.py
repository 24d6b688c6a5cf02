"""Writes docs/measured.md from the figures in benchmarks/results/: `python docs/build_measured.py`."""

import json
from collections.abc import Iterator
from pathlib import Path

from syncline.benchmarks.accuracy_page import number

PAGE = Path(__file__).parent / "measured.md"
RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"
# In the order of the page; what a reader must know to read the table.
RUNS = {
    "real_sets": "In the first log everybody is of one operation; in the others presumably nobody is, but for three "
    "groups in the cascades, 62, 56 and 37 accounts that repost the same three posts within seconds of each other. "
    "Group 3 is missed: on its days the log holds little but the one post that all of it reposts, so that, the day "
    "being given, two of its accounts have only their seconds in common, too little for a pair among 75 million.",
    "placebo": "On a permuted copy accounts have changed places among the traces of a day: activity, popularity and "
    "bursts stay, company goes, and every edge is false.",
    "reading": "The plain read finds no links, hashtags and names in the text, hashes no file and gives no account and "
    "post an integer; all of that is in the other figures. CPU seconds of all threads, the least of the repeats; other "
    "programs ran on the machine meanwhile.",
    "large_files": "A process of its own each, under the engine's limit of --memory; what does not fit is spilled.",
    "large_csv": "The same, as CSV.",
    "packed_zstd": "The same, packed with zstd.",
    "packed_gzip": "The same, packed with gzip.",
    "null": "Bursts, hours and interest groups, and nobody who coordinates.",
    "quiet": "Worlds with innocent crowds and breaking news, and nobody who coordinates.",
    "camps": "Worlds with a camp, and with nine kinds of innocent coordination, which are counted apart.",
    "ring_share": "People pass on one another's posts, five times each; a ring passes on posts of its own, within a "
    "minute. Whoever makes much of a small log is most of what there is to compare it with, and is not found. The scan "
    "says what came closest then, and `insufficient data` where a tenth of the accounts could not be told from chance.",
    "explanations": "Whole scans: of the accounts that are named for labelled innocent coordination, the share whose "
    "network carries an explanation that applies. Camps have them too, where their boosters share one client: an "
    "explanation is to be checked, not an acquittal.",
    "simulation": "From the settings of a world to its tables on disk, which are written day by day.",
    "directives": "Camps whose networks are taken from the truth, so that the reading alone is scored, on seeds that "
    "the method was not looked at with. Asked for are orders, targets and lifted accounts that five accounts or more "
    "obeyed. In the null worlds networks are drawn among people whom nobody directs.",
    "roles": "Camps whose networks are taken from the truth: the role that each account was given, and the one that is "
    "read from its posts. An account without a sure majority is mixed.",
    "sub_operations": "Accounts of one operation; `account_category`, the sub-operation, is not used by the scan "
    "(mutual information 1: the same partition, 0: chance). The hashtags are those that most accounts took up on one "
    "day: hashtag games. At the conferences nothing is found; what follows would be said of other methods' "
    "networks, and of the busy accounts of each conference beside the others there.",
    "report_size": "A simulated log with a camp, from files to a report in headless Chromium.",
    "spark": "One log, scanned on two cores by DuckDB and by Spark ([On Spark](spark.md)). Spark is the slower of the "
    "two wherever one machine will do. Other work ran on the two cores meanwhile, so that times by the clock are "
    "longer than they would be alone.",
}


def render() -> str:
    """The page."""
    return _ABOUT + "".join("\n" + "\n".join(_section(name)) + "\n" for name in RUNS if _file(name).is_file())


_ABOUT = """\
# Measured

Written by `docs/build_measured.py` from runs of the commands beside the tables; no figure is typed by hand.
`benchmarks/README.md` says what each command needs, and by which rules is counted.
"""


def _file(name: str) -> Path:
    return RESULTS / f"{name}.json"


def _section(name: str) -> Iterator[str]:
    run = json.loads(_file(name).read_text(encoding="utf-8"))
    yield f"## {run['title']}"
    yield ""
    yield RUNS[name]
    yield ""
    yield f"    {run['command']}"
    yield ""
    yield (
        f"Measured on {run['measured']} with Syncline {run['syncline']}, DuckDB {run['duckdb']}, Python "
        f"{run['python']}, {run['cores']} cores."
    )
    yield ""
    yield "| | | measured | asked | |"
    yield "|---|---|---|---|---|"
    for figure in run["figures"]:
        holds = ("holds" if figure["holds"] else "**does not hold**") if figure["asked"] else ""
        yield f"| {figure['about']} | {figure['what']} | {_value(figure['measured'])} | {figure['asked']} | {holds} |"


def _value(measured: float | str) -> str:
    return measured if isinstance(measured, str) else number(measured)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
