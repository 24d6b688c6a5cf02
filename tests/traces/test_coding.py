"""The number of a post is its place in the order of time, however the log is sorted."""

import random

import duckdb
import pytest

from syncline import traces
from syncline.engines.duckdb import DuckDBEngine
from syncline.traces import code_posts

COLUMNS = (
    "platform VARCHAR, post_id VARCHAR, account_id VARCHAR, time_us BIGINT, is_repost BOOLEAN,"
    " reposted_post_id VARCHAR, reposted_account_id VARCHAR, reply_to_post_id VARCHAR, reply_to_account_id VARCHAR,"
    " quoted_post_id VARCHAR, text VARCHAR, urls VARCHAR[], hashtags VARCHAR[], mentions VARCHAR[],"
    " media_hashes VARCHAR[], client VARCHAR"
)
# Equal times, so that platform and id decide.
LOG = sorted(
    (second // 3 * 1_000_000, platform, f"{second:02}", f"account {second % 4}")
    for second in range(12)
    for platform in ("a", "b")
)


@pytest.mark.parametrize("order", ["in order", "backwards", "by account", "one out of place", "shuffled"])
def test_posts_are_numbered_by_time_platform_and_id(order: str) -> None:
    log = list(LOG)
    if order == "backwards":
        log.reverse()
    elif order == "by account":
        log.sort(key=lambda row: row[3])
    elif order == "one out of place":
        log[7], log[8] = log[8], log[7]
    elif order == "shuffled":
        random.Random(1).shuffle(log)
    assert coded(log) == [(number, *row) for number, row in enumerate(LOG)]


def test_an_empty_log_has_no_numbers() -> None:
    assert coded([]) == []


def test_posts_in_the_order_of_time_and_id_need_no_column_of_numbers() -> None:
    with duckdb.connect() as connection:
        for log, numbered in ((LOG, 0), (LOG[::-1], len(LOG))):
            put_posts(connection, log)
            code_posts(DuckDBEngine(connection))
            assert connection.execute("SELECT count(post) FROM posts").fetchall() == [(numbered,)]


@pytest.mark.parametrize("order", [1, -1])
def test_numbers_are_given_a_part_at_a_time(order: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "_POSTS_AT_ONCE", 5)
    assert coded(LOG[::order]) == [(number, *row) for number, row in enumerate(LOG)]


def test_no_post_loses_its_number_where_most_of_the_table_is_taken_out() -> None:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE posts ({COLUMNS}, taken_out BOOLEAN)")
        connection.execute(
            "INSERT INTO posts (platform, post_id, account_id, time_us, taken_out)"
            " SELECT 'a', range::VARCHAR, (range % 7)::VARCHAR, 300000 - range, range < 250000 FROM range(300000)"
        )
        engine = DuckDBEngine(connection)
        connection.execute("DELETE FROM posts WHERE taken_out")
        code_posts(engine)
        assert engine.row(
            "SELECT count(*), count(DISTINCT post), max(post), bool_and(post = time_us - 1),"
            " bool_and(account_id::INTEGER = post_id::INTEGER % 7)"
            " FROM posts_coded JOIN accounts_coded USING (account)"
        ) == (50_000, 50_000, 49_999, True, True)


def put_posts(connection: duckdb.DuckDBPyConnection, log: list[tuple[int, str, str, str]]) -> None:
    connection.execute(f"CREATE OR REPLACE TABLE posts ({COLUMNS})")
    for time_us, platform, post_id, account_id in log:
        connection.execute(
            "INSERT INTO posts (time_us, platform, post_id, account_id) VALUES (?, ?, ?, ?)",
            [time_us, platform, post_id, account_id],
        )


def coded(log: list[tuple[int, str, str, str]]) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        put_posts(connection, [(0, "a", "0", "a reject"), *log])
        # As rejects are set aside: places with a gap.
        connection.execute("DELETE FROM posts WHERE account_id = 'a reject'")
        code_posts(DuckDBEngine(connection))
        return connection.execute(
            "SELECT post, p.time_us, p.platform, post_id, account_id FROM posts_coded AS p"
            " JOIN accounts_coded USING (account) ORDER BY post"
        ).fetchall()
