"""What every baseline is given and gives: posts as shares with coded ids, and a score for each account."""

from collections.abc import Callable, Mapping

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# The tables of one log: posts and accounts, as in `schema`.
Tables = Mapping[str, pa.Table]

# Gives platform, account_id, score and named, one row an account, each account once. {score >= t} is what the
# method detects at threshold t of its curve; an account never detected has minus infinity or no row.
# `named` is what it detects at its published settings.
Detector = Callable[[Tables], pd.DataFrame]

# Where a source says "repost" but gives no id, the reposted account and the text stand for the original.
_REPOSTED = """
    coalesce(reposted_post_id,
             coalesce(reposted_account_id, '') || '|' || lower(trim(regexp_replace(text, '\\s+', ' ', 'g'))))
"""

# One SELECT a behaviour, over the coded posts: what the published tools take as an object, with no day in it.
_OBJECTS = {
    "repost": f"SELECT {_REPOSTED} AS object, * FROM coded WHERE is_repost",
    "repost_of_others": f"""
        SELECT {_REPOSTED} AS object, * FROM coded
        WHERE is_repost AND reposted_account_id IS DISTINCT FROM account_id
    """,
    "url": "SELECT unnest(list_distinct(urls)) AS object, * FROM coded",
    "hashtag": """
        SELECT unnest(list_distinct(list_transform(hashtags, lambda tag: lower(tag)))) AS object, * FROM coded
    """,
    "hashtag_sequence_of_5": """
        SELECT lower(array_to_string(hashtags, ' ')) AS object, * FROM coded
        WHERE NOT is_repost AND len(hashtags) >= 5
    """,
}


class PostLog:
    """The posts of one log in DuckDB, table `coded`: `schema.POSTS` with integer `account` and `post` before.

    An account's code is its row number in `accounts` (platform, account_id); a post's, its row number in
    the input. `is_repost` is never null in `coded`.
    """

    def __init__(self, posts: pa.Table) -> None:
        self.connection = duckdb.connect()
        self.connection.register("posts", posts.append_column("post", pa.array(np.arange(posts.num_rows))))
        self.connection.execute("""
            CREATE TABLE account_codes AS
            SELECT platform, account_id, row_number() OVER (ORDER BY platform, account_id) - 1 AS account
            FROM (SELECT DISTINCT platform, account_id FROM posts)
        """)
        self.connection.execute("""
            CREATE TABLE coded AS
            SELECT account, posts.* REPLACE (coalesce(is_repost, reposted_post_id IS NOT NULL) AS is_repost)
            FROM posts JOIN account_codes USING (platform, account_id)
        """)
        self.accounts: pd.DataFrame = self.connection.sql(
            "SELECT platform, account_id FROM account_codes ORDER BY account"
        ).df()

    def shares(self, *behaviours: str) -> pa.Table:
        """The shares of these behaviours together: object, account, post, time_us, all int64, by post.

        Behaviours: repost, repost_of_others (without reposts of one's own posts), url, hashtag,
        hashtag_sequence_of_5 (the ordered hashtags of an original with five or more). Codes of objects begin
        where those of posts end, so that no object is taken for a post.
        """
        selects = " UNION ALL ".join(
            f"SELECT '{behaviour}' AS behaviour, platform, object, account, post, time_us "
            f"FROM ({_OBJECTS[behaviour]}) WHERE object IS NOT NULL"
            for behaviour in behaviours
        )
        return self.connection.sql(f"""
            SELECT (SELECT count(*) FROM posts)
                   + dense_rank() OVER (ORDER BY behaviour, platform, object) AS object,
                   account, post, time_us
            FROM ({selects}) ORDER BY post, object
        """).to_arrow_table()

    def detections(self, score: Floats, named: Flags) -> pd.DataFrame:
        """A detector's answer from scores and names in the order of `accounts`."""
        return self.accounts.assign(score=score, named=named)


def heaviest_edge(
    accounts: int, account_a: npt.ArrayLike, account_b: npt.ArrayLike, weight: npt.ArrayLike
) -> Floats:
    """The strictest edge threshold at which each account still has an edge: the weight of its heaviest one.

    Returns one float for each of the coded accounts, minus infinity where it has no edge.
    """
    score = np.full(accounts, -np.inf)
    np.maximum.at(score, np.asarray(account_a, dtype=np.int64), np.asarray(weight, dtype=np.float64))
    np.maximum.at(score, np.asarray(account_b, dtype=np.int64), np.asarray(weight, dtype=np.float64))
    return score


def flags(accounts: int, *members: npt.ArrayLike) -> Flags:
    """True for the coded accounts that are among `members`."""
    found = np.zeros(accounts, dtype=np.bool_)
    for codes in members:
        found[np.asarray(codes, dtype=np.int64)] = True
    return found
