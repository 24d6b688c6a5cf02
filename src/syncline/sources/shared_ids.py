"""Ids that are no post's: in one file posts of other accounts bear them at other times, as those of a video."""

import duckdb

# A row or two may be damaged.
_FEW = 5
_FIRST = "OVER (PARTITION BY file_number, platform, post_id ORDER BY row_number)"


def drop_shared_ids(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Empty post_id in files in which most posts that repeat an id are other posts; returns the files' numbers.

    Reads `repeated` (platform, post_id). A post is another one if it is of another account at another time. To take
    such posts for copies of the first would lose them.
    """
    other = "account_id <> first_account AND time_us <> first_time"
    found = connection.execute(
        f"SELECT file_number FROM (SELECT file_number, account_id, time_us, row_number() {_FIRST} AS place,"
        f" first(account_id) {_FIRST} AS first_account, first(time_us) {_FIRST} AS first_time"
        " FROM posts JOIN repeated USING (platform, post_id) WHERE reason IS NULL) WHERE place > 1"
        f" GROUP BY file_number HAVING count(*) FILTER ({other}) >= {_FEW}"
        f" AND 2 * count(*) FILTER ({other}) > count(*) ORDER BY file_number"
    ).fetchall()
    numbers = [int(number) for (number,) in found]
    if numbers:
        connection.execute(
            f"UPDATE posts SET post_id = NULL WHERE file_number IN ({', '.join(map(str, numbers))})"
        )
    return numbers
