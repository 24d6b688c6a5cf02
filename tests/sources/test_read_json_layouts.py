"""JSON that is no list of records: records under their ids, tables by columns, several lists."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from read_files import FIXTURES, Read, connection, read_paths
from test_read_fuzz import mutants
from test_read_json_variants import RECORDS, lines, rows

from syncline.errors import SynclineError
from syncline.sources import probe

Reader = Callable[..., Read]

# Numbers of many digits are counted for a whole platform.
FLAT = [{**each, "id": f"17000000000{each['id']}", "tags": f"river{each['id']}"} for each in RECORDS]
BY_ID = {each["id"]: each for each in FLAT}
NAMES = list(FLAT[0])
LAYOUTS: dict[str, Any] = {
    "by id": BY_ID,
    "each by its id": [{key: each} for key, each in BY_ID.items()],
    "by id, with a count": {"count": 6, **BY_ID},
    "by id, in an object": {"meta": {"count": 6}, "posts": BY_ID},
    "pandas index": {str(number): each for number, each in enumerate(FLAT)},
    "pandas columns": {name: {str(n): each[name] for n, each in enumerate(FLAT)} for name in NAMES},
    "pandas split": {"columns": NAMES, "index": [*range(6)], "data": [[*each.values()] for each in FLAT]},
    "lists": {name: [each[name] for each in FLAT] for name in NAMES},
    "lists by account": {"ann1": FLAT[:2], "bob": FLAT[2:]},
    "two lists": {"first": FLAT[:2], "meta": {"count": 6}, "second": FLAT[2:]},
}


@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "indented"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_record_is_read(read: Reader, layout: str, indent: int | None) -> None:
    got = read(json.dumps(LAYOUTS[layout], indent=indent))
    assert rows(got) == rows(read(lines(FLAT)))
    assert got.result.inputs[0]["rows"] == 6


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_record_of_a_file_is_read_of_which_the_first_look_sees_the_beginning(
    read: Reader, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in (("HEAD_BYTES", 300), ("_DOCUMENT_HEAD", 400), ("_LOOK_BYTES", 50)):
        monkeypatch.setattr(probe, name, size)
    got = read(json.dumps(LAYOUTS[layout]))
    assert got.result.inputs[0]["rows"] == 6


@pytest.mark.parametrize("layout", LAYOUTS)
def test_mutated_layouts_end_in_accounted_rows_or_a_line_of_words(layout: str, tmp_path: Path) -> None:
    whole = tmp_path / "whole.json"
    whole.write_text(json.dumps(LAYOUTS[layout], indent=1))
    for number, path in mutants(whole, tmp_path, 20):
        try:
            assert read_paths(path).result.inputs[0]["rows"] > 0
        except SynclineError as error:
            assert path.name in str(error), f"case {number}"


def test_what_stands_under_an_id_and_is_no_record_is_rejected(read: Reader) -> None:
    got = read(json.dumps(BY_ID | {"18": None, "19": "gone"}))
    assert len(got.posts) == 6
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [
        (7, "broken_row"),
        (8, "broken_row"),
    ]


def test_one_of_many_records_under_ids_is_never_taken_for_all(read: Reader) -> None:
    """The records are of different shapes, so that nothing says that they are alike."""
    mixed = {"17": FLAT[0], "18": {"n": 1, "m": 2, "o": 3, "p": 4}, "19": {"q": 1, "r": 2, "s": 3, "t": 4}}
    with pytest.raises(SynclineError, match="no column was found"):
        read(json.dumps(mixed))


def test_records_under_their_ids_one_object_a_line(read: Reader) -> None:
    assert rows(read(lines([{key: each} for key, each in BY_ID.items()]))) == rows(read(lines(FLAT)))


def test_the_key_is_the_id_where_the_record_has_none(read: Reader) -> None:
    bare = {key: {name: each[name] for name in NAMES if name != "id"} for key, each in BY_ID.items()}
    assert read(json.dumps(bare)).column("post_id") == [*BY_ID]


@pytest.mark.parametrize("indent", [None, 1], ids=["one line", "indented"])
def test_a_mapping_names_the_key_of_a_list(read: Reader, tmp_path: Path, indent: int | None) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[posts]\naccount_id = "enclosing.list"\ntime = "created_at"\n')
    bare = [{name: each[name] for name in ("created_at", "text")} for each in FLAT]
    lists = {"count": 6, "ann": bare[:2], "bob": bare[2:]}
    with pytest.raises(SynclineError, match="its lists have: created_at, text, enclosing"):
        read(json.dumps(lists, indent=indent))
    got = read(json.dumps(lists, indent=indent), mapping=mapping)
    assert got.column("account_id") == ["ann"] * 2 + ["bob"] * 4


def test_known_formats_are_known_under_ids(read: Reader) -> None:
    tweets = [json.loads(line) for line in (FIXTURES / "twitter-v1.jsonl").read_text().splitlines()[:3]]
    got = read(json.dumps({each["id_str"]: each for each in tweets}))
    assert got.result.inputs[0]["format"] == "twitter-v1"
    assert rows(got) == rows(read(lines(tweets)))


def test_rows_that_do_not_fit_the_columns_are_rejected(read: Reader) -> None:
    got = read(json.dumps({"columns": NAMES, "data": [[*FLAT[0].values()], ["1"], 5]}))
    assert len(got.posts) == 1
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [
        (2, "broken_row"),
        (3, "broken_row"),
    ]


def test_an_object_of_records_that_is_cut_is_refused_or_its_end_rejected(
    read: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut = json.dumps(BY_ID)[:-60]
    with pytest.raises(SynclineError, match="probably cut"):
        read(cut)
    monkeypatch.setattr(probe, "_DOCUMENT_HEAD", 400)
    got = read(cut)
    assert len(got.posts) == 5
    assert [each["reason"] for each in got.rejects] == ["broken_row"]


def test_a_list_with_other_names_is_said_to_be_left_out(read: Reader) -> None:
    comments = [
        {"comment_id": "7", "author_name": "ann", "comment_date": "2020-01-01T10:00:00Z", "comment": "x"}
    ]
    got = read(json.dumps({"posts": FLAT, "more": {"a": 1}, "comments": comments}))
    assert len(got.posts) == 6
    assert any(
        "comments was not read, as it names things otherwise than posts" in note
        for note in got.result.inputs[0]["notes"]
    )


@pytest.mark.parametrize(
    "record",
    [
        {"id": "1", "user": "ann", "created_at": "2020-01-01", "geo2": {"lat": 1, "lng": 2}},
        {"user": {"id": 1, "name": "ann"}, "post": {"id": 2, "name": "x"}},
        {"n": 1},
    ],
)
def test_what_is_one_record(record: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(record))
    look = probe.probe(connection(), tmp_path / "one.json")
    assert (look.layout, look.sample) == ("records", (record,))


def test_a_large_table_by_columns_is_refused_with_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "_LARGEST_TABLE", 100)
    (tmp_path / "table.json").write_text(json.dumps(LAYOUTS["pandas columns"]))
    with pytest.raises(SynclineError, match="orient='records'"):
        read_paths(tmp_path / "table.json")


@pytest.mark.parametrize("names", [("user", "data"), ("author", "tweet"), ("account", "status")])
def test_author_and_post_that_stand_beside_each_other(read: Reader, names: tuple[str, str]) -> None:
    """When the account was made and where its homepage is, is told of no post."""
    wrapped = [
        {
            names[0]: {
                "id": f"10{n % 3}", "username": f"user{n % 3}", "created_at": f"2010-01-0{n + 1}T00:00:00Z",
                "url": f"https://home.example/{n}",
            },
            names[1]: {"id": f"17000000000{n}", "date": f"2020-01-01T10:0{n}:00Z", "text": f"words {n}"},
            "place": {"id": "a1", "name": "somewhere"},
            "fetched_at": "2021-01-01T00:00:00Z",
        } for n in range(6)
    ]  # fmt: skip
    got = read("\n".join(map(json.dumps, wrapped)))
    assert got.column("account_id") == ["100", "101", "102"] * 2
    assert got.column("post_id") == [f"17000000000{n}" for n in range(6)]
    assert [str(us) for us in got.column("time_us")] == [
        str(1_577_872_800_000_000 + n * 60_000_000) for n in range(6)
    ]
    assert not any(post["urls"] for post in got.posts)


def test_the_address_of_a_post_is_none_that_it_shares_though_some_records_have_no_post(read: Reader) -> None:
    records: list[dict[str, Any]] = [
        {
            "actor": f"user{n % 3}", "published": f"2020-01-01T10:0{n}:00Z",
            "object": {
                "id": f"https://m.example/posts/{n}", "published": f"2020-01-01T10:0{n}:00Z",
                "url": f"https://m.example/@user{n % 3}/{n}", "content": f"words {n}",
            },
        } for n in range(6)
    ]  # fmt: skip
    boosts = [{"actor": "user1", "published": "2020-01-01T11:00:00Z", "object": "https://n.example/posts/1"}]
    got = read("\n".join(map(json.dumps, records + boosts)))
    assert got.column("text") == [f"words {n}" for n in range(6)]
    assert not any(post["urls"] for post in got.posts)
    assert [each["reason"] for each in got.rejects] == ["no_time"]
