"""Files that count their own posts: messages of a chat are counted from 1, and many tools write a file a chat.

Which files show one chat is told by what they hold under the same numbers.
"""

from collections.abc import Collection, Sequence

import duckdb
import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

# Longer numbers are counted for a whole platform.
_SHORT = r"\d{1,10}"
_COUNTED = ("post_id", "reposted_post_id", "reply_to_post_id", "quoted_post_id")
# Exports of one chat that name no zone differ by whole quarters of an hour.
_QUARTER_US, _ZONES_US = 900_000_000, 26 * 3_600_000_000


def tell_chats_apart(
    connection: duckdb.DuckDBPyConnection, labels: Sequence[str], stored: Collection[str]
) -> list[int]:
    """Join short post ids with a label of their chat where the same numbers mean other posts; returns those files.

    Reads `repeated` (platform, post_id), and `labels`, one a file. Two files show one chat if at least half of the
    numbers that they share are of the same message. Of chats that share numbers the first keeps its own, which
    nothing can be mistaken for any more; the others get the label of their first file, so that exports of one chat
    still hold the same posts. `stored` are the columns of `posts` that are stored.
    """
    if len(labels) < 2:
        return []
    _gather_numbered(connection, stored)
    chats = _chats(connection, len(labels))
    apart = _other_chats(connection, chats)
    for column in _COUNTED if apart else ():
        if column in stored:
            rows = ", ".join(f"({number}, ?)" for number in apart)
            connection.execute(
                f"UPDATE posts SET {column} = label || ':' || {column}"
                f" FROM (VALUES {rows}) AS labelled(file_number, label)"
                f" WHERE posts.file_number = labelled.file_number AND regexp_full_match({column}, '{_SHORT}')",
                [labels[chats[number]] for number in apart],
            )
    connection.execute("DROP TABLE numbered")
    return apart


def _gather_numbered(connection: duckdb.DuckDBPyConnection, stored: Collection[str]) -> None:
    """Make `numbered`: what each file has under each short id that is repeated, its first post of that id."""
    words = "CASE WHEN text <> '' THEN hash(text) END" if "text" in stored else "CAST(NULL AS UBIGINT)"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE numbered AS SELECT platform, post_id, account_id, time_us, {words} AS words,"
        " file_number FROM posts JOIN repeated USING (platform, post_id)"
        f" WHERE reason IS NULL AND regexp_full_match(post_id, '{_SHORT}')"
        " QUALIFY row_number() OVER (PARTITION BY file_number, platform, post_id ORDER BY row_number) = 1"
    )


def _zones_apart(one: str, other: str) -> str:
    return f"({one} % {_QUARTER_US} = {other} % {_QUARTER_US} AND abs({one} - {other}) <= {_ZONES_US})"


_ONE_ID = (
    "one.platform = other.platform AND one.post_id = other.post_id AND one.file_number < other.file_number"
)
# Each by itself is an equality, which joins few rows where a thousand chats share their numbers.
_ONE_MESSAGE = (
    "one.time_us = other.time_us",
    f"one.account_id = other.account_id AND {_zones_apart('one.time_us', 'other.time_us')}",
    "one.account_id = other.account_id AND one.words = other.words",
)


def _chats(connection: duckdb.DuckDBPyConnection, files: int) -> list[int]:
    """For each file the first one that shows the same chat."""
    same = " UNION ".join(
        "SELECT one.file_number AS one_file, other.file_number AS other_file, one.platform, one.post_id"
        f" FROM numbered AS one JOIN numbered AS other ON {_ONE_ID} AND {condition}"
        for condition in _ONE_MESSAGE
    )
    found = connection.execute(
        f"WITH same AS ({same}), pairs AS ("
        " SELECT one_file, other_file, count(*) AS messages FROM same GROUP BY ALL)"
        " SELECT one_file, other_file FROM pairs"
        " JOIN numbered AS one ON one.file_number = one_file"
        " JOIN numbered AS other ON other.file_number = other_file"
        f" AND {_ONE_ID} GROUP BY one_file, other_file, messages HAVING 2 * messages >= count(*)"
        " ORDER BY one_file, other_file"
    ).fetchall()
    ones, others = (np.array([pair[side] for pair in found], np.int64) for side in (0, 1))
    joined = coo_array((np.ones(len(found)), (ones, others)), shape=(files, files))
    first: dict[int, int] = {}
    return [
        first.setdefault(int(chat), number)
        for number, chat in enumerate(connected_components(joined, directed=False)[1])
    ]


def _other_chats(connection: duckdb.DuckDBPyConnection, chats: Sequence[int]) -> list[int]:
    """The files whose posts mostly are other ones than those of the first chat that has their numbers."""
    columns = ("chat", "account_id", "time_us", "words")
    first = "OVER (PARTITION BY platform, post_id ORDER BY file_number)"
    firsts = ", ".join(f"first({name}) {first} AS first_{name}" for name in columns)
    found = connection.execute(
        "WITH charted AS (SELECT numbered.*, ?[file_number + 1] AS chat FROM numbered)"
        f" SELECT chat FROM (SELECT {', '.join(columns)}, {firsts} FROM charted) WHERE chat <> first_chat"
        f" GROUP BY chat HAVING 2 * count(*) FILTER ({_OTHER_MESSAGE}) > count(*)",
        [list(chats)],
    ).fetchall()
    others = {int(chat) for (chat,) in found}
    return [number for number, chat in enumerate(chats) if chat in others]


_OTHER_MESSAGE = (
    "time_us <> first_time_us AND (account_id <> first_account_id"
    f" OR (words <> first_words AND NOT {_zones_apart('time_us', 'first_time_us')}))"
)
