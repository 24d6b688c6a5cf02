"""Real logs with known sides, for recall on the one and wrong names on the other, at the same settings.

The files are not part of the project. An operation and an organic set from different sources must not be put
into one log, which would separate the sources: each is scanned alone, with times cut to the coarser clock.
"""

from pathlib import Path

import duckdb
import pyarrow as pa

from syncline import schema
from syncline.benchmarks.baselines import Tables

# The operation's log has whole minutes, so both are cut to them.
_MINUTE_US = 60_000_000

_OPERATION = """
    SELECT post_id, account_id, epoch_us(time) AS time_us, text, is_repost, urls, hashtags, mentions
    FROM read_parquet($path)
"""

_ORGANIC = """
    SELECT post_id, account_id, epoch_us(time) AS time_us, text, is_repost, urls, hashtags, mentions,
           client, reposted_id AS reposted_post_id, reposted_user AS reposted_account_id,
           reply_to_id AS reply_to_post_id, quoted_id AS quoted_post_id
    FROM read_parquet($path) QUALIFY row_number() OVER (PARTITION BY post_id) = 1
"""


def operation_and_organic(data: Path) -> list[Tables] | None:
    """IRA 2016 (all accounts of the operation) and ten conferences (all organic), each its own log.

    Each holds posts and accounts as in `schema`, and truth (platform, account_id, is_camp, innocent_class).
    None where the folder lacks a file.
    """
    operation, organic = data / "ira_2016.parquet", data / "conferences_a.parquet"
    if not (operation.exists() and organic.exists()):
        return None
    return [_log(operation, _OPERATION, is_camp=True), _log(organic, _ORGANIC, is_camp=False)]


def _log(path: Path, select: str, *, is_camp: bool) -> Tables:
    with duckdb.connect() as connection:
        connection.register("empty_posts", schema.POSTS.empty_table())
        connection.register("empty_accounts", schema.ACCOUNTS.empty_table())
        connection.execute("CREATE TABLE posts AS FROM empty_posts")
        connection.execute("CREATE TABLE accounts AS FROM empty_accounts")
        connection.execute(
            f"INSERT INTO posts BY NAME SELECT 'twitter' AS platform, * REPLACE "
            f"(time_us - time_us % {_MINUTE_US} AS time_us) FROM ({select})",
            {"path": str(path)},
        )
        connection.execute("INSERT INTO accounts BY NAME SELECT DISTINCT platform, account_id FROM posts")
        truth = connection.sql(
            f"SELECT platform, account_id, {is_camp} AS is_camp, NULL AS innocent_class FROM accounts"
        ).to_arrow_table()
        return {
            "posts": connection.sql("FROM posts ORDER BY time_us, post_id").to_arrow_table(),
            "accounts": connection.sql("FROM accounts ORDER BY ALL").to_arrow_table(),
            "truth": truth.cast(_TRUTH),
        }


_TRUTH = pa.schema(
    [
        ("platform", pa.string()),
        ("account_id", pa.string()),
        ("is_camp", pa.bool_()),
        ("innocent_class", pa.string()),
    ]
)
