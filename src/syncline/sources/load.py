"""One file into the staged posts or profiles, by the field map of its format."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import duckdb
import pyarrow as pa

from syncline.errors import SynclineError
from syncline.schema import ACCOUNTS, BEHAVIOURS, POSTS
from syncline.sources import text, times
from syncline.sources.blind import seen_in
from syncline.sources.format import Column, Field, Format, Probe
from syncline.sources.probe import DAMAGE, first_line, unreadable
from syncline.sources.readers import REJECTS, Raw, raw
from syncline.sources.sql import literal, single

DETAIL_LENGTH = 200
# What an author's columns may tell, kept beside each post until all files are read.
PROFILE = tuple(name for name in ACCOUNTS.names if name not in ("platform", "account_id", "observed_us"))
DEFAULT_PLATFORM = "posts"
_ROWS_AT_ONCE = 4_000_000
# Each statement reads the names of so many files in no time.
_FEW_FILES = 100
# Of a row that the engine could not split it keeps so many characters.
_REJECT_KEPT = 10_000


def sql_type(kind: pa.DataType) -> str:
    """The DuckDB type of an Arrow type that the schema uses."""
    if pa.types.is_list(kind):
        return "VARCHAR[]"
    return {"string": "VARCHAR", "int64": "BIGINT", "bool": "BOOLEAN", "double": "DOUBLE"}[str(kind)]


_STAGING = ("file_number INTEGER", "row_number BIGINT", "reason VARCHAR", "detail VARCHAR")


# Columns of `posts` that every file fills, and those that it fills where the rows themselves do not say them.
_ALWAYS = {"post_id", "account_id", "time_us", "is_repost"}
_OF_FILE = {"platform": "file_number", "source_file": "file_number", "source_row": "row_number"}
OBJECT_LISTS = ("urls", "hashtags", "mentions", "media_hashes")


class Source(NamedTuple):
    """A file that is known: `platform` is for rows that name none, `found_in_text` are columns made from the text."""

    look: Probe
    format: Format
    platform: str
    found_in_text: list[str]

    @classmethod
    def of(
        cls, look: Probe, chosen: Format, platform: str | None, behaviours: Collection[str] = BEHAVIOURS
    ) -> "Source":
        """With the platform that was asked for, that of the format, or the one that stands for any.

        In the text is found what `behaviours` are seen in, and nothing else.
        """
        sought = seen_in(behaviours)
        found = [name for name in chosen.found_in_text() if name in sought]
        return cls(look, chosen, platform or chosen.platform or DEFAULT_PLATFORM, found)

    def says(self, column: str) -> str:
        """What stands in a column of all rows that do not say it themselves."""
        return self.platform if column == "platform" else self.look.path


def create_tables(connection: duckdb.DuckDBPyConnection, sources: Sequence[Source]) -> frozenset[str]:
    """Make `posts` and `profiles`, empty, with the columns that only the reading needs beside their own.

    `sources` are the files in the order of their numbers. Returns the columns of `posts` that are stored. What no
    file's rows say is made where it is read, and so needs no memory: as a table holds it, even nothing takes some
    seven bytes a row and column, and the name of the file its own length.
    """
    few = len(sources) <= _FEW_FILES
    stored = frozenset().union(*(_stored(each) for each in sources), () if few else _OF_FILE)
    posts = [f"{field.name} {_kind_of(field, stored, sources)}" for field in POSTS]
    accounts = [f"{field.name} {sql_type(field.type)}" for field in ACCOUNTS]
    staged = ", ".join([*posts, "author_observed_us BIGINT", *_STAGING])
    connection.execute(f"CREATE OR REPLACE TABLE posts ({staged})")
    # Of several profiles, that of the latest `told_us` counts; it is a post's time where the file names none.
    profiles = ", ".join([*accounts, "told_us BIGINT", *_STAGING])
    connection.execute(f"CREATE OR REPLACE TEMP TABLE profiles ({profiles})")
    return stored


def _stored(source: Source) -> set[str]:
    # Rows of text are numbered when they are stored, and such changes cannot be spilled until the column is written
    # anew, which no other column may be made from.
    numbered = source.look.kind == "parquet"
    return _filled(source) | (set() if numbered else {"source_row"})


def _filled(source: Source) -> set[str]:
    """The columns of `posts` that the file may fill."""
    declared = source.format.posts
    told = {"reposted_account_id", *source.found_in_text} if "text" in declared else set()
    return _ALWAYS | set(declared) | told


def _kind_of(field: pa.Field, stored: Collection[str], sources: Sequence[Source]) -> str:
    kind = sql_type(field.type)
    if field.name in stored:
        return kind
    return f"{kind} GENERATED ALWAYS AS ({_of_file(field.name, sources) or f'CAST(NULL AS {kind})'}) VIRTUAL"


def _of_file(column: str, sources: Sequence[Source]) -> str:
    """What the number of a row's file, or its own, says of it; empty for other columns."""
    if column == "source_row":
        return "row_number"
    if column not in _OF_FILE:
        return ""
    said = [literal(each.says(column)) for each in sources]
    return said[0] if len(set(said)) == 1 else f"[{', '.join(said)}][file_number + 1]"


def lasting_columns(stored: Collection[str]) -> set[str]:
    """The columns of `posts` that stay when all is read: the schema's, and those that others are made from."""
    return {*POSTS.names, *(of for column, of in _OF_FILE.items() if column not in stored)}


def staged_columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    """The columns of `table` as they are now."""
    return [str(row[0]) for row in connection.execute(f"DESCRIBE {table}").fetchall()]


def staged_profile(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The columns of PROFILE that the posts read so far tell of their authors."""
    staged = staged_columns(connection, "posts")
    return [name for name in PROFILE if f"author_{name}" in staged]


def load(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    source: Source,
    stored: Collection[str],
    limit: int | None = None,
) -> int:
    """Stage every row of the file, with the reason where it cannot be used; returns how many rows there are.

    `number` tells the file from the others, `stored` are the columns that `create_tables` gave; `limit` stops early.
    """
    look, chosen = source.look, source.format
    table = "posts" if chosen.posts else "profiles"
    add_author_columns(connection, chosen)
    for careful in (False, True):
        try:
            with raw(connection, look, chosen, names_used(chosen), careful) as relation:
                rows_read = _first(relation, limit)
                if chosen.posts:
                    connection.execute(
                        insert_posts(rows_read, str(number), literal(look.path), source, stored)
                    )
                else:
                    connection.execute(_insert_profiles(rows_read, number, source))
                if not relation.numbered:
                    _number_rows(connection, table, number)
                if relation.header_lines is not None:
                    _refuse_swallowed_rows(connection, look)
                    _stage_broken_rows(connection, table, relation, number, look)
                (rows,) = single(connection, f"SELECT count(*) FROM {table} WHERE file_number = {number}")
                return int(str(rows))
        except duckdb.OutOfMemoryException:
            raise
        except (
            duckdb.Error,
            UnicodeDecodeError,
        ) as error:  # the latter where the engine's words quote broken text
            if careful or look.kind == "parquet":
                raise SynclineError(f"{look.path}: cannot be read ({first_line(error)}).") from None
            connection.execute(f"DELETE FROM {table} WHERE file_number = {number}")
        except DAMAGE as error:
            raise unreadable(look.path, error) from None
    raise AssertionError("the second pass returns or raises")


def _first(relation: Raw, limit: int | None) -> Raw:
    return relation if limit is None else replace(relation, sql=f"FROM ({relation.sql}) LIMIT {limit}")


def names_used(chosen: Format) -> list[str]:
    """The columns of the file that its format reads."""
    fields = [*chosen.posts.values(), *chosen.accounts.values(), *([chosen.row] if chosen.row else [])]
    return list(dict.fromkeys(name for each in fields for name in each.columns))


def add_author_columns(connection: duckdb.DuckDBPyConnection, chosen: Format) -> None:
    """Give `posts` the columns in which the format tells of authors."""
    for name in _author_columns(chosen):
        kind = sql_type(ACCOUNTS.field(name.removeprefix("author_")).type)
        connection.execute(f"ALTER TABLE posts ADD COLUMN IF NOT EXISTS {name} {kind}")


def _author_columns(chosen: Format) -> list[str]:
    seen = (*PROFILE, "observed_us")
    return [f"author_{name}" for name in seen if name in chosen.accounts and chosen.posts]


def _render(chosen: Field, columns: Mapping[str, Column]) -> str:
    return chosen.render(*(columns.get(name, Column.absent(name)) for name in chosen.columns))


def insert_posts(relation: Raw, number: str, path: str, source: Source, stored: Collection[str]) -> str:
    """The statement that understands the rows of `relation`; `number` and `path` are SQL for those of their file."""
    chosen = source.format
    steps = _mapped_posts(relation, number, path, source)
    if not chosen.verbatim:
        steps = _with_repost_told(_without_impossible_times(steps, chosen))
    steps = _with_text_told(steps, source.found_in_text)
    filled = {*_filled(source), *_OF_FILE}.intersection(stored)
    own = ", ".join([*(name for name in POSTS.names if name in filled), *_author_columns(chosen)])
    return (
        f"INSERT INTO posts ({own}, file_number, row_number, reason, detail)"
        f" SELECT {own}, file_number, row_number, {_REASON}, left(CASE WHEN broken IS NOT NULL THEN broken"
        f" WHEN row_is IS NOT NULL THEN row_is WHEN time_us IS NULL THEN {_TIME_AS_IT_STOOD} END, {DETAIL_LENGTH})"
        f" FROM ({steps})"
    )


# Spelled only where it is needed: few rows have no time.
_TIME_AS_IT_STOOD = "CAST(raw_time AS VARCHAR)"
_REASON = (
    "CASE WHEN broken IS NOT NULL THEN 'broken_row'"
    " WHEN row_is = 'profile' AND account_id IS NOT NULL THEN 'profile'"
    " WHEN row_is IS NOT NULL THEN 'not_a_post' WHEN account_id IS NULL THEN 'no_account'"
    f" WHEN time_us IS NULL THEN CASE WHEN COALESCE({_TIME_AS_IT_STOOD}, '') = ''"
    " THEN 'no_time' ELSE 'bad_time' END END"
)


def _mapped_posts(relation: Raw, number: str, path: str, source: Source) -> str:
    """Every column of POSTS, the author's, and the time as it stood, out of the raw cells."""
    chosen, columns = source.format, relation.columns
    cells = {name: _render(field, columns) for name, field in chosen.posts.items()}
    cells["platform"] = _platform(source, cells.get("platform"))
    cells["source_file"] = _or(path, cells.get("source_file"))
    authors = {f"author_{name}": _render(field, columns) for name, field in chosen.accounts.items()}
    raw_times = [columns[name] for name in chosen.posts["time_us"].columns if name in columns]
    listed = [
        *(
            f"CAST({cells.get(field.name, 'NULL')} AS {sql_type(field.type)}) AS {field.name}"
            for field in POSTS
        ),
        *(f"{authors[name]} AS {name}" for name in _author_columns(chosen)),
        f"{_first_of(raw_times)} AS raw_time",
        f"CAST({_render(chosen.row, columns) if chosen.row else 'NULL'} AS VARCHAR) AS row_is",
    ]
    return (
        f"SELECT {', '.join(listed)}, {number} AS file_number, raw.syncline_row AS row_number,"
        " raw.syncline_broken AS broken"
        f" FROM ({relation.sql}) AS raw"
    )


def _first_of(columns: Sequence[Column]) -> str:
    """The first of the columns that holds something: one as it is, several as text, as they may differ in type."""
    if len(columns) == 1:
        return columns[0].sql
    return f"COALESCE({', '.join(f'CAST({each.sql} AS VARCHAR)' for each in columns)})"


def _platform(source: Source, cell: str | None) -> str:
    """Platform and account are written with a colon between them, so that none stands in the former."""
    told = cell if cell is None or source.format.verbatim else f"replace({cell}, ':', '-')"
    return _or(literal(source.platform), told)


def _or(said: str, cell: str | None) -> str:
    """What the cell holds, or `said` where it is empty or there is none."""
    return said if cell is None else f"COALESCE({cell}, {said})"


def _without_impossible_times(steps: str, chosen: Format) -> str:
    ranged = [
        "time_us",
        *(f"author_{name}" for name in ("created_us", "observed_us") if name in chosen.accounts),
    ]
    kept = ", ".join(f"{times.in_range(name)} AS {name}" for name in ranged)
    return f"SELECT * REPLACE ({kept}) FROM ({steps})"


def _with_repost_told(steps: str) -> str:
    """Where no id says what was reposted, a leading `RT @handle:` says whose post it was."""
    told = (
        "CASE WHEN reposted_post_id IS NULL AND is_repost IS DISTINCT FROM false"
        f" THEN {text.reposted_handle('text')} END"
    )
    return (
        "SELECT * REPLACE ("
        f"CASE WHEN handle IS NULL THEN text ELSE {text.without_repost_prefix('text')} END AS text,"
        " COALESCE(reposted_account_id, handle) AS reposted_account_id,"
        " reposted_post_id IS NOT NULL OR COALESCE(is_repost, handle IS NOT NULL) AS is_repost)"
        f" FROM (SELECT *, {told} AS handle FROM ({steps}))"
    )


def _with_text_told(steps: str, names: Sequence[str]) -> str:
    """The columns `names`, some of URLs, hashtags and mentions, out of the text."""
    if not names:
        return steps
    told = ", ".join(f"told_{name} AS {name}" for name in names)
    return f"SELECT * REPLACE ({told}) FROM ({text.with_tokens(steps)})"


def _insert_profiles(relation: Raw, number: int, source: Source) -> str:
    chosen = source.format
    cells_of = {name: _render(field, relation.columns) for name, field in chosen.accounts.items()}
    known = [name for name in ACCOUNTS.names if name in chosen.accounts and name != "platform"]
    cells = [f"{cells_of[name]} AS {name}" for name in known]
    kept = (
        "REPLACE (" + times.in_range("created_us") + " AS created_us)" if _has_plain_creation(chosen) else ""
    )
    return (
        f"INSERT INTO profiles BY NAME SELECT * EXCLUDE (broken) {kept},"
        " CASE WHEN broken IS NOT NULL THEN 'broken_row' WHEN account_id IS NULL THEN 'no_account' END AS reason,"
        f" left(broken, {DETAIL_LENGTH}) AS detail"
        f" FROM (SELECT {_platform(source, cells_of.get('platform'))} AS platform,"
        f" {', '.join(cells)}, {number} AS file_number, raw.syncline_row AS row_number,"
        f" raw.syncline_broken AS broken FROM ({relation.sql}) AS raw)"
    )


def _has_plain_creation(chosen: Format) -> bool:
    return "created_us" in chosen.accounts and not chosen.verbatim


def _number_rows(connection: duckdb.DuckDBPyConnection, table: str, number: int) -> None:
    """Number the file's rows as they stand, which is their order in it, and then forget blank lines.

    A part at a time, as the engine keeps what a change replaced until it is done.
    """
    first, last = single(
        connection, f"SELECT min(rowid), max(rowid) FROM {table} WHERE file_number = {number}"
    )
    if first is None:
        return
    for start in range(int(str(first)), int(str(last)) + 1, _ROWS_AT_ONCE):
        connection.execute(
            f"UPDATE {table} SET row_number = rowid - {first} + 1"
            f" WHERE rowid >= {start} AND rowid < {start + _ROWS_AT_ONCE} AND file_number = {number}"
        )
    connection.execute(
        f"DELETE FROM {table} WHERE file_number = {number} AND reason = 'broken_row' AND detail = ''"
    )


def _swallowed(look: Probe) -> str:
    """How many whole rows a broken one took in, because a quotation mark in it is not closed."""
    if look.kind != "csv":
        return "0"
    cells = f"len(string_split(each, {literal(look.delimiter)}))"
    return f"len(list_filter(string_split(csv_line, chr(10))[2:], lambda each: {cells} = {len(look.header)}))"


def _refuse_swallowed_rows(connection: duckdb.DuckDBPyConnection, look: Probe) -> None:
    """A quotation mark that is not closed may take in the rest of the file: how much, the reader does not tell."""
    found = connection.execute(
        f"SELECT line - 1, {_swallowed(look)} FROM {REJECTS}"
        f" WHERE length(csv_line) >= {_REJECT_KEPT} AND {_swallowed(look)} > 0 ORDER BY line LIMIT 1"
    ).fetchone()
    if found:
        raise SynclineError(
            f"{look.path}, row {found[0]}: a quotation mark in it is not closed, so that {found[1]} of the rows after "
            "it or more would be lost. Mend that row (a quotation mark inside a cell is written twice), or export "
            "the file again."
        )


def _stage_broken_rows(
    connection: duckdb.DuckDBPyConnection, table: str, relation: Raw, number: int, look: Probe
) -> None:
    """Stage the rows that the reader could not split, and count the others past them."""
    if not single(connection, f"SELECT count(*) FROM {REJECTS}")[0]:
        return
    words = (
        "CASE WHEN swallowed > 0 THEN 'a quotation mark is not closed, and ' || swallowed ||"
        " CASE WHEN swallowed = 1 THEN ' row' ELSE ' rows' END || ' after it went into this one' ELSE words END"
    )
    header_lines = relation.header_lines
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE broken_rows AS"
        f" SELECT line - {header_lines} AS row_number, line - {header_lines} - place + 1 AS counted_from,"
        f" place AS shift, left({words} || ': ' || row_text, {DETAIL_LENGTH}) AS detail"
        f" FROM (SELECT line, first(error_message) AS words, first(csv_line) AS row_text,"
        f" first({_swallowed(look)}) AS swallowed,"
        f" row_number() OVER (ORDER BY line) AS place FROM {REJECTS} GROUP BY line)"
    )
    # The reader numbers the rows that it could split: each broken row pushes those after it by one.
    connection.execute(
        f"UPDATE {table} SET row_number = {table}.row_number + moved.shift FROM ("
        f" SELECT counted.row_number, broken_rows.shift FROM {table} AS counted"
        " ASOF JOIN broken_rows ON counted.row_number >= broken_rows.counted_from"
        f" WHERE counted.file_number = {number}) AS moved"
        f" WHERE {table}.file_number = {number} AND {table}.row_number = moved.row_number"
    )
    connection.execute(
        f"INSERT INTO {table} (file_number, row_number, reason, detail)"
        f" SELECT {number}, row_number, 'broken_row', detail FROM broken_rows ORDER BY row_number"
    )
    connection.execute("DROP TABLE broken_rows")
