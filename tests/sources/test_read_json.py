"""JSON Lines, lists and documents."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from read_files import Read, read_paths

from syncline.errors import SynclineError

Reader = Callable[..., Read]
POST = {"id": "1", "user_id": "a", "created_at": "2020-01-01T10:00:00Z", "text": "one"}

TWEET = {"id": "4", "author_id": "a", "created_at": "2020-01-01T10:00:00Z", "text": "x", "entities": {}}


def line(**changes: object) -> str:
    return json.dumps(POST | changes) + "\n"


def test_lines(read: Reader) -> None:
    got = read(line() + line(id="2", text='zwei \u2603 "q" \n'), "a.jsonl")
    assert got.column("text") == ["one", 'zwei \u2603 "q" \n']
    assert got.column("source_row") == [1, 2]


def test_broken_lines_are_rejected_and_blank_ones_are_nothing(read: Reader) -> None:
    content = line() + "\n" + '{"id": "2", "user\n' + "[1]\n" + '"words"\n' + line(id="3") + '{"id": "4"'
    got = read(content, "a.ndjson")
    assert got.column("post_id") == ["1", "3"]
    assert got.column("source_row") == [1, 6]
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [
        (3, "broken_row"),
        (4, "broken_row"),
        (5, "broken_row"),
        (7, "broken_row"),
    ]
    assert got.rejects[0]["detail"] == '{"id": "2", "user'


def test_a_line_in_another_encoding_is_rejected(read: Reader) -> None:
    content = (
        line().encode()
        + line(id="2").encode().replace(b"one", b"caf\xe9")
        + line(id="3", text="caf\u00e9").encode()
    )
    content += json.dumps(POST | {"id": "4", "text": "é"}, ensure_ascii=False).encode()
    got = read(content, "a.jsonl")
    assert got.column("post_id") == ["1", "3", "4"]
    assert [each["source_row"] for each in got.rejects] == [2]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings(read: Reader, encoding: str) -> None:
    got = read((line(text="é") + line(id="2")).encode(encoding), "a.jsonl")
    assert got.column("post_id") == ["1", "2"]


def test_nested_author_and_entities(read: Reader) -> None:
    record = {
        "id_str": "5",
        "created_at": "Wed Aug 27 13:08:45 +0000 2008",
        "user": {"id_str": "17", "screen_name": "ann", "followers_count": 3},
        "full_text": "x",
        "entities": {
            "hashtags": [{"text": "A"}],
            "urls": [{"url": "http://t.co/1", "expanded_url": "http://e.org/"}],
        },
    }
    got = read(json.dumps(record), "one.json")
    (post,) = got.posts
    assert (post["post_id"], post["account_id"]) == ("5", "17")
    assert (post["hashtags"], post["urls"]) == (["A"], ["http://e.org/"])
    assert (got.accounts[0]["username"], got.accounts[0]["followers"]) == ("ann", 3)


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list(read: Reader, indent: int | None) -> None:
    records = [POST | {"id": str(n), "text": "x" * 1000} for n in range(3000)]
    got = read(json.dumps(records, indent=indent), "list.json")
    assert len(got.posts) == 3000
    assert got.posts[-1]["source_row"] == int(got.posts[-1]["post_id"]) + 1


@pytest.mark.parametrize("between", ["\n", "", ",\n", "\r\n\r\n", " " * (1 << 20)])
@pytest.mark.parametrize("indent", [None, 2])
def test_lists_one_after_the_other(read: Reader, indent: int | None, between: str) -> None:
    """As tools write that print each page of a search."""
    pages = [[], [POST], [POST | {"id": "2"}, POST | {"id": "3", "text": "[]"}], [], [POST | {"id": "4"}]]
    content = between.join(json.dumps(page, indent=indent) for page in pages)
    assert read(content + "\n", "pages.json").column("post_id") == ["1", "2", "3", "4"]
    assert read(json.dumps(pages, indent=indent), "pages.json").column("post_id") == ["1", "2", "3", "4"]


def test_what_follows_a_list_is_not_lost_in_silence(read: Reader) -> None:
    got = read(json.dumps([POST]) + "\nerror: no more\n", "list.json")
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [(2, "broken_row")]
    got = read(json.dumps([POST]) + "\n" + json.dumps([POST | {"id": "2"}])[:-9], "list.json")
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [(2, "broken_row")]


def test_a_list_cut_in_the_middle(read: Reader) -> None:
    content = json.dumps([POST | {"id": str(n)} for n in range(10)])
    got = read(content[:-30], "list.json")
    assert len(got.posts) == 9
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [(10, "broken_row")]


def test_a_document_with_a_list_in_it(read: Reader) -> None:
    got = read(json.dumps({"name": "export", "tweets": [POST, POST | {"id": "2"}]}, indent=1), "doc.json")
    assert got.column("post_id") == ["1", "2"]


@pytest.mark.parametrize("between", ["", "\n", "\n\n "])
def test_documents_one_after_the_other(read: Reader, between: str) -> None:
    """As a pretty printer writes several pages, or several posts, into one file."""
    pages = [{"tweets": [POST]}, {"about": {}}, {"tweets": [POST | {"id": "2"}, POST | {"id": "3"}]}]
    got = read(between.join(json.dumps(page, indent=2) for page in pages), "pages.json")
    assert got.column("post_id") == ["1", "2", "3"]
    tweets = [{**TWEET, "id": str(number)} for number in (4, 5)]
    got = read(between.join(json.dumps(tweet, indent=2) for tweet in tweets) + "\n", "tweets.json")
    assert (got.result.inputs[0]["format"], got.column("post_id")) == ("x-api", ["4", "5"])


def test_what_follows_a_document_is_not_lost_in_silence(read: Reader) -> None:
    for first in ({"tweets": [POST]}, {"data": [TWEET]}):
        got = read(json.dumps(first, indent=2) + "\n" + json.dumps(first, indent=2)[:-9], "doc.json")
        assert "broken_row" in [each["reason"] for each in got.rejects]


def test_a_broken_document(read: Reader) -> None:
    with pytest.raises(SynclineError, match=r"doc\.json: broken JSON at line 3"):
        read('{\n "tweets": [\n', "doc.json")


def test_packed_lines(read: Reader) -> None:
    assert read(gzip.compress((line() + line(id="2")).encode()), "a.jsonl.gz").column("post_id") == ["1", "2"]


def test_columns_that_come_late_are_found(tmp_path: Path) -> None:
    path = tmp_path / "late.jsonl"
    with path.open("w") as out:
        out.writelines(line(id=str(n), text="x" * 900) for n in range(1500))
        out.writelines(line(id=str(n), retweeted_status_id="9", text="x" * 900) for n in range(1500, 2000))
    got = read_paths(path)
    assert sum(post["reposted_post_id"] == "9" for post in got.posts) == 500


def test_a_key_that_holds_dots(read: Reader) -> None:
    got = read(json.dumps({"id": "1", "author.id": "7", "created_at": "2020-01-01", "text": "x"}), "a.jsonl")
    assert got.column("account_id") == ["7"]
