"""Structs of Parquet are opened, as objects of JSON are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import Read, read_paths

Reader = Callable[..., Read]

AUTHOR = {"id": "11", "screen_name": "ann", "followers_count": 5}
POST = {"id": "17", "created_at": "2020-01-01T10:00:00Z", "text": "words #Amber https://example.org/a @bob"}
ENTITIES = {
    "hashtags": [{"text": "Amber"}],
    "urls": [{"expanded_url": "https://example.org/a"}],
    "user_mentions": [{"screen_name": "bob", "id_str": "7"}],
}


def read_rows(folder: Path, rows: list[dict[str, Any]]) -> Read:
    pq.write_table(pa.Table.from_pylist(rows), folder / "posts.parquet")
    return read_paths(folder / "posts.parquet")


@pytest.mark.parametrize(
    "row",
    [
        {**POST, "user": AUTHOR, "entities": ENTITIES},
        {"tweet": {**POST, "user": AUTHOR, "entities": ENTITIES}},
        {
            "tweet": {**POST, "entities": ENTITIES},
            "author": AUTHOR,
            "retweeted": {"id": "5", "text": "other"},
        },
        {**POST, "user.id": "11", "user.screen_name": "ann", "user.followers_count": 5, "entities": ENTITIES},
    ],
    ids=["author", "wrapper", "beside another post", "flat"],
)
def test_what_structs_hold_is_read(tmp_path: Path, row: dict[str, Any]) -> None:
    got = read_rows(tmp_path, [row] * 2)
    (post,) = got.posts
    assert (post["post_id"], post["account_id"], post["text"]) == ("17", "11", POST["text"])
    assert (post["urls"], post["hashtags"], post["mentions"]) == (
        ["https://example.org/a"],
        ["Amber"],
        ["bob"],
    )
    (account,) = got.accounts
    assert (account["username"], account["followers"]) == ("ann", 5)


def test_a_column_goes_before_what_a_struct_holds_under_its_name(tmp_path: Path) -> None:
    (post,) = read_rows(tmp_path, [{**POST, "user": {"id": "11"}, "user.id": "12"}]).posts
    assert post["account_id"] == "12"


def test_missing_structs_and_names_with_marks(tmp_path: Path) -> None:
    rows = [{**POST, "id": str(n), "user": {"id": "11", 'o\'clock "x"': n} if n else None} for n in range(3)]
    got = read_rows(tmp_path, rows)
    assert [(each["reason"], each["source_row"]) for each in got.rejects] == [("no_account", 1)]
    assert len(got.posts) == 2
