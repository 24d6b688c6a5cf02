"""Campaigns in real logs: networks against the sub-operations of a released operation, and conferences as one event.

    python benchmarks/sub_operations.py [--cases FOLDER] [--json FILE]

Says counts and public hashtags only. Exits with 1 where a requirement does not hold. SYNCLINE_DATA names the folder of
the sets. Needs syncline[bench].
"""

import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow as pa
from figure import Figure, at_least, at_most, data_folder, parser, say
from sklearn.metrics import adjusted_mutual_info_score

import syncline
from syncline import words
from syncline.benchmarks.threshold_networks import read_as_networks
from syncline.engines.duckdb import DuckDBEngine
from syncline.progress import terminal_progress
from syncline.settings import Settings
from syncline.sources import read
from syncline.traces.normalise import fold_hashtag

STRONGEST = 5
# Posts at one conference that make an account one of its busy ones.
POSTS_MIN = (2, 3, 4)
# How many of a conference's hashtags are its commonest.
COMMONEST = 10
EXPLAINED = 0.8

# Each network of three or more, at how many conferences its accounts met, and whether one event explains it.
MET_AT = """
    WITH met AS (
        SELECT DISTINCT l.network, p.event
        FROM threshold_meetings AS m
        JOIN network_links AS l ON l.account_a = m.account_a AND l.account_b = m.account_b
        JOIN posts_coded AS c ON c.post = m.post_a
        JOIN read_parquet($file) AS p ON p.post_id = c.post_id
        WHERE l.network IS NOT NULL
    )
    SELECT f.network_id, f.applies, count(*) AS events
    FROM findings AS f
    JOIN networks AS n ON n.network_id = f.network_id AND n.kind = 'network'
    JOIN met ON met.network = f.network_id
    WHERE f.sign = 'one_event'
    GROUP BY ALL ORDER BY ALL
"""

# Accounts with so many posts, all at one conference, and its number.
BUSY = """
    SELECT p.platform, e.account_id, dense_rank() OVER (ORDER BY e.event)
    FROM (
        SELECT account_id, mode(event) AS event FROM read_parquet($file)
        GROUP BY account_id HAVING count(*) >= $posts AND count(DISTINCT event) = 1
    ) AS e
    JOIN (SELECT DISTINCT platform, account_id FROM posts) AS p ON p.account_id = e.account_id
"""


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
    """Innocent by all that is known: a scan finds no network, so others' are read as its own would be."""
    case = scanned(file, folder)
    return [
        at_most(file.stem, "networks found by a scan", case.run["networks"], 0),
        *by_threshold(file),
        *busy_accounts(file),
    ]


def by_threshold(file: Path) -> list[Figure]:
    """What is said of the networks of accounts that shared two objects within 60 s, as other tools ask."""
    with duckdb.connect() as connection:
        read(connection, [file])
        engine = read_as_networks(connection)
        accounts = engine.row("SELECT count(*) FROM members")[0]
        networks = connection.execute(MET_AT, {"file": str(file)}).fetchall()
        own = own_hashtags(engine, file)
    one = [applies for _, applies, events in networks if events == 1]
    several = [applies for _, applies, events in networks if events > 1]
    return [
        Figure(file.stem, "accounts with two objects within 60 s of another's", accounts),
        Figure(file.stem, "networks of them that met at one conference", len(one)),
        at_least(file.stem, "share of these that 'one event' applies to", share(one), EXPLAINED),
        Figure(file.stem, "networks of them that met at several", len(several)),
        Figure(file.stem, "share of these that 'one event' applies to", share(several)),
        own_directives(file, "directives of all of these", own),
    ]


def busy_accounts(file: Path) -> list[Figure]:
    """What each conference's busy accounts took up beyond everybody else there, were they a network."""
    return [figure for posts in POSTS_MIN for figure in with_posts(file, posts)]


def with_posts(file: Path, posts: int) -> list[Figure]:
    """The same, of the accounts with so many posts."""
    with duckdb.connect() as connection:
        read(connection, [file])
        groups = {
            (platform, account): number
            for platform, account, number in connection.execute(
                BUSY, {"file": str(file), "posts": posts}
            ).fetchall()
        }
        engine = read_as_networks(connection, groups)
        own = own_hashtags(engine, file)
        explained = [
            bool(applies)
            for (applies,) in connection.execute(
                "SELECT applies FROM findings JOIN networks USING (network_id)"
                " WHERE sign = 'one_event' AND kind = 'network'"
            ).fetchall()
        ]
    who = f"{posts} posts or more at one conference"
    return [
        Figure(file.stem, f"accounts with {who}, taken as a network each conference", len(groups)),
        own_directives(file, f"{who}: directives", own),
        Figure(
            file.stem,
            f"{who}: of {len(explained)} conferences with meetings, 'one event' applies to",
            sum(explained),
        ),
    ]


def own_directives(file: Path, what: str, own: list[bool]) -> Figure:
    """How many there are, and how many are hashtags of their own conference, which all must be."""
    said = f"{len(own)}, {sum(own)} of them its own hashtags" if own else "none"
    return Figure(file.stem, what, said, "its own hashtags, all of them", all(own))


def own_hashtags(engine: DuckDBEngine, file: Path) -> list[bool]:
    """For each directive, whether it is a hashtag, and among the commonest of the conference that its network was at.

    A network's conference is that of most of its accounts' posts; its own are the hashtags used there more than
    at any other, and among the COMMONEST there.
    """
    written = (
        engine.fetch("SELECT DISTINCT unnest(hashtags) AS hashtag FROM posts").column("hashtag").to_pylist()
    )
    engine.put("hashtags_folded", pa.table({"hashtag": written, "folded": list(map(fold_hashtag, written))}))
    return [
        bool(own)
        for (own,) in engine.connection.execute(
            f"""
            WITH used AS (
                SELECT e.event, f.folded, count(*) AS posts
                FROM (SELECT event, unnest(hashtags) AS hashtag FROM read_parquet($file)) AS e
                JOIN hashtags_folded AS f ON f.hashtag = e.hashtag
                GROUP BY ALL
            ),
            own AS (
                SELECT event, folded,
                    rank() OVER (PARTITION BY event ORDER BY posts DESC) <= {COMMONEST}
                    AND posts = max(posts) OVER (PARTITION BY folded) AS own
                FROM used
            ),
            visited AS (
                SELECT m.network_id, mode(p.event) AS event
                FROM members AS m JOIN read_parquet($file) AS p ON p.account_id = m.account_id
                GROUP BY m.network_id
            )
            SELECT coalesce(o.own, FALSE)
            FROM directives AS d
            JOIN visited AS a ON a.network_id = d.network_id
            LEFT JOIN own AS o ON o.event = a.event AND o.folded = d.object AND d.kind = 'hashtag'
            WHERE d.leads
            """,
            {"file": str(file)},
        ).fetchall()
    ]


def share(hits: list[bool]) -> float:
    """A share with three digits; of nothing, none."""
    return round(sum(hits) / len(hits), 3) if hits else 0.0


if __name__ == "__main__":
    sys.exit(main())
