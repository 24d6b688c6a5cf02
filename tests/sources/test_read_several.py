"""Several files of different formats and platforms in one reading."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import read_paths

from syncline import sources
from syncline.errors import SynclineError
from syncline.sources import load

FIXTURES = Path(__file__).parent / "fixtures"


def test_formats_and_platforms_together(tmp_path: Path) -> None:
    names = ("4cat-x-api.csv", "4cat-telegram.csv", "youtube-minet.csv", "crowdtangle-facebook.csv")
    for name in names:
        shutil.copy(FIXTURES / name, tmp_path / name)
    got = read_paths(tmp_path)
    assert {Path(file["path"]).name: file["format"] for file in got.result.inputs} == {
        name: name.removesuffix(".csv") for name in names
    }
    assert {post["platform"] for post in got.posts} == {"x", "telegram", "youtube", "facebook"}
    assert {Path(str(post["source_file"])).name for post in got.posts} == set(names)


def test_many_files_give_the_same_as_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("4cat-telegram.csv", "youtube-minet.csv", "bluesky-feed.json"):
        shutil.copy(FIXTURES / name, tmp_path / f"it's {name}")
    few = read_paths(tmp_path)
    monkeypatch.setattr("syncline.sources.load._FEW_FILES", 1)
    many = read_paths(tmp_path)
    assert (few.posts, few.accounts, few.rejects) == (many.posts, many.accounts, many.rejects)
    assert len({post["source_file"] for post in many.posts}) == len(many.result.inputs) > 1


def test_places_in_tables_that_number_their_rows(tmp_path: Path) -> None:
    for name, first in (("one", 0), ("two", 100)):
        posts = "SELECT 'p' || range AS post_id, 'a' AS account_id, 1700000000 + range AS time"
        posts += f" FROM range({first}, {first + 5})"
        duckdb.execute(f"COPY ({posts}) TO '{tmp_path / name}.parquet'").fetchall()
    got = read_paths(tmp_path)
    assert [(Path(post["source_file"]).stem, post["source_row"], post["post_id"]) for post in got.posts] == [
        *(("one", row, f"p{row - 1}") for row in range(1, 6)),
        *(("two", row, f"p{row + 99}") for row in range(1, 6)),
    ]
    assert set(got.column("platform")) == {"posts"}


def test_one_handle_on_two_platforms_is_two_accounts(tmp_path: Path) -> None:
    for platform in ("x", "mastodon"):
        (tmp_path / f"{platform}.csv").write_text(
            f"platform,post_id,screen_name,time,text\n{platform},1,ann,1577872800,x\n"
        )
    got = read_paths(tmp_path)
    assert [(each["platform"], each["account_id"]) for each in got.accounts] == [
        ("mastodon", "ann"),
        ("x", "ann"),
    ]
    assert len(got.posts) == 2


def test_a_post_exported_twice_by_two_tools_counts_once(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "4cat-x-api.csv", tmp_path / "a.csv")
    tweet = {
        "id": "1700000000000000003",
        "author_id": "13",
        "created_at": "2023-09-08T10:00:02.000Z",
        "text": "سلام دنیا #کتاب",
        "conversation_id": "1700000000000000003",
    }
    other = tweet | {"id": "1700000000000000099"}
    (tmp_path / "b.jsonl").write_text(json.dumps(tweet) + "\n" + json.dumps(other) + "\n")
    got = read_paths(tmp_path / "a.csv", tmp_path / "b.jsonl")
    first, second = got.result.inputs
    assert (first["format"], first["duplicates"]) == ("4cat-x-api", 1)  # the fixture's own
    assert (second["format"], second["posts"], second["duplicates"]) == ("x-api", 1, 1)
    assert got.column("post_id").count("1700000000000000003") == 1
    (repeated,) = [each for each in got.rejects if each["source_file"].endswith("b.jsonl")]
    assert (repeated["reason"], repeated["source_row"]) == ("duplicate", 1)
    assert repeated["detail"].endswith("a.csv, row 3: 1700000000000000003")


def test_the_same_file_under_two_names_adds_nothing(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        shutil.copy(FIXTURES / "youtube-minet.csv", tmp_path / name)
    first, second = read_paths(tmp_path).result.inputs
    assert (first["posts"], first["duplicates"]) == (2, 0)
    assert (second["posts"], second["duplicates"]) == (0, 2)


def test_one_damaged_file_is_named_among_good_ones(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "youtube-minet.csv", tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text("post_id,account_id,time,text\n1.23E+18,a,1577872800,x\n")
    with pytest.raises(SynclineError, match=r"b\.csv, row 1: post_id is '1\.23E\+18'.*spreadsheet"):
        read_paths(tmp_path / "a.csv", tmp_path / "b.csv")


def test_of_profiles_without_a_date_the_earlier_row_counts(tmp_path: Path) -> None:
    """However many threads read them: a quarter of a million rows are several parts."""
    for name in ("first", "second"):
        ids = pa.array(range(130_000), pa.int64()).cast(pa.string())
        handles = pa.array([f"{name}{number}" for number in range(130_000)])
        pq.write_table(
            pa.table({"user_id": ids, "screen_name": handles, "followers_count": [1] * 130_000}),
            tmp_path / f"{name}.parquet",
        )
    with duckdb.connect() as connection:
        sources.read(connection, [tmp_path / "first.parquet", tmp_path / "second.parquet"])
        told = connection.sql("SELECT DISTINCT left(username, 5) FROM accounts").fetchall()
    assert told == [("first",)]


def test_what_fails_after_the_rows_are_staged_stages_none_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"{number},a,{1577872800 + number},x\n" for number in range(100))
    (tmp_path / "log.csv").write_text(f"post_id,account_id,time,text\n{rows}")
    numbered, failures = load._number_rows, [duckdb.IOException("once")]

    def fails_once(*given: Any) -> None:
        if failures:
            raise failures.pop()
        numbered(*given)

    monkeypatch.setattr(load, "_number_rows", fails_once)
    got = read_paths(tmp_path / "log.csv")
    assert (len(got.posts), got.rejects) == (100, [])


def test_memory_that_is_short_is_not_blamed_on_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log.csv").write_text("post_id,account_id,time,text\n1,a,1577872800,x\n")

    def fails(*given: Any) -> None:
        raise duckdb.OutOfMemoryException("failed to pin block")

    monkeypatch.setattr(load, "_number_rows", fails)
    with pytest.raises(duckdb.OutOfMemoryException):
        read_paths(tmp_path / "log.csv")


def test_a_platform_has_no_colon(tmp_path: Path) -> None:
    """Analysts and tables write platform:account_id."""
    (tmp_path / "log.csv").write_text(
        "platform,post_id,account_id,time,text\nnews:comments,1,42,1577872800,x\n"
    )
    got = read_paths(tmp_path / "log.csv")
    assert got.column("platform") == ["news-comments"]
    assert [each["platform"] for each in got.accounts] == ["news-comments"]
