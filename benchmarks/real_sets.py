"""Whole scans of the real sets: who is named where everybody is of an operation, and where nobody is.

    python benchmarks/real_sets.py [--json FILE]

Exits with 1 where a requirement does not hold. SYNCLINE_DATA names the folder of the sets.
"""

import sys
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import scipy.sparse as sp
from figure import Figure, at_least, at_most, below, data_folder, parser, say
from scipy.sparse.csgraph import connected_components

import syncline
from syncline.progress import terminal_progress
from syncline.settings import Settings

# Three groups of presumed organic accounts that repost the same posts within seconds of each other: how many
# posts, how near, and how large the groups are.
POSTS_IN_COMMON, WITHIN_S = 3, 10
SMALLEST_GROUP = 30


def main() -> int:
    """Scan every set, one after the other, and say the figures."""
    asked = parser(__doc__ or "").parse_args()
    data = data_folder()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        figures += operation(data / "ira_2016.parquet", here)
        figures += conferences(data / "conferences_a.parquet", here)
        case = scanned(data / "russian_coord_tweets.parquet", here)
        figures.append(at_most("russian_coord_tweets", "accounts named", case.run["named"], 4))
        figures += cascades(data / "cascades_a.parquet", here)
    return say("Real sets, default settings", figures, asked.json)


def scanned(file: Path, scratch: Path) -> syncline.Case:
    """The case of one set, without permuted copies, which have a benchmark of their own."""
    with terminal_progress() as progress, progress.stage(file.stem):
        return syncline.scan(
            file, scratch / f"{file.stem}.case", Settings(placebo_copies=0), progress=progress
        )


def operation(file: Path, scratch: Path) -> list[Figure]:
    """Everybody is of the operation: the more are named, the better."""
    case = scanned(file, scratch)
    return [
        at_least(file.stem, f"of {case.run['rows']['accounts']:,} accounts named", case.run["named"], 400),
        Figure(file.stem, "edges", case.run["edges"]),
        Figure(file.stem, "networks", case.run["networks"]),
    ]


def conferences(file: Path, scratch: Path) -> list[Figure]:
    """Nobody is of an operation; at full resolution, and with times cut to the minute as the operation's are."""
    cut = scratch / f"{file.stem}_to_the_minute.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT * REPLACE (date_trunc('minute', time) AS time) FROM read_parquet($file)) TO $cut",
            {"file": str(file), "cut": str(cut)},
        )
    found = []
    for name, log in ((file.stem, file), (f"{file.stem}, cut to the minute", cut)):
        case = scanned(log, scratch)
        found.append(
            at_most(name, f"of {case.run['rows']['accounts']:,} accounts named", case.run["named"], 5)
        )
    return found


def cascades(file: Path, scratch: Path) -> list[Figure]:
    """The groups that are found, and that nobody else is named, nor on the strength of one cascade."""
    case = scanned(file, scratch)
    members = case.members
    named = set(members.loc[members["named"], "account_id"])
    figures = []
    groups = synchronous_groups(file)
    together: list[set[str]] = case.synchronous.groupby("group_id")["account_id"].agg(set).tolist()
    for number, group in enumerate(groups, start=1):
        # Found: most of the group's accounts are named, or are of one group in the same second, which names nobody.
        shown = max([named, *together], key=lambda one: len(group & one))
        how = "named" if shown is named else "found in the same second, not named"
        what = f"of the {len(group)} accounts of group {number} {how}"
        figures.append(at_least(file.stem, what, len(group & shown), len(group) // 2 + 1))
    others = set().union(*together) - set().union(*groups)
    figures.append(Figure(file.stem, "other accounts found in the same second", len(others)))
    accounts = case.run["rows"]["accounts"]
    figures.append(below(file.stem, f"of {accounts:,} accounts named", len(named), 300))
    figures.append(at_most(file.stem, "named on links of one cascade", named_on_one_cascade(case), 0))
    return figures


def synchronous_groups(file: Path) -> list[set[str]]:
    """Groups that hang together by pairs that reposted three posts or more within 10 s, the largest first.

    Counted from the file itself, with nothing of the method. `file` has account_id, reposted_id and time.
    """
    with duckdb.connect() as connection:
        pairs = connection.execute(
            f"""
            WITH reposts AS (
                SELECT account_id, reposted_id, min(epoch_us(time)) AS time_us
                FROM read_parquet($file) GROUP BY ALL
            )
            SELECT a.account_id AS one, b.account_id AS other
            FROM reposts AS a
            JOIN reposts AS b ON b.reposted_id = a.reposted_id AND a.account_id < b.account_id
                AND abs(a.time_us - b.time_us) <= {WITHIN_S * 1_000_000}
            GROUP BY ALL HAVING count(*) >= {POSTS_IN_COMMON}
            """,
            {"file": str(file)},
        ).fetchnumpy()
    accounts, ends = np.unique(np.concatenate([pairs["one"], pairs["other"]]), return_inverse=True)
    ends = ends.reshape(2, -1)
    graph = sp.coo_matrix((np.ones(ends.shape[1]), (ends[0], ends[1])), shape=(len(accounts), len(accounts)))
    count, label = connected_components(graph, directed=False)
    groups = [set(accounts[label == number].tolist()) for number in range(count)]
    return sorted((group for group in groups if len(group) >= SMALLEST_GROUP), key=len, reverse=True)


def named_on_one_cascade(case: syncline.Case) -> int:
    """How many named accounts have a link whose co-actions all lie on one object: the equal delays of a cascade."""
    rows = case.connection.sql("""
        WITH links AS (
            SELECT account_a, account_b FROM co_actions GROUP BY ALL HAVING count(DISTINCT object) = 1
        )
        SELECT count(*) FROM members WHERE named
        AND (account_id IN (SELECT account_a FROM links) OR account_id IN (SELECT account_b FROM links))
    """).fetchall()
    return int(rows[0][0])


if __name__ == "__main__":
    sys.exit(main())
