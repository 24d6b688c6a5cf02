"""Files that are built or broken to trip a reader: an answer or a message, never a traceback."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import FIXTURES, Read, read_paths

from syncline.errors import SynclineError

Reader = Callable[..., Read]
POST = {"id": "1", "user_id": "a", "created_at": "2020-01-01", "text": "x"}
LINES = "".join(json.dumps(POST | {"id": str(n), "text": "x" * 200}) + "\n" for n in range(20_000)).encode()


@pytest.mark.parametrize("name", ["cut.jsonl.gz", "cut.json.gz"])
def test_cut_archives(read: Reader, name: str) -> None:
    content = LINES if "jsonl" in name else b"[" + LINES.strip().replace(b"\n", b",") + b"]"
    packed = gzip.compress(content)
    with pytest.raises(SynclineError, match="cannot be read"):
        read(packed[: len(packed) - 500], name)


def test_damaged_archives(read: Reader) -> None:
    for codec in ("gzip", "zstd"):
        packed = bytearray(pa.Codec(codec).compress(LINES, asbytes=True))
        packed[len(packed) // 2 : len(packed) // 2 + 64] = bytes(64)
        try:
            assert read(bytes(packed), "damaged").rejects
        except SynclineError as error:
            assert "damaged" in str(error)


@pytest.mark.parametrize("content", ["[" * 100_000, '{"a":' * 100_000, '{"a": [' * 5000 + "]}" * 5000])
def test_deep_nesting(read: Reader, content: str) -> None:
    with pytest.raises(SynclineError):
        read(content, "deep.json")


def test_half_a_surrogate_pair_costs_one_row(read: Reader) -> None:
    bad = '{"id": "2", "user_id": "a", "created_at": "2020-01-01", "text": "\\ud83d"}\n'
    got = read(json.dumps(POST) + "\n" + bad, "a.jsonl")
    assert got.column("post_id") == ["1"]
    assert [each["reason"] for each in got.rejects] == ["broken_row"]


def test_half_a_surrogate_pair_in_a_page(read: Reader) -> None:
    page = '{"data": [{"id": "1", "author_id": "a", "created_at": "2020-01-01", "text": "\\ud83d"},'
    page += ' {"id": "2", "author_id": "a", "created_at": "2020-01-01", "text": "x"}]}'
    got = read(page, "page.json")
    assert got.column("post_id") == ["2"]
    assert [each["reason"] for each in got.rejects] == ["broken_row"]


@pytest.mark.parametrize("value", ["null", "5", "[]", "{}", '"x"', "true", "[[]]", "[5]", '[{"a": [{}]}]'])
@pytest.mark.parametrize(
    "key", ["user_id", "created_at", "text", "hashtags", "urls", "entities", "referenced_tweets"]
)
def test_values_of_the_wrong_kind(read: Reader, key: str, value: str) -> None:
    odd = (
        json.dumps(POST | {"id": "2", "conversation_id": "2", "author_id": "a"})[:-1]
        + f', "{key}": {value}}}\n'
    )
    got = read(json.dumps(POST | {"author_id": "a"}) + "\n" + odd, "a.jsonl")
    assert "1" in got.column("post_id")


@pytest.mark.parametrize("value", ["null", "5", "[]", "{}", '"x"', "[5]", '[{"id": 5}]'])
@pytest.mark.parametrize("key", ["includes", "data", "referenced_tweets", "entities"])
def test_pages_with_values_of_the_wrong_kind(read: Reader, key: str, value: str) -> None:
    page = {"data": [{"id": "1", "author_id": "a", "created_at": "2020-01-01", "text": "x"}]}
    odd: dict[str, object] = {
        "data": [{"id": "2", "author_id": "a", "created_at": "2020-01-01", "text": "x"}]
    }
    if key in ("includes", "data"):
        odd[key] = json.loads(value)
    else:
        odd["data"][0][key] = json.loads(value)  # type: ignore[index]
    got = read(json.dumps(page) + "\n" + json.dumps(odd) + "\n", "pages.jsonl")
    assert "1" in got.column("post_id")


def test_languages_that_are_no_list(read: Reader) -> None:
    """Jetstream passes on what a client wrote, whether or not it is of the kind that the schema asks for."""
    lines = (FIXTURES / "bluesky-jetstream.jsonl").read_text().splitlines()
    post = json.loads(lines[0])
    post["commit"]["rkey"], post["commit"]["record"]["langs"] = "odd", "en, fa"
    whole = read("\n".join(lines), "whole.jsonl")
    got = read("\n".join([*lines, json.dumps(post)]), "odd.jsonl")
    assert got.posts[: len(whole.posts)] == [
        row | {"source_file": got.posts[0]["source_file"]} for row in whole.posts
    ]
    assert [row["lang"] for row in got.posts[len(whole.posts) :]] == [None]


@pytest.mark.parametrize("cell", ["[a, b]", '["a", "b"]', "a, b", '["a", "b'])
def test_lists_that_are_no_json(read: Reader, cell: str) -> None:
    row = {"id": "1", "user_id": "a", "created_at": "2020-01-01", "text": "x", "hashtags": cell}
    assert read(json.dumps(row), "a.jsonl").column("hashtags") == [["a", "b"]]


def test_quotes_in_names(tmp_path: Path) -> None:
    folder = tmp_path / 'it\'s "odd"; --'
    folder.mkdir()
    path = folder / "a'b.csv"
    path.write_text("post_id,account_id,time,te'xt,text\n1,a,1577872800,y,x\n")
    assert read_paths(path).column("source_file") == [str(path)]
    table = pa.table(
        {"post_id": ["1"], "account_id": ["a"], "time": [1_577_872_800], "te\"xt'": ["y"], "text": ["x"]}
    )
    pq.write_table(table, folder / "a'b.parquet")
    assert read_paths(folder / "a'b.parquet").column("text") == ["x"]


def test_hostile_keys_in_json(read: Reader) -> None:
    record = POST | {
        "user'); DROP TABLE posts; --": 1,
        'a"b\\': 2,
        "$.x": 3,
        "": 4,
        "user": {"'": 1, "screen.name": 2},
    }
    assert read(json.dumps(record) + "\n", "a.jsonl").column("post_id") == ["1"]


def test_own_names_as_columns(tmp_path: Path) -> None:
    names = [
        "reason",
        "detail",
        "row_number",
        "file_number",
        "broken",
        "raw_time",
        "handle",
        "found",
        "syncline_row",
    ]
    table = pa.table(
        {"post_id": ["1"], "account_id": ["a"], "time": [1_577_872_800], "text": ["x"]}
        | {n: ["q"] for n in names}
    )
    pq.write_table(table, tmp_path / "p.parquet")
    got = read_paths(tmp_path / "p.parquet")
    assert (got.column("text"), got.rejects) == (["x"], [])


def test_an_unreadable_file(read: Reader, tmp_path: Path) -> None:
    (tmp_path / "pipe.csv").mkdir()
    with pytest.raises(SynclineError, match="holds no files"):
        read_paths(tmp_path / "pipe.csv")


def test_a_very_long_cell(read: Reader) -> None:
    got = read("post_id,account_id,time,text\n1,a,1577872800," + "x" * 3_000_000 + "\n2,b,1577872800,y\n")
    assert [len(text) for text in got.column("text")] == [3_000_000, 1]
