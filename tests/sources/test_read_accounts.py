"""The latest profile of each account, from posts or from files of their own."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from read_files import Read, read_paths

Reader = Callable[..., Read]


def test_latest_observation_wins_column_by_column(read: Reader) -> None:
    got = read(
        "post_id,account_id,time,text,followers_count,screen_name,user_description\n"
        "1,a,1577872900,x,20,new,\n2,a,1577872800,x,10,old,words\n3,b,1577872800,x,,,\n"
    )
    first, second = got.accounts
    assert (first["followers"], first["username"], first["bio"]) == (20, "new", "words")
    assert first["observed_us"] == 1_577_872_900_000_000
    assert (second["account_id"], second["observed_us"]) == ("b", None)


def test_accounts_of_rejected_posts_do_not_count(read: Reader) -> None:
    got = read("post_id,account_id,time,text\n1,a,never,x\n2,b,1577872800,x\n")
    assert [each["account_id"] for each in got.accounts] == ["b"]


def test_a_file_of_accounts_beside_posts(tmp_path: Path) -> None:
    (tmp_path / "posts.csv").write_text("post_id,account_id,time,text\n1,a,1577872800,x\n")
    (tmp_path / "people.csv").write_text(
        "account_id,username,bio,account_created,followers\na,ann,hi,2015-03-04,7\n,bob,,2016-01-01,\n,,words,,\n"
    )
    got = read_paths(tmp_path)
    assert [(each["account_id"], each["username"], each["followers"]) for each in got.accounts] == [
        ("a", "ann", 7),
        ("bob", "bob", None),
    ]
    assert got.accounts[0]["created_us"] == 1_425_427_200_000_000
    assert [(each["reason"], each["source_row"]) for each in got.rejects] == [("no_account", 3)]
    people = next(each for each in got.result.inputs if each["path"].endswith("people.csv"))
    assert (people["rows"], people["accounts"], people["rejects"], people["blind"]) == (3, 2, 1, [])


def test_user_objects_are_accounts_though_they_have_a_creation_time(read: Reader) -> None:
    got = read(
        '{"id": "7", "username": "ann", "name": "Ann", "created_at": "2012-01-01T00:00:00Z", "description": "hi"}\n',
        "users.jsonl",
    )
    assert got.posts == []
    (account,) = got.accounts
    assert (account["account_id"], account["bio"]) == ("7", "hi")
    assert account["created_us"] == int(datetime.datetime(2012, 1, 1, tzinfo=datetime.UTC).timestamp() * 1e6)


def test_files_of_accounts_with_broken_rows(read: Reader) -> None:
    got = read("user_id,screen_name,followers\n1,a,5\n2\n3,c,6\n", "people.csv")
    assert [each["account_id"] for each in got.accounts] == ["1", "3"]
    assert [(each["reason"], each["source_row"]) for each in got.rejects] == [("broken_row", 2)]


@pytest.mark.parametrize("prefix", ["user_", ""])
def test_accounts_of_an_information_operation(read: Reader, prefix: str) -> None:
    got = read(
        f"userid,{prefix}display_name,{prefix}screen_name,{prefix}reported_location,{prefix}profile_description,"
        "follower_count,following_count,account_creation_date,account_language\n"
        "abc=,Ann A,ann,Somewhere,words,5,6,2017-08-30,en\n"
    )
    assert got.result.inputs[0]["format"] == "information-operations-users"
    (account,) = got.accounts
    assert (account["platform"], account["username"], account["display_name"]) == ("x", "ann", "Ann A")
    assert (account["bio"], account["location"], account["followers"]) == ("words", "Somewhere", 5)
