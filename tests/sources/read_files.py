"""Files in, the rows of the three tables out."""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from syncline import sources
from syncline.schema import POSTS
from syncline.sources import ReadResult

FIXTURES = Path(__file__).parent / "fixtures"


@dataclass
class Read:
    """What came of reading: the result and the rows of the three tables."""

    result: ReadResult
    posts: list[dict[str, Any]]
    accounts: list[dict[str, Any]]
    rejects: list[dict[str, Any]]

    def column(self, name: str) -> list[Any]:
        return [post[name] for post in self.posts]


@functools.cache
def connection() -> duckdb.DuckDBPyConnection:
    """The one connection that all reading of a test run shares."""
    return duckdb.connect()


def read_paths(*paths: Path | str, **options: Any) -> Read:
    """Read the paths, all with one connection; rows come ordered by file and row."""
    result = sources.read(connection(), list(paths), **options)
    tables = [
        connection().sql(f"FROM {table} ORDER BY ALL").to_arrow_table().to_pylist()
        for table in ("accounts", "rejects")
    ]
    wanted = f"SELECT {', '.join(POSTS.names)} FROM posts ORDER BY source_file, source_row"
    posts = connection().sql(wanted).to_arrow_table().to_pylist()
    read = Read(result, posts, *tables)
    _check_every_row_is_accounted_for(read)
    return read


def _check_every_row_is_accounted_for(read: Read) -> None:
    for each in read.result.inputs:
        assert each["rows"] == each["posts"] + each["merged"] + each["rejects"] + each["accounts"]
    assert sum(each["posts"] for each in read.result.inputs) == len(read.posts)
    assert sum(each["rejects"] for each in read.result.inputs) == len(read.rejects)


def told(row: dict[str, Any]) -> dict[str, Any]:
    """The cells that say something. Where the file lies says nothing of the format."""
    return {
        name: value.replace(f"{FIXTURES}/", "") if isinstance(value, str) else value
        for name, value in row.items()
        if name != "source_file" and value not in (None, [], "")
    }


def as_golden(read: Read) -> dict[str, Any]:
    """What a golden file holds of one file's reading."""
    (file,) = read.result.inputs
    return {
        "format": file["format"],
        "posts": [told(row) for row in read.posts],
        "accounts": [told(row) for row in read.accounts],
        "rejects": [told(row) for row in read.rejects],
        "blind": [each["behaviour"] for each in file["blind"]],
        "notes": file["notes"],
    }
