"""Rows keep their place in the file, also where several threads read it."""

from pathlib import Path

import duckdb
import pytest

from syncline.sources import read

# Some 25 MB, of which the engine gives each thread 8.
ROWS = 300_000
BLANK = (1, 150_000, 299_998)


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_every_row_has_its_number(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"log.{ending}"
    rows = "SELECT 'p' || range AS post_id, 'a' || range % 1000 AS account_id, 1700000000 + range AS time, "
    rows += f"repeat('word ', 8) || range AS text FROM range({ROWS})"
    duckdb.execute(f"COPY ({rows}) TO '{file}' (FORMAT {'csv' if ending == 'csv' else 'json'})").fetchall()
    with duckdb.connect(config={"threads": 4}) as connection:
        (described,) = read(connection, [file]).inputs
        assert described["rows"] == described["posts"] == ROWS
        assert wrong_places(connection, "0") == 0


def test_blank_lines_count_and_are_no_rows(tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    with file.open("w") as out:
        for number in range(ROWS):
            if number in BLANK:
                out.write("\n")
            out.write(
                f'{{"post_id": "p{number}", "account_id": "a{number % 1000}", "time": {1700000000 + number}}}\n'
            )
    with duckdb.connect(config={"threads": 4}) as connection:
        (described,) = read(connection, [file]).inputs
        assert (described["rows"], described["rejects"]) == (ROWS, 0)
        before = " + ".join(f"(substr(post_id, 2)::BIGINT >= {number})::BIGINT" for number in BLANK)
        assert wrong_places(connection, before) == 0


def wrong_places(connection: duckdb.DuckDBPyConnection, blank_before: str) -> int:
    """Posts whose row is not the one that their id was written to; rows count from 1."""
    wanted = f"substr(post_id, 2)::BIGINT + 1 + {blank_before}"
    query = f"SELECT count(*) FROM posts WHERE source_row IS DISTINCT FROM {wanted}"
    return int(connection.execute(query).fetchall()[0][0])
