"""After the last file: what is repeated is set aside, accounts are gathered, times are measured."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt

from syncline.arrays import as_table, gathered
from syncline.schema import ACCOUNTS
from syncline.sources.chats import tell_chats_apart
from syncline.sources.load import (
    OBJECT_LISTS,
    PROFILE,
    lasting_columns,
    sql_type,
    staged_columns,
    staged_profile,
)
from syncline.sources.shared_ids import drop_shared_ids
from syncline.sources.sql import single

RESOLUTIONS_US = (86_400_000_000, 3_600_000_000, 60_000_000, 1_000_000, 1_000, 1)
RESOLVED_SHARE = 0.99
# Of eight bytes each, and how many of them come at a time.
_KEYS_AT_ONCE, _BATCH = 16_000_000, 1_000_000


def fill_source_rows(connection: duckdb.DuckDBPyConnection, stored: Collection[str]) -> None:
    """Let `source_row` be the row in the file where the file does not name another."""
    if "source_row" not in stored:
        return
    connection.execute(
        "ALTER TABLE posts ALTER source_row TYPE BIGINT USING COALESCE(source_row, row_number)"
    ).fetchall()


def name_nameless_posts(connection: duckdb.DuckDBPyConnection, labels: Sequence[str]) -> None:
    """Give posts without an id one made of their row and of their file's label."""
    nameless = "post_id IS NULL AND reason IS NULL"
    if single(connection, f"SELECT count(*) FROM posts WHERE {nameless}")[0]:
        connection.execute(
            f"UPDATE posts SET post_id = label || ':' || source_row FROM ({_labelled(labels)}) AS labelled"
            f" WHERE posts.file_number = labelled.file_number AND {nameless}",
            list(labels),
        )


def _labelled(labels: Sequence[str]) -> str:
    rows = ", ".join(f"({number}, ?)" for number in range(len(labels)))
    return f"SELECT * FROM (VALUES {rows}) AS files(file_number, label)"


class Renumbered(NamedTuple):
    """Numbers of files: `shared` had ids that were no post's, `apart` count their posts by themselves."""

    shared: list[int]
    apart: list[int]


def set_repeats_aside(
    connection: duckdb.DuckDBPyConnection,
    object_files: Sequence[int],
    stored: Collection[str],
    labels: Sequence[str],
) -> Renumbered:
    """Mark every post but the first of one (platform, post_id) as a duplicate; `stored` are the columns of `posts`.

    Returns the files whose ids had to be made with `labels`.

    In `object_files`, which have a row for each object of a post, rows of one post, account and time
    that bring a new object are joined to the first and marked `merged`; those that name another
    reposted post stay posts of their own, numbered `id#2` and so on.
    """
    if not _find_repeated(connection):
        return Renumbered([], [])
    shared = drop_shared_ids(connection)
    if shared:
        name_nameless_posts(connection, labels)
        _find_repeated(connection)
    apart = tell_chats_apart(connection, labels, stored)
    if not apart or _find_repeated(connection):
        if object_files:
            lists = [name for name in OBJECT_LISTS if name in stored]
            _join_objects(connection, ", ".join(map(str, object_files)), lists)
        _mark_duplicates(connection)
    connection.execute("DROP TABLE IF EXISTS repeated")
    return Renumbered(shared, apart)


def _find_repeated(connection: duckdb.DuckDBPyConnection) -> bool:
    """Make `repeated` (platform, post_id), and say whether there are any."""
    keys = _repeated_keys(connection)
    if not len(keys):
        return False
    connection.register("repeated_keys", as_table({"key": keys}))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE repeated AS SELECT platform, post_id FROM posts WHERE reason IS NULL"
        f" AND {_KEY} IN (SELECT key FROM repeated_keys) GROUP BY ALL HAVING count(*) > 1"
    )
    connection.unregister("repeated_keys")
    return single(connection, "SELECT count(*) FROM repeated")[0] != 0


# Without its last bit a hash is a number as `gathered` keeps them.
_KEY = "(hash(platform, post_id) >> 1)::BIGINT"


def _repeated_keys(connection: duckdb.DuckDBPyConnection) -> npt.NDArray[np.int64]:
    """The hashes that more than one post has: sorted numbers say sooner than groups of words that there are none.

    A part at a time, as they are held beside the engine.
    """
    (posts,) = single(connection, "SELECT count(*) FROM posts WHERE reason IS NULL")
    parts = int(str(posts)) // _KEYS_AT_ONCE + 1
    found = []
    for part in range(parts):
        chosen = f" AND {_KEY} % {parts} = {part}" if parts > 1 else ""
        here = f"FROM posts WHERE reason IS NULL{chosen}"
        (count,) = single(connection, f"SELECT count(*) {here}")
        batches = connection.cursor().sql(f"SELECT {_KEY} AS key {here}").to_arrow_reader(_BATCH)
        key = gathered((np.from_dlpack(batch.column(0)) for batch in batches), int(str(count)))
        key.sort()
        found.append(key[1:][key[1:] == key[:-1]])
    return np.concatenate(found)


_COPIES = (
    "SELECT posts.rowid AS row_id, posts.* FROM posts JOIN repeated USING (platform, post_id)"
    " WHERE reason IS NULL"
)
_ONE_POST = "platform, post_id, account_id, time_us, file_number"


def _join_objects(connection: duckdb.DuckDBPyConnection, files: str, lists: Sequence[str]) -> None:
    _part_reposts(connection, files)
    objects = ", ".join(lists) or "NULL"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE joined AS SELECT *,"
        f" row_number() OVER (PARTITION BY {_ONE_POST} ORDER BY row_number) AS place,"
        f" row_number() OVER (PARTITION BY {_ONE_POST}, {objects} ORDER BY row_number) AS copy"
        f" FROM ({_COPIES} AND file_number IN ({files}))"
    )
    connection.execute(
        "UPDATE posts SET reason = 'merged' FROM joined"
        " WHERE posts.rowid = joined.row_id AND joined.place > 1 AND joined.copy = 1"
    )
    unions = ", ".join(f"{_in_order_once(name)} AS {name}" for name in lists)
    # Lists last: an update of a list moves the row.
    if lists:
        connection.execute(
            f"UPDATE posts SET {', '.join(f'{name} = whole.{name}' for name in lists)}"
            f" FROM (SELECT first(row_id ORDER BY place) AS row_id, {unions} FROM joined GROUP BY {_ONE_POST}"
            " HAVING count(*) FILTER (copy = 1) > 1) AS whole WHERE posts.rowid = whole.row_id"
        )
    connection.execute("DROP TABLE joined")


def _in_order_once(name: str) -> str:
    # Not list_distinct: its order differs from run to run.
    joined = f"flatten(list({name} ORDER BY row_number))"
    return f"list_filter({joined}, lambda item, place: list_position({joined}, item) = place)"


def _part_reposts(connection: duckdb.DuckDBPyConnection, files: str) -> None:
    connection.execute(
        "UPDATE posts SET post_id = posts.post_id || '#' || parted.place FROM ("
        f" SELECT row_id, dense_rank() OVER (PARTITION BY {_ONE_POST} ORDER BY first_row) AS place FROM ("
        f" SELECT *, min(row_number) OVER (PARTITION BY {_ONE_POST}, reposted_post_id) AS first_row"
        f" FROM ({_COPIES} AND file_number IN ({files})))) AS parted"
        " WHERE posts.rowid = parted.row_id AND parted.place > 1"
    )
    connection.execute(
        "INSERT INTO repeated SELECT platform, post_id FROM posts"
        f" WHERE reason IS NULL AND file_number IN ({files}) AND post_id LIKE '%#%'"
        " GROUP BY ALL HAVING count(*) > 1 EXCEPT FROM repeated"
    )


def _mark_duplicates(connection: duckdb.DuckDBPyConnection) -> None:
    order = "OVER (PARTITION BY platform, post_id ORDER BY file_number, row_number)"
    connection.execute(
        "UPDATE posts SET reason = 'duplicate', detail = left('first in ' || copies.first_file || ', row '"
        " || copies.first_row || ': ' || posts.post_id, 200) FROM ("
        f" SELECT row_id, row_number() {order} AS place, first(source_file) {order} AS first_file,"
        f" first(source_row) {order} AS first_row FROM ({_COPIES})) AS copies"
        " WHERE posts.rowid = copies.row_id AND copies.place > 1"
    )


def gather_states(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `author_states`: what each file tells of each author in its posts, each state once.

    `told` says whether it tells anything; `seen_us` is the time of the latest such post, and `seen_row` its place, null
    if all these posts are copies of others.
    """
    authors = staged_profile(connection)
    states = ", ".join(f"author_{name} AS {name}" for name in (*authors, "observed_us"))
    told = " OR ".join(f"author_{name} IS NOT NULL" for name in authors) or "false"
    seen = "COALESCE(author_observed_us, time_us, 0)"
    counts = "(reason IS NULL OR reason = 'profile')"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE author_states AS SELECT platform, account_id, file_number, {states},"
        f" {told} AS told, max({seen}) FILTER ({counts}) AS seen_us,"
        f" arg_max(rowid, {seen}::HUGEINT * {_ROWS} - rowid) FILTER ({counts}) AS seen_row"
        " FROM posts WHERE reason IS NULL OR reason IN ('duplicate', 'merged', 'profile') GROUP BY ALL"
    )


# Of states seen at the same time, that of the earlier row counts.
_ROWS = 1 << 40
_LATEST = f"seen_us::HUGEINT * {_ROWS} - seen_row"
# Files are fewer.
_FILES = 1 << 20


def gather_accounts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `accounts`: a row for each account that posted or has a profile, each column as last known.

    An author's columns are ordered by their posts where nothing says when they were seen, but that time is then not
    given as `observed_us`: an export shows the author of an old post as of the day of the export.
    """
    authors = staged_profile(connection)
    latest = ", ".join(f"arg_max({name}, {_LATEST}) AS {name}" for name in authors)
    connection.execute(
        f"INSERT INTO profiles BY NAME SELECT platform, account_id, {latest}{', ' if latest else ''}"
        " max(observed_us) AS observed_us, max(CASE WHEN told THEN seen_us END) AS told_us FROM author_states"
        " WHERE seen_us IS NOT NULL GROUP BY platform, account_id"
    )
    told = single(connection, f"SELECT {', '.join(f'count({name})' for name in PROFILE)} FROM profiles")
    merged = ", ".join(
        f"{_last_told(name) if count else f'CAST(NULL AS {sql_type(ACCOUNTS.field(name).type)})'} AS {name}"
        for name, count in zip(PROFILE, told, strict=True)
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE accounts AS SELECT platform, account_id, {merged},"
        " max(observed_us) AS observed_us FROM profiles WHERE reason IS NULL"
        " GROUP BY platform, account_id ORDER BY platform, account_id"
    )


def _last_told(name: str) -> str:
    # A profile without a date of its own fills the gaps of dated ones; of equals, the earlier row counts, after what
    # posts tell, which has no row of its own.
    place = f"COALESCE(file_number, 0)::HUGEINT * {_ROWS} + COALESCE(row_number, 0)"
    return f"arg_max({name}, COALESCE(told_us, observed_us, 0)::HUGEINT * {_ROWS * _FILES} - ({place}))"


def set_rejects_aside(
    connection: duckdb.DuckDBPyConnection, files: Sequence[str], stored: Collection[str]
) -> None:
    """Move what cannot be used to `rejects`, and leave in `posts` what lasts."""
    names = ", ".join(f"({number}, ?)" for number in range(len(files)))
    connection.execute(
        "CREATE OR REPLACE TABLE rejects AS"
        " SELECT file AS source_file, row_number AS source_row, reason, detail FROM ("
        "SELECT file_number, row_number, reason, detail FROM posts WHERE reason NOT IN ('merged', 'profile') UNION ALL"
        " SELECT file_number, row_number, reason, detail FROM profiles WHERE reason IS NOT NULL)"
        f" JOIN (VALUES {names}) AS named (file_number, file) USING (file_number)"
        " ORDER BY file_number, row_number",
        list(files),
    )
    connection.execute("DELETE FROM posts WHERE reason IS NOT NULL")
    lasting = lasting_columns(stored)
    for column in staged_columns(connection, "posts"):
        if column not in lasting:
            connection.execute(f"ALTER TABLE posts DROP COLUMN {column}")
    connection.execute("DROP TABLE profiles")
    connection.execute("DROP TABLE author_states")


@dataclass(frozen=True)
class Counts:
    """What became of one file's rows."""

    posts: int = 0
    merged: int = 0
    duplicates: int = 0
    rejects: int = 0
    accounts: int = 0


def count_rows(connection: duckdb.DuckDBPyConnection, files: int) -> list[Counts]:
    """What became of the rows of each of so many files."""
    became: list[Counter[str]] = [Counter() for _ in range(files)]
    for number, what, rows in connection.execute(
        "SELECT file_number, COALESCE(reason, 'post'), count(*) FROM posts GROUP BY ALL UNION ALL"
        " SELECT file_number, COALESCE(reason, 'profile'), count(*) FROM profiles"
        " WHERE file_number IS NOT NULL GROUP BY ALL"
    ).fetchall():
        became[number][what] += rows
    return [
        Counts(
            posts=each["post"],
            merged=each["merged"],
            duplicates=each["duplicate"],
            rejects=each.total() - each["post"] - each["merged"] - each["profile"],
            accounts=each["profile"],
        )
        for each in became
    ]


def time_resolution_us(connection: duckdb.DuckDBPyConnection) -> int:
    """The coarsest unit, in microseconds, on whose multiples at least 99% of the posts' times fall."""
    resolved = 1
    for unit in reversed(RESOLUTIONS_US):
        posts, multiples = single(
            connection, f"SELECT count(*), count(*) FILTER (time_us % {unit} = 0) FROM posts"
        )
        # Each unit divides the next, so no coarser one can hold either.
        if not posts or int(str(multiples)) < RESOLVED_SHARE * int(str(posts)):
            break
        resolved = unit
    return resolved
