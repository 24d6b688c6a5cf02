"""The latest profile of each account, from posts or from files of their own."""

import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import FIXTURES, Read, connection, read_paths

from syncline.errors import SynclineError
from syncline.schema import ACCOUNTS

Reader = Callable[..., Read]


def test_latest_observation_wins_column_by_column(read: Reader) -> None:
    got = read(
        "post_id,account_id,time,text,followers_count,screen_name,user_description\n"
        "1,a,1577872900,x,20,new,\n2,a,1577872800,x,10,old,words\n3,b,1577872800,x,,,\n"
    )
    first, second = got.accounts
    assert (first["followers"], first["username"], first["bio"]) == (20, "new", "words")
    # The file does not say when it saw its authors: not when they posted.
    assert first["observed_us"] is None
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


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("unlike", [{}, {"_type": None}, {"rawDescription": None}])
def test_scraped_users_are_accounts_however_few(read: Reader, count: int, unlike: dict[str, None]) -> None:
    lines = (FIXTURES / "snscrape-x-users.jsonl").read_text(encoding="utf-8").splitlines()
    user = {
        key: cell
        for key, cell in (json.loads(lines[0]) | {"description": "bio"}).items()
        if key not in unlike
    }
    users = [user | {"id": n, "id_str": str(n), "username": f"u{n}"} for n in range(1, count + 1)]
    got = read("".join(json.dumps(each) + "\n" for each in users), "users.jsonl")
    assert (got.posts, got.rejects) == ([], [])
    assert [each["username"] for each in got.accounts] == [f"u{n}" for n in range(1, count + 1)]
    assert got.accounts[0]["bio"] == ("bio" if "rawDescription" in unlike else user["rawDescription"])


def test_scraped_users_in_a_csv(read: Reader) -> None:
    """As pandas writes them, with its index and empty lists."""
    header = (
        ",username,id,displayname,description,rawDescription,descriptionUrls,verified,created,followersCount,"
        "friendsCount,statusesCount,location,linkUrl,profileImageUrl,url"
    )
    row = "0,ann,11,Ann A,bio,bio,[],False,2019-02-03 10:00:00+00:00,10,20,30,Here,,,https://x.com/ann"
    got = read(f"{header}\n{row}\n", "users.csv")
    assert got.posts == []
    (account,) = got.accounts
    assert (account["account_id"], account["display_name"], account["bio"]) == ("11", "Ann A", "bio")
    assert account["created_us"] == int(
        datetime.datetime(2019, 2, 3, 10, tzinfo=datetime.UTC).timestamp() * 1e6
    )


def test_users_of_another_site_are_not_those_of_x(read: Reader) -> None:
    user = {"_type": "snscrape.modules.vkontakte.User", "id": 1, "username": "ann", "displayname": "Ann"}
    with pytest.raises(SynclineError, match="no column was found that says when"):
        read(json.dumps(user) + "\n", "users.jsonl")


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


def history(*columns: str) -> list[tuple[object, ...]]:
    rows = connection().sql(f"SELECT {', '.join(columns)} FROM account_history ORDER BY ALL").fetchall()
    return [tuple(row) for row in rows]


def test_repeated_exports_are_repeated_observations(tmp_path: Path) -> None:
    head = "post_id,account_id,time,text,screen_name,statuses_count\n"
    (tmp_path / "may.csv").write_text(
        head + "1,a,1577872800,x,ann,5\n2,a,1577872900,x,ann,5\n3,b,1577872800,x,,\n"
    )
    # The same post is a duplicate in the second export, and still shows its author under the new name.
    (tmp_path / "june.csv").write_text(head + "1,a,1577872800,x,anne,7\n4,c,1577872800,x,cy,1\n")
    (tmp_path / "june again.csv").write_bytes((tmp_path / "june.csv").read_bytes())
    read_paths(tmp_path / "may.csv", tmp_path / "june.csv", tmp_path / "june again.csv")
    assert history("account_id", "username", "posts_count", "parse_filename(source_file)", "observed_us") == [
        ("a", "ann", 5, "may.csv", None),
        ("a", "anne", 7, "june.csv", None),
        ("c", "cy", 1, "june.csv", None),
    ]


def test_no_deletion_is_read_into_the_author_columns_of_one_export(tmp_path: Path) -> None:
    # The count is the export's, the same in every post: dated by the posts it would say that all were taken down.
    rows = "".join(f"{n},a,{1_577_872_800 + n},x,ann,100\n" for n in range(9))
    (tmp_path / "export.csv").write_text("post_id,account_id,time,text,screen_name,statuses_count\n" + rows)
    read_paths(tmp_path / "export.csv")
    assert history("posts_count", "observed_us") == [(100, None)]


def test_profiles_with_a_date_are_observations_with_a_date(tmp_path: Path) -> None:
    for name, when, handle in (("one", 5, "ann"), ("two", 9, "anne")):
        row = {each: [None] for each in ACCOUNTS.names} | {
            "platform": ["x"],
            "account_id": ["a"],
            "username": [handle],
            "observed_us": [1_577_872_800_000_000 + when],
        }
        pq.write_table(pa.table(row, ACCOUNTS), tmp_path / f"{name}.parquet")
    (tmp_path / "posts.csv").write_text("post_id,account_id,time,text\n1,a,1577872800,x\n")
    got = read_paths(tmp_path)
    assert history("platform", "account_id", "username", "observed_us % 10") == [
        ("x", "a", "ann", 5),
        ("x", "a", "anne", 9),
    ]
    assert [each["username"] for each in got.accounts] == [None, "anne"]
