"""Accounts as they were observed: a row for each state in which a file shows an account."""

from collections.abc import Sequence

import duckdb

from syncline.schema import ACCOUNTS


def gather_history(
    connection: duckdb.DuckDBPyConnection, files: Sequence[str], read_twice: Sequence[int]
) -> None:
    """Make `account_history` (columns of schema.ACCOUNTS, then source_file) out of `profiles` and `author_states`.

    An observation is a profile, or a state of an author's columns in one file: the same state in all posts of a
    file is one observation, in two exports two. `observed_us` is null where the file does not say when it saw the
    account: an author's columns mostly tell of the day of the export, not of the post, and a post's time in their
    place would make deletions of what is none. Posts that are duplicates still show their author. Files in
    `read_twice` hold the same bytes as an earlier one, so they observed nothing.
    """
    left_out = ", ".join(map(str, [-1, *read_twice]))
    names = ", ".join(f"({number}, ?)" for number in range(len(files)))
    connection.execute(
        "CREATE OR REPLACE TABLE account_history AS WITH observed AS ("
        f" SELECT {', '.join(ACCOUNTS.names)}, file_number FROM profiles WHERE reason IS NULL"
        " UNION ALL BY NAME SELECT * EXCLUDE (told, seen_us, seen_row) FROM author_states WHERE told)"
        f" SELECT {', '.join(ACCOUNTS.names)}, file AS source_file FROM observed"
        f" JOIN (VALUES {names}) AS named (file_number, file) USING (file_number)"
        f" WHERE file_number NOT IN ({left_out}) ORDER BY ALL",
        list(files),
    )
