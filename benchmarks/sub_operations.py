"""Campaigns in real logs: networks against the sub-operations of a released operation, and conferences as one event.

    python benchmarks/sub_operations.py [--cases FOLDER] [--json FILE]

Says counts and public hashtags only. Exits with 1 where a requirement does not hold. SYNCLINE_DATA names the folder of
the sets. Needs syncline[bench].
"""

import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
from figure import Figure, at_least, data_folder, parser, say
from sklearn.metrics import adjusted_mutual_info_score

import syncline
from syncline import words
from syncline.benchmarks.campaigns import assume_networks
from syncline.campaigns import find_campaigns
from syncline.engines.duckdb import DuckDBEngine
from syncline.progress import terminal_progress
from syncline.settings import Settings
from syncline.sources import read
from syncline.traces.normalise import fold_hashtag

STRONGEST = 5
# Posts at one conference that make an account one of its busy ones.
POSTS_MIN = 3
OWN_SHARE = 0.95


def main() -> int:
    """Scan both sets, and say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--cases", type=Path, help="keep the cases here, and use those that are here")
    asked = options.parse_args()
    data = data_folder()
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.cases or Path(scratch)
        figures = [
            *sub_operations(data / "ira_2016.parquet", folder),
            *conferences(data / "conferences_a.parquet", folder),
        ]
    return say("Campaigns in real logs, default settings", figures, asked.json)


def scanned(file: Path, folder: Path) -> syncline.Case:
    """The case of one set, without permuted copies, which have a benchmark of their own."""
    out = folder / f"{file.stem}.case"
    if out.is_dir():
        return syncline.open_case(out)
    with terminal_progress() as progress, progress.stage(file.stem):
        return syncline.scan(file, out, Settings(placebo_copies=0), progress=progress)


def sub_operations(file: Path, folder: Path) -> list[Figure]:
    """How networks agree with a label that the scan does not use, and the strongest directives by hashtag."""
    case = scanned(file, folder)
    with duckdb.connect() as connection:
        labels = dict(
            connection.execute(
                "SELECT account_id, mode(account_category) FROM read_parquet(?) GROUP BY account_id",
                [str(file)],
            ).fetchall()
        )
    named = case.sql("SELECT account_id, network_id FROM members WHERE named ORDER BY ALL").fetchall()
    agreement = adjusted_mutual_info_score(
        [labels[account] for account, _ in named], [network for _, network in named]
    )
    return [
        Figure(file.stem, "named accounts", len(named)),
        Figure(file.stem, "their networks", len({network for _, network in named})),
        Figure(file.stem, "their sub-operations", len({labels[account] for account, _ in named})),
        Figure(file.stem, "adjusted mutual information of the two", round(float(agreement), 3)),
        *directives(case, file.stem),
    ]


def directives(case: syncline.Case, about: str) -> list[Figure]:
    """The hashtags that were taken up together on one day by most accounts, and how many directives there are."""
    total = case.sql("SELECT count(*) FROM directives WHERE leads").fetchall()[0][0]
    strongest = case.sql(
        f"""
        SELECT label, day_us, members, active, others FROM directives
        WHERE kind = 'hashtag' AND day_us IS NOT NULL
        ORDER BY members DESC, log10_e DESC, label LIMIT {STRONGEST}
        """
    ).fetchall()
    return [
        Figure(about, "directives", total),
        *(
            Figure(
                about,
                f"#{label}, {words.date(day_us)}",
                f"{members} of {active} active accounts; {others} of no network",
            )
            for label, day_us, members, active, others in strongest
        ),
    ]


def conferences(file: Path, folder: Path) -> list[Figure]:
    """Innocent by all that is known. Where nothing is found, each conference is taken as a network all the same."""
    case = scanned(file, folder)
    networks, one_event = case.sql(
        """
        SELECT count(DISTINCT network_id), count(DISTINCT network_id) FILTER (applies)
        FROM findings JOIN networks USING (network_id) WHERE sign = 'one_event' AND kind = 'network'
        """
    ).fetchall()[0]
    found, own = taken_as_networks(file)
    return [
        Figure(file.stem, "networks", networks),
        at_least(file.stem, "of them, 'one event' applies to", one_event, networks),
        Figure(
            file.stem,
            f"accounts with {POSTS_MIN} posts at one conference, taken as networks",
            found["accounts"],
        ),
        Figure(file.stem, "directives of hashtags", found["directives"]),
        at_least(file.stem, "share of them that the conference itself made frequent", own, OWN_SHARE),
    ]


def taken_as_networks(file: Path) -> tuple[dict[str, int], float]:
    """Directives of each conference's busy accounts, and how many hashtags of these are mostly used at it."""
    with duckdb.connect() as connection:
        read(connection, [file])
        engine = DuckDBEngine(connection)
        events = connection.execute(
            """
            SELECT account_id, mode(event) AS event FROM read_parquet($file)
            GROUP BY account_id HAVING count(*) >= $posts AND count(DISTINCT event) = 1
            """,
            {"file": str(file), "posts": POSTS_MIN},
        ).fetchall()
        numbers = {
            event: number for number, event in enumerate(sorted({event for _, event in events}), start=1)
        }
        platforms = dict(
            connection.execute("SELECT account_id, any_value(platform) FROM posts GROUP BY 1").fetchall()
        )
        groups = {
            (platforms[account], account): numbers[event] for account, event in events if account in platforms
        }
        assume_networks(engine, groups)
        find_campaigns(engine, seed=1)
        frequent: dict[str, Counter[int]] = defaultdict(Counter)
        for hashtag, event, posts in connection.execute(
            """
            SELECT hashtag, event, count(*) FROM (SELECT event, unnest(hashtags) AS hashtag FROM read_parquet($file))
            GROUP BY ALL
            """,
            {"file": str(file)},
        ).fetchall():
            frequent[fold_hashtag(hashtag)][numbers.get(event, 0)] += posts
        rows = connection.execute(
            "SELECT network_id, object FROM directives WHERE kind = 'hashtag' ORDER BY ALL"
        ).fetchall()
    own = sum(frequent[hashtag].most_common(1)[0][0] == network for network, hashtag in rows)
    return {"accounts": len(groups), "directives": len(rows)}, round(own / len(rows), 3) if rows else 1.0


if __name__ == "__main__":
    sys.exit(main())
