"""What a post says beyond its columns, duplicates, and posts that carry several objects."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import Read, read_paths

from syncline.schema import BEHAVIOURS

Reader = Callable[..., Read]
HEADER = "post_id,account_id,time,text\n"


def one_text(read: Reader, text: str) -> dict[str, object]:
    quoted = text.replace('"', '""')
    return read(f'{HEADER}1,a,1577872800,"{quoted}"\n').posts[0]


@pytest.mark.parametrize(
    ("text", "urls", "hashtags", "mentions"),
    [
        ("plain words", [], [], []),
        ("see https://e.org/a?b=1#c.", ["https://e.org/a?b=1#c"], [], []),
        ("(https://e.org/x), http://e.org/y!", ["https://e.org/x", "http://e.org/y"], [], []),
        ("#One #two_2 #دوتا", [], ["One", "two_2", "دوتا"], []),
        ("a#b mail@e.org &#39; x.com/#y", [], [], []),
        (".@ann, @bob_1: hi @c.d.", [], [], ["bob_1", "c.d"]),
        ("＃wide", [], ["wide"], []),
        ("#a#b", [], ["a", "b"], []),
    ],
)
def test_objects_out_of_the_text(
    read: Reader, text: str, urls: list[str], hashtags: list[str], mentions: list[str]
) -> None:
    post = one_text(read, text)
    assert (post["urls"], post["hashtags"], post["mentions"]) == (urls, hashtags, mentions)


def test_columns_win_over_text(read: Reader) -> None:
    got = read('post_id,account_id,time,text,hashtags,urls\n1,a,1577872800,#x @y http://e.org/,"[u, #v]",\n')
    assert got.posts[0]["hashtags"] == ["u", "v"]
    assert got.posts[0]["urls"] == []
    assert got.posts[0]["mentions"] == ["y"]


@pytest.mark.parametrize(
    "cell",
    ["[a, b]", "['a', 'b']", '["a","b"]', "a,b", "a b", "#a #b", "a;b", "a|b", '[{"tag":"a"},{"text":"b"}]'],
)
def test_lists_as_text(read: Reader, cell: str) -> None:
    quoted = cell.replace('"', '""')
    got = read(f'post_id,account_id,time,hashtags\n1,a,1577872800,"{quoted}"\n')
    assert got.posts[0]["hashtags"] == ["a", "b"]


@pytest.mark.parametrize("cell", ["", "[]", "nan", "None", "{}"])
def test_empty_lists_as_text(read: Reader, cell: str) -> None:
    assert read(f"post_id,account_id,time,hashtags\n1,a,1577872800,{cell}\n").posts[0]["hashtags"] == []


def test_urls_keep_their_commas(read: Reader) -> None:
    got = read('post_id,account_id,time,urls\n1,a,1577872800,"http://e.org/a,b,https://f.org/"\n')
    assert got.posts[0]["urls"] == ["http://e.org/a,b", "https://f.org/"]


def test_a_repost_without_ids(read: Reader) -> None:
    post = one_text(read, "RT @bob: hello #x")
    assert post["is_repost"] is True
    assert post["reposted_account_id"] == "bob"
    assert post["reposted_post_id"] is None
    assert post["text"] == "hello #x"
    assert post["mentions"] == []


def test_a_repost_that_the_source_marks_but_does_not_identify(read: Reader) -> None:
    got = read(
        "post_id,account_id,time,text,is_retweet\n1,a,1577872800,hello,True\n2,a,1577872801,RT @bob: no,False\n"
    )
    assert got.column("is_repost") == [True, False]
    assert got.column("reposted_account_id") == [None, None]
    assert got.column("text") == ["hello", "RT @bob: no"]


def test_a_named_reposted_account_wins_over_the_text(read: Reader) -> None:
    got = read("post_id,account_id,time,text,retweeted_user_id\n1,a,1577872800,RT @bob: hi,17\n")
    assert got.posts[0]["reposted_account_id"] == "17"
    assert got.posts[0]["text"] == "hi"


def test_a_repost_with_an_id(read: Reader) -> None:
    got = read(
        "post_id,account_id,time,text,retweeted_id\n1,a,1577872800,RT @bob: hi,17\n2,a,1577872801,RT of,\n"
    )
    assert got.column("is_repost") == [True, False]
    assert got.column("text") == ["RT @bob: hi", "RT of"]


def test_duplicates_within_and_across_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER + "1,a,1577872800,x\n2,a,1577872801,y\n1,a,1577872800,x\n")
    (tmp_path / "b.csv").write_text(HEADER + "2,a,1577872801,y\n3,a,1577872802,z\n")
    got = read_paths(tmp_path / "a.csv", tmp_path / "b.csv")
    assert got.column("post_id") == ["1", "2", "3"]
    assert [each["duplicates"] for each in got.result.inputs] == [1, 1]
    assert {each["reason"] for each in got.rejects} == {"duplicate"}
    assert got.rejects[0]["detail"] == f"first in {tmp_path / 'a.csv'}, row 1: 1"
    assert got.rejects[1]["detail"] == f"first in {tmp_path / 'a.csv'}, row 2: 2"


def test_the_same_id_on_two_platforms_is_two_posts(read: Reader) -> None:
    got = read("platform,post_id,account_id,time,text\nx,1,a,1577872800,x\nmastodon,1,a,1577872800,x\n")
    assert len(got.posts) == 2
    assert {(each["platform"], each["account_id"]) for each in got.accounts} == {
        ("x", "a"),
        ("mastodon", "a"),
    }


def test_one_row_for_each_object_of_a_post(tmp_path: Path) -> None:
    table = pa.table(
        {
            "post_id": pa.array([1, 1, 1, 2], pa.int32()),
            "account_id": ["a", "a", "a", "b"],
            "url_id": pa.array([5, 6, 5, None], pa.int32()),
            "hashtag_id": pa.array([None, 7, None, None], pa.int32()),
            "timestamp": [1577872800.0, 1577872800.0, 1577872800.0, 1577872801.0],
        }
    )
    pq.write_table(table, tmp_path / "p.parquet")
    got = read_paths(tmp_path / "p.parquet")
    assert got.column("urls") == [["url_5", "url_6"], []]
    assert got.column("hashtags") == [["hashtag_7"], []]
    (file,) = got.result.inputs
    assert (file["rows"], file["posts"], file["merged"], file["duplicates"]) == (4, 2, 1, 1)
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [(3, "duplicate")]


def test_coortweet_content_with_several_objects(read: Reader) -> None:
    got = read(
        "object_id,account_id,content_id,timestamp_share\n"
        "o1,a,c1,1577872800\no2,a,c1,1577872800\no1,a,c1,1577872800\no1,b,c2,1577872805.0\n"
    )
    assert got.result.inputs[0]["format"] == "coortweet"
    assert got.column("post_id") == ["c1", "c1#2", "c2"]
    assert got.column("reposted_post_id") == ["o1", "o2", "o1"]
    assert [each["reason"] for each in got.rejects] == ["duplicate"]


@pytest.mark.parametrize("none", ["NA", "", "nan"])
def test_coortweet_content_without_an_object_shares_nothing(read: Reader, none: str) -> None:
    got = read(
        "object_id,account_id,content_id,timestamp_share\n"
        f"o1,a,c1,1577872800\n{none},a,c2,1577872801\n{none},b,c3,1577872802\n"
    )
    assert got.column("is_repost") == [True, False, False]
    assert got.column("reposted_post_id") == ["o1", None, None]
    assert got.rejects == []


def test_names_of_the_coordination_network_toolkit(read: Reader) -> None:
    got = read(
        "message_id,user_id,username,repost_id,reply_id,message,timestamp,urls\n"
        "1,a,ann,9,,hello,1577872800,http://e.org/a http://e.org/b\n"
    )
    (post,) = got.posts
    assert (post["post_id"], post["reposted_post_id"], post["text"]) == ("1", "9", "hello")
    assert post["urls"] == ["http://e.org/a", "http://e.org/b"]
    assert got.accounts[0]["username"] == "ann"


def test_blind_behaviours_are_named(read: Reader) -> None:
    got = read("post_id,account_id,time,retweeted_id\n1,a,1577872800,9\n")
    blind = {each["behaviour"]: each["why"] for each in got.result.inputs[0]["blind"]}
    assert list(blind) == [each for each in BEHAVIOURS if each != "repost"]
    assert blind["reply"] == "no column says which post is answered"
