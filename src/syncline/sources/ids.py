"""Ids that were ruined before they came here: rounded numbers, under which different posts become one."""

import duckdb

from syncline.errors import SynclineError
from syncline.sources.format import Probe
from syncline.sources.sql import single

_ID_COLUMNS = ("post_id", "account_id", "reposted_post_id", "reply_to_post_id", "quoted_post_id")
# Three ids of 17 digits that all end in zeros by chance: one in a million.
_LONG_IDS = 3


def refuse_damaged(connection: duckdb.DuckDBPyConnection, table: str, number: int, look: Probe) -> None:
    """Raise SynclineError if ids of file `number` in `table` were rounded by a spreadsheet or a float.

    Found are scientific notation (1.23E+18), numbers with a decimal point, and long ids of which more
    than half have nothing but zeros after the 15th digit, all that a spreadsheet keeps.
    """
    columns = _ID_COLUMNS if table == "posts" else ("account_id",)
    measures = ", ".join(f"{_spelled(column)}, {_long(column)}, {_rounded(column)}" for column in columns)
    found = single(connection, f"SELECT {measures} FROM {table} WHERE file_number = {number}")
    for index, column in enumerate(columns):
        example, long_ids, rounded = found[3 * index : 3 * index + 3]
        assert isinstance(long_ids, int)
        assert isinstance(rounded, int)
        if example is not None:
            raise SynclineError(_words(connection, table, number, look, column, str(example)))
        if long_ids >= _LONG_IDS and 2 * rounded > long_ids:
            example = single(
                connection,
                f"SELECT first({column}) FROM {table} WHERE file_number = {number} AND {_ZEROS.format(column)}",
            )[0]
            raise SynclineError(_words(connection, table, number, look, column, str(example)))


_ZEROS = "length({0}) BETWEEN 17 AND 20 AND ltrim(substr({0}, 16), '0') = '' AND TRY_CAST({0} AS HUGEINT) IS NOT NULL"


def _spelled(column: str) -> str:
    suspicious = f"{column}[2] IN ('.', 'e', 'E') OR {column}[3] = '.' OR {column} LIKE '%.0'"
    pattern = r"-?\d(\.\d+)?[eE]\+?\d{{1,2}}|\d{16,}\.0"
    return f"min(CASE WHEN {suspicious} THEN CASE WHEN regexp_full_match({column}, '{pattern}') THEN {column} END END)"


def _long(column: str) -> str:
    return f"count(*) FILTER (length({column}) BETWEEN 17 AND 20)"


def _rounded(column: str) -> str:
    return f"count(*) FILTER ({_ZEROS.format(column)})"


def _words(
    connection: duckdb.DuckDBPyConnection, table: str, number: int, look: Probe, column: str, example: str
) -> str:
    query = f"SELECT min(row_number) FROM {table} WHERE file_number = {number} AND {column} = ?"
    (row,) = connection.execute(query, [example]).fetchall()[0]
    return (
        f"{look.path}, row {row}: {column} is '{example}', a number that has been rounded. Different ids have become "
        "the same and cannot be told apart any more. Export the data again and do not open and save it in a "
        "spreadsheet; in a program, read the id columns as text."
    )
