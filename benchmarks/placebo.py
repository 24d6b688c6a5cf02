"""Permuted copies of the real sets: accounts change places among the traces of a day, so every edge is false.

    python benchmarks/placebo.py [--copies 20] [--json FILE]

Exits with 1 where a requirement does not hold. SYNCLINE_DATA names the folder of the sets.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
from figure import Figure, at_least, at_most, data_folder, parser, say

from syncline.benchmarks.evidence import default_nulls, find, named_accounts
from syncline.engines.duckdb import DuckDBEngine
from syncline.networks import Placebo, find_networks, minute_share, permuted_copy
from syncline.progress import Progress, terminal_progress
from syncline.sources import read
from syncline.traces import build_traces, leave_habits_out

OPERATION = "ira_2016"
# Presumed organic by those who collected them; a permuted copy holds no company whatever they are.
OTHERS = ("conferences_a", "cascades_a", "russian_coord_tweets", "german_elections", "persian_2024")


@dataclass(frozen=True)
class Measured:
    """What one set and its copies hold; the share is None where there is no edge."""

    accounts: int
    edges: int
    named: int
    minute_share: float | None
    copies: list[Placebo]


def main() -> int:
    """Scan every set and its copies, one after the other, and say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--copies", type=int, default=20)
    asked = options.parse_args()
    data = data_folder()
    figures: list[Figure] = []
    with terminal_progress() as progress:
        for name in (OPERATION, *OTHERS):
            with progress.stage(name):
                measured = measure(data / f"{name}.parquet", asked.copies, progress)
            figures += said(name, measured)
    return say(f"{asked.copies} permuted copies of every real set, default settings", figures, asked.json)


def measure(file: Path, copies: int, progress: Progress) -> Measured:
    """The evidence of a set and of its copies; the file is read and coded once."""
    connection = duckdb.connect()
    engine = DuckDBEngine(connection)
    nulls = default_nulls(read(connection, [file]).resolution_us)
    build_traces(engine)
    leave_habits_out(engine)
    _, edges = find(engine, nulls)
    named = len(named_accounts(engine, nulls.seed))
    find_networks(engine, nulls.seed)
    found = []
    for copy in range(1, copies + 1):
        progress.detail(f"copy {copy} of {copies}")
        found.append(permuted_copy(engine, nulls, copy))
    share = minute_share(engine, nulls)
    accounts = engine.row("SELECT count(*) FROM accounts_coded")[0]
    return Measured(accounts, edges, named, share, found)


def said(name: str, measured: Measured) -> list[Figure]:
    """The figures of one set."""
    copies = measured.copies
    found = [
        Figure(name, f"edges ({measured.named:,} of {measured.accounts:,} accounts named)", measured.edges),
        Figure(name, "share of the evidence that is in the minute", share_in_words(measured.minute_share)),
        Figure(name, "edges on each copy", in_a_row([copy.edges for copy in copies])),
        Figure(name, "named on each copy", in_a_row([copy.named for copy in copies])),
        Figure(
            name,
            "groups in the same second on each copy",
            in_a_row([copy.synchronous_groups for copy in copies]),
        ),
    ]
    # Nineteen of twenty.
    most = len(copies) - len(copies) // 20
    if name == OPERATION:
        mean = sum(copy.edges for copy in copies) / len(copies)
        return [
            *found,
            at_most(name, "edges on a copy, mean", mean, round(measured.edges / 100, 1)),
            at_least(name, "copies without a named account", sum(copy.named == 0 for copy in copies), most),
        ]
    return [*found, at_least(name, "copies without an edge", sum(copy.edges == 0 for copy in copies), most)]


def in_a_row(counts: Sequence[int]) -> str:
    """0 0 3, and so on."""
    return " ".join(map(str, counts))


def share_in_words(share: float | None) -> str:
    """A percentage, or that there is nothing to share."""
    return "no edge" if share is None else f"{share:.0%}"


if __name__ == "__main__":
    sys.exit(main())
