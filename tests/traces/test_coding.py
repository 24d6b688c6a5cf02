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
# By time; of equal times by platform and account, and where an account has several posts at one, by id.
LOG = sorted(
    (second // 6 * 1_000_000, platform, f"account {second % 4}", f"{second * 7 % 12:02}")
    for second in range(12)
    for platform in ("a", "b")
)
KERNELS = pytest.mark.parametrize("kernels", [0, 1000])


@KERNELS
@pytest.mark.parametrize("order", ["in order", "backwards", "by account", "one out of place", "shuffled"])
def test_posts_are_numbered_by_time_account_and_id(order: str, kernels: int) -> None:
    log = list(LOG)
    if order == "backwards":
        log.reverse()
    elif order == "by account":
        log.sort(key=lambda row: row[2])
    elif order == "one out of place":
        log[7], log[8] = log[8], log[7]
    elif order == "shuffled":
        random.Random(1).shuffle(log)
    assert coded(log, kernels) == [(number, *row) for number, row in enumerate(LOG)]


@KERNELS
def test_an_empty_log_has_no_numbers(kernels: int) -> None:
    assert coded([], kernels) == []


@KERNELS
def test_posts_that_stand_in_their_order_need_no_numbers(kernels: int) -> None:
    with duckdb.connect() as connection:
        engine = DuckDBEngine(connection, kernels=kernels)
        for posts, numbered in ((LOG, 0), (LOG[::-1], len(LOG))):
            put_posts(connection, posts)
            code_posts(engine)
            assert engine.row("SELECT count(post) FROM posts") == (numbered,)


@pytest.mark.parametrize("order", [1, -1])
def test_numbers_are_given_a_part_at_a_time(order: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "_POSTS_AT_ONCE", 5)
    assert coded(LOG[::order], 1000) == [(number, *row) for number, row in enumerate(LOG)]


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
    for time_us, platform, account_id, post_id in log:
        connection.execute(
            "INSERT INTO posts (time_us, platform, account_id, post_id) VALUES (?, ?, ?, ?)",
            [time_us, platform, account_id, post_id],
        )


def coded(log: list[tuple[int, str, str, str]], kernels: int) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        put_posts(connection, [(0, "b", "a reject", "0"), *log])
        # As rejects are set aside: places with a gap.
        connection.execute("DELETE FROM posts WHERE account_id = 'a reject'")
        code_posts(DuckDBEngine(connection, kernels=kernels))
        return connection.execute(
            "SELECT post, p.time_us, p.platform, account_id, post_id FROM posts_coded AS p"
            " JOIN accounts_coded USING (account) ORDER BY post"
        ).fetchall()
