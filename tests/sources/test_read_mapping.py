"""Mapping files."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from read_files import Read

from syncline.errors import SynclineError, UsageError

Reader = Callable[..., Read]

COMMENTS = "Comment no.;Reader;Posted;Words;Links;Likes;Reader name;Member since\n"
ROW = '7;r1;03.02.2020 10:30;"hello #x";http://e.org/a;5;Ann;01.02.2019 00:00\n'
MAPPING = """
platform = "comments"
[posts]
post_id = "Comment no."
account_id = "Reader"
time = "Posted"
text = "Words"
urls = "Links"
likes = "Likes"
[accounts]
username = "Reader name"
created = "Member since"
[time]
format = "%d.%m.%Y %H:%M"
zone = "Europe/Berlin"
"""


@pytest.fixture
def mapping(tmp_path: Path) -> Callable[[str], Path]:
    def written(content: str) -> Path:
        path = tmp_path / "map.toml"
        path.write_text(content)
        return path

    return written


def test_worked_example(read: Reader, mapping: Callable[[str], Path]) -> None:
    got = read(COMMENTS + ROW, mapping=mapping(MAPPING))
    (post,) = got.posts
    assert (post["platform"], post["post_id"], post["account_id"], post["likes"]) == (
        "comments",
        "7",
        "r1",
        5,
    )
    assert post["time_us"] == 1_580_722_200_000_000  # 09:30 UTC
    assert (post["urls"], post["hashtags"]) == (["http://e.org/a"], ["x"])
    assert (got.accounts[0]["username"], got.accounts[0]["created_us"]) == ("Ann", 1_548_975_600_000_000)
    assert got.result.inputs[0]["format"] == "mapping"


def test_summer_time_is_honoured(read: Reader, mapping: Callable[[str], Path]) -> None:
    got = read(COMMENTS + ROW.replace("03.02.2020", "03.07.2020"), mapping=mapping(MAPPING))
    assert got.posts[0]["time_us"] == 1_593_765_000_000_000  # 08:30 UTC


def test_zone_for_times_that_name_none(read: Reader, mapping: Callable[[str], Path]) -> None:
    small = '[posts]\naccount_id = "who"\ntime = "when"\ntext = "what"\n[time]\nzone = "Asia/Tehran"\n'
    got = read("who,when,what\na,2020-02-03 10:00:00,x\na,2020-02-03T10:00:00Z,y\n", mapping=mapping(small))
    assert got.column("time_us") == [1_580_711_400_000_000, 1_580_724_000_000_000]


def test_nested_json(read: Reader, mapping: Callable[[str], Path]) -> None:
    small = '[posts]\naccount_id = "by.key"\ntime = "meta.at"\ntext = "body"\npost_id = "meta.no"\n'
    record = {"by": {"key": "a"}, "meta": {"at": 1577872800, "no": 12345678901234567890}, "body": "x"}
    got = read(json.dumps(record) + "\n", "c.jsonl", mapping=mapping(small))
    assert (got.posts[0]["account_id"], got.posts[0]["post_id"]) == ("a", "12345678901234567890")
    document = json.dumps(
        {"comments": [record, record | {"body": "y", "meta": {"at": 1577872801, "no": 2}}]}, indent=1
    )
    assert read(document, "c.json", mapping=mapping(small)).column("text") == ["x", "y"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[posts\n", "not valid TOML"),
        ("platform = 'x'\n", "posts: Field required"),
        ("platform = 'news:comments'\n", "a colon parts platform and account"),
        ("[posts]\ntext = 'Words'\n", "account_id and time must be named"),
        (
            "[posts]\naccount_id = 'Reader'\ntime = 'Posted'\nwords = 'Words'\n",
            "'words' is not a column.*thread_id",
        ),
        ("[posts]\naccount_id = 'Reader'\ntime = 'Posted'\n[accounts]\nage = 'x'\n", "'age' is not a column"),
        (
            "[posts]\naccount_id = 'Reader'\ntime = 'Posted'\n[time]\nzone = 'Berlin'\n",
            "no time zone is called 'Berlin'",
        ),
        ("[posts]\naccount_id = 'Reader'\ntime = 'Posted'\n[clock]\n", "clock: Extra inputs"),
        (
            "[posts]\naccount_id = 'Nobody'\ntime = 'Posted'\n",
            "names the column 'Nobody', but the file has: Comment no.",
        ),
    ],
)
def test_wrong_mappings(read: Reader, mapping: Callable[[str], Path], content: str, words: str) -> None:
    with pytest.raises(SynclineError, match=words):
        read(COMMENTS + ROW, mapping=mapping(content))


def test_no_mapping_file(read: Reader) -> None:
    with pytest.raises(SynclineError, match=r"absent\.toml: the mapping file cannot be read"):
        read(COMMENTS + ROW, mapping="absent.toml")


def test_mapping_and_format_exclude_each_other(read: Reader, mapping: Callable[[str], Path]) -> None:
    with pytest.raises(UsageError, match="exclude each other"):
        read(COMMENTS + ROW, mapping=mapping(MAPPING), format="generic")


def test_times_that_do_not_fit_the_pattern(read: Reader, mapping: Callable[[str], Path]) -> None:
    got = read(
        COMMENTS + ROW + ROW.replace("7;", "8;").replace("03.02.2020", "2020-02-03"), mapping=mapping(MAPPING)
    )
    assert [each["reason"] for each in got.rejects] == ["bad_time"]
