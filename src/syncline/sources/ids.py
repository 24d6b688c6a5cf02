"""Ids that were ruined before they came here: rounded numbers, under which different posts become one."""

from collections.abc import Collection

import duckdb

from syncline.errors import SynclineError
from syncline.sources.format import Probe
from syncline.sources.sql import single

_REFERENCES = (
    *("reposted_post_id", "reply_to_post_id", "quoted_post_id"),
    *("reposted_account_id", "reply_to_account_id"),
)
_ID_COLUMNS = ("post_id", "account_id", *_REFERENCES)
# Of five ids of 17 digits, three end in 00 by chance once in a hundred thousand files.
_LONG_IDS = 5


def refuse_damaged(
    connection: duckdb.DuckDBPyConnection, table: str, number: int, look: Probe, mapped: Collection[str]
) -> list[str]:
    """Raise SynclineError if ids of file `number` in `table` were rounded by a spreadsheet or a float.

    Looked at are the columns among `mapped`, which the file fills. Where the posts' own ids are long and whole, no
    spreadsheet had the file: what refers to others was then rounded by itself, as programs do with a column that has
    gaps, and only that column is emptied. Returns words on each of these.

    Found are scientific notation (1.23E+18), numbers with a decimal point, and long ids of which more
    than half have nothing but zeros after the 15th digit, all that a spreadsheet keeps.
    """
    columns = [column for column in _ID_COLUMNS if column in mapped]
    of_file = f"FROM {table} WHERE file_number = {number}"
    # One after the other a query's conditions see fewer rows each, which filters of one aggregate do not.
    measures = ", ".join(
        f"(SELECT count(*) {of_file} AND {sign})"
        for column in columns
        for sign in (_spelled(column), _zeroed(column))
    )
    found = single(connection, f"SELECT {measures}")
    said = []
    for column, spelled, zeroed in zip(columns, found[::2], found[1::2], strict=True):
        if not spelled and not (
            zeroed and _cut_to_fifteen_digits(connection, of_file, column, int(str(zeroed)))
        ):
            continue
        example, row = _example(connection, of_file, column, _spelled(column) if spelled else _zeroed(column))
        rounded = f"'{example}', a number that has been rounded. {_SO}"
        if column not in _REFERENCES or not _has_whole_ids(connection, of_file, columns):
            raise SynclineError(f"{look.path}, row {row}: {column} is {rounded} {_ADVICE}")
        connection.execute(f"UPDATE {table} SET {column} = NULL WHERE file_number = {number}")
        said.append(f"{look.path}: {column} was left out, since in row {row} it is {rounded}")
    return said


_SO = "Different ids have become the same and cannot be told apart any more."
_ADVICE = (
    "Export the data again and do not open and save it in a spreadsheet; in a program, read the id columns as text. "
    "If this is all there is, a mapping file that leaves the column out reads the rest."
)


def _has_whole_ids(connection: duckdb.DuckDBPyConnection, of_file: str, columns: Collection[str]) -> bool:
    """Whether most posts have a long id; that these are no rounded ones is known where it is asked."""
    long = f"count(*) FILTER ({_long('post_id')})"
    return "post_id" in columns and bool(single(connection, f"SELECT 2 * {long} > count(*) {of_file}")[0])


def may_be_damaged(
    connection: duckdb.DuckDBPyConnection, table: str, numbers: range, mapped: Collection[str]
) -> set[int]:
    """Those of the files `numbers` that `refuse_damaged` has to look into: for many small files one question."""
    signs = " OR ".join(
        f"count(*) FILTER ({_spelled(column)}) > 0"
        f" OR 2 * count(*) FILTER ({_zeroed(column)}) > count(*) FILTER ({_long(column)})"
        for column in _ID_COLUMNS
        if column in mapped
    )
    found = connection.execute(
        f"SELECT file_number FROM {table} WHERE file_number BETWEEN {numbers[0]} AND {numbers[-1]}"
        f" GROUP BY file_number HAVING {signs or 'false'}"
    ).fetchall()
    return {number for (number,) in found}


def _cut_to_fifteen_digits(
    connection: duckdb.DuckDBPyConnection, of_file: str, column: str, zeroed: int
) -> bool:
    """Whether most long ids end in zeros, of which there are `zeroed`, and most that differ, too."""
    # As many again that do not are soon found in a sound file.
    enough = f"SELECT 1 {of_file} AND {_long(column)} LIMIT {2 * zeroed}"
    if single(connection, f"SELECT count(*) FROM ({enough})")[0] == 2 * zeroed:
        return False
    # Each id counts once: a single viral post whose id happens to end in zeros is no damage.
    long_ids, zeroed_ids = single(
        connection,
        f"SELECT count(*) FILTER ({_long('id')}), count(*) FILTER ({_zeroed('id')})"
        f" FROM (SELECT DISTINCT {column} AS id {of_file})",
    )
    return int(str(long_ids)) >= _LONG_IDS and 2 * int(str(zeroed_ids)) > int(str(long_ids))


def _suspicious(column: str) -> str:
    # In many countries a spreadsheet writes a comma for the point. Every spelling below has one of the three signs.
    signs = f"(contains({column}, '.') OR contains({column}, ',') OR contains({column}, '+'))"
    return f"({_may_be_number(column)} AND {signs})"


def _may_be_number(column: str) -> str:
    # By its first character, which costs less than to look into it: what follows the digits stands from ':' on.
    return f"{column} < ':'"


def _float(column: str) -> str:
    # With a point or a plus, and two digits of exponent at most: 1e21045582016172 is a whole hexadecimal
    # id, and 1e10 may be somebody's handle.
    return rf"regexp_full_match({column}, '\d[.,]\d+[eE]\+?\d{{1,2}}|\d[eE]\+\d{{1,2}}|\d{{16,}}[.,]0')"


def _spelled(column: str) -> str:
    return f"{_suspicious(column)} AND {_float(column)}"


def _long(column: str) -> str:
    return f"strlen({column}) BETWEEN 17 AND 20"


def _zeroed(column: str) -> str:
    # The cheapest question first.
    zeros = rf"regexp_full_match({column}, '\d{{15}}0{{2,5}}')"
    return f"{_long(column)} AND {_may_be_number(column)} AND ends_with({column}, '00') AND {zeros}"


def _example(
    connection: duckdb.DuckDBPyConnection, of_file: str, column: str, damaged: str
) -> tuple[object, ...]:
    return single(
        connection, f"SELECT {column}, row_number {of_file} AND {damaged} ORDER BY row_number LIMIT 1"
    )
