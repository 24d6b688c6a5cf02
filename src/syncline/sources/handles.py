"""Posts whose account's id was lost are known by the account's handle."""

from collections.abc import Sequence

import duckdb

from syncline.sources.cells import GONE, GUESTS
from syncline.sources.load import staged_profile
from syncline.sources.sql import literal, single

# A handle with and without its sign, in whatever case, is one. A name with blanks is no handle.
_HANDLE = "lower(ltrim(author_username, '@'))"
_NAMED = (
    f"author_username IS NOT NULL AND NOT contains(author_username, ' ')"
    f" AND {_HANDLE} NOT IN ({', '.join(map(literal, (*GONE, *GUESTS)))})"
)
_LOST = f"reason = 'no_account' AND time_us IS NOT NULL AND {_NAMED}"


def name_by_handles(connection: duckdb.DuckDBPyConnection, files: Sequence[str]) -> dict[int, str]:
    """Give posts without an account's id that of the one account with their handle or, if none has it, the handle.

    A handle that several accounts bore, or that mostly stands without an id, tells no account. Its posts stay
    rejected, since an account counted twice would seem to act with itself. Returns words on those of `files`, by
    number, that have such posts.
    """
    if "username" not in staged_profile(connection):
        return {}
    if not single(connection, f"SELECT count(*) FROM posts WHERE {_LOST}")[0]:
        return {}
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE handles AS SELECT platform, {_HANDLE} AS handle,"
        f" COALESCE(min(account_id), min(ltrim(author_username, '@')) FILTER ({_LOST})) AS account_id FROM posts"
        f" WHERE {_NAMED} GROUP BY ALL HAVING count(DISTINCT account_id) <= 1 AND bool_or({_LOST})"
        f" AND (count(account_id) = 0 OR count(account_id) >= count(*) FILTER ({_LOST}))"
    )
    told = connection.execute(
        f"SELECT file_number, count(*) FROM posts JOIN handles ON {_SAME} WHERE {_LOST} GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    connection.execute(
        f"UPDATE posts SET account_id = handles.account_id, reason = NULL FROM handles WHERE {_SAME} AND {_LOST}"
    )
    connection.execute("DROP TABLE handles")
    return {
        int(number): f"{files[number]}: posts that name their account by its handle alone: {count:,}."
        for number, count in told
    }


_SAME = f"posts.platform = handles.platform AND {_HANDLE} = handles.handle"
