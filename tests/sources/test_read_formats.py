"""The declared formats: golden rows of small files in their exact shape."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import Read, read_paths

from syncline.errors import SynclineError, UsageError
from syncline.schema import ACCOUNTS, BEHAVIOURS, POSTS, TABLES
from syncline.sources.format import Format
from syncline.sources.formats import formats

Reader = Callable[..., Read]

RETWEET = {
    "id": "100",
    "author_id": "10",
    "created_at": "2023-01-01T00:00:01.000Z",
    "text": "RT @bob: the whole sto…",
    "lang": "en",
    "conversation_id": "100",
    "source": "Some App",
    "edit_history_tweet_ids": ["100"],
    "public_metrics": {"retweet_count": 7, "reply_count": 0, "like_count": 0, "quote_count": 0},
    "referenced_tweets": [{"type": "retweeted", "id": "5"}],
    "entities": {"mentions": [{"start": 3, "end": 7, "username": "bob", "id": "20"}]},
}
ORIGINAL = {
    "id": "5",
    "author_id": "20",
    "created_at": "2022-12-31T23:00:00.000Z",
    "text": "the whole story #Deep https://t.co/x",
    "entities": {
        "hashtags": [{"start": 16, "end": 21, "tag": "Deep"}],
        "urls": [{"url": "https://t.co/x", "expanded_url": "https://e.org/a,b?c=1"}],
    },
}
REPLY = {
    "id": "101",
    "author_id": "11",
    "created_at": "2023-01-01T00:00:02.000Z",
    "text": "@ann no",
    "conversation_id": "100",
    "in_reply_to_user_id": "10",
    "referenced_tweets": [{"type": "quoted", "id": "7"}, {"type": "replied_to", "id": "100"}],
    "entities": {"hashtags": [], "mentions": [{"username": "ann", "id": "10"}]},
}
ANN = {
    "id": "10",
    "username": "ann",
    "name": "Ann <b>",
    "description": "line\nbreak",
    "location": "Here",
    "created_at": "2011-02-03T04:05:06.000Z",
    "verified": False,
    "public_metrics": {"followers_count": 3, "following_count": 4, "tweet_count": 5, "listed_count": 0},
}
PAGE = {
    "data": [RETWEET, REPLY],
    "includes": {"users": [ANN], "tweets": [ORIGINAL]},
    "meta": {"result_count": 2},
}
FLAT = [
    RETWEET | {"author": ANN, "referenced_tweets": [{"type": "retweeted"} | ORIGINAL]},
    REPLY,
]


def lines(*records: dict[str, Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.parametrize(
    ("content", "name", "format_name"),
    [
        (json.dumps(PAGE), "page.json", "x-api-pages"),
        (json.dumps(PAGE, indent=2), "page.json", "x-api-pages"),
        (lines(PAGE), "pages.jsonl", "x-api-pages"),
        (lines(PAGE | {"data": [RETWEET]}, PAGE | {"data": REPLY}), "pages.jsonl", "x-api-pages"),
        (json.dumps([PAGE]), "pages.json", "x-api-pages"),
        (lines(*FLAT), "flat.jsonl", "x-api"),
        (json.dumps(FLAT), "flat.json", "x-api"),
        (json.dumps({"data": FLAT}), "flat.json", "x-api-pages"),
    ],
)
def test_x_api(read: Reader, content: str, name: str, format_name: str) -> None:
    got = read(content, name)
    assert got.result.inputs[0]["format"] == format_name
    repost, reply = got.posts
    wanted = {
        "platform": "x",
        "post_id": "100",
        "account_id": "10",
        "time_us": 1_672_531_201_000_000,
        "text": "the whole story #Deep https://t.co/x",
        "lang": "en",
        "is_repost": True,
        "reposted_post_id": "5",
        "reposted_account_id": "20",
        "reply_to_post_id": None,
        "reply_to_account_id": None,
        "quoted_post_id": None,
        "thread_id": "100",
        "urls": ["https://e.org/a,b?c=1"],
        "hashtags": ["Deep"],
        "mentions": ["bob"],
        "media_hashes": None,
        "client": "Some App",
        "likes": 0,
        "reposts": 7,
        "replies": 0,
        "source_row": 1,
    }
    assert {name: repost[name] for name in wanted} == wanted
    assert (reply["reply_to_post_id"], reply["reply_to_account_id"], reply["quoted_post_id"]) == (
        "100",
        "10",
        "7",
    )
    assert (reply["is_repost"], reply["text"], reply["mentions"]) == (False, "@ann no", ["ann"])
    ann, other = got.accounts
    assert (ann["username"], ann["display_name"], ann["bio"]) == ("ann", "Ann <b>", "line\nbreak")
    assert (ann["followers"], ann["following"], ann["posts_count"], ann["verified"]) == (3, 4, 5, False)
    assert ann["created_us"] == 1_296_705_906_000_000
    assert (other["account_id"], other["username"]) == ("11", None)


def test_x_api_without_entities_finds_them_in_the_text(read: Reader) -> None:
    plain = {key: REPLY[key] for key in ("id", "author_id", "created_at", "conversation_id")}
    got = read(lines(plain | {"text": "#a https://t.co/b"}), "flat.jsonl")
    assert (got.posts[0]["hashtags"], got.posts[0]["urls"]) == (["a"], ["https://t.co/b"])


def test_pages_with_a_broken_line_and_an_empty_page(read: Reader) -> None:
    got = read(lines(PAGE) + '{"data": [\n' + lines({"meta": {"result_count": 0}}), "pages.jsonl")
    assert got.column("post_id") == ["100", "101"]
    assert [each["reason"] for each in got.rejects] == ["broken_row"]


TWARC = {
    "id": "100",
    "conversation_id": "100",
    "referenced_tweets.replied_to.id": "",
    "referenced_tweets.retweeted.id": "5",
    "referenced_tweets.quoted.id": "",
    "author_id": "10",
    "in_reply_to_user_id": "",
    "retweeted_user_id": "20",
    "quoted_user_id": "",
    "created_at": "2023-01-01T00:00:01.000Z",
    "text": "RT @bob: the whole story",
    "lang": "en",
    "source": "Some App",
    "public_metrics.like_count": "0",
    "public_metrics.retweet_count": "7",
    "entities.hashtags": '[{"start": 16, "end": 21, "tag": "D\\u00e9ep"}]',
    "entities.mentions": '[{"username": "bob", "id": "20"}]',
    "entities.urls": '[{"url": "https://t.co/x", "expanded_url": "https://e.org/a,b"}]',
    "author.id": "10",
    "author.username": "ann",
    "author.created_at": "2011-02-03T04:05:06.000Z",
    "author.public_metrics.followers_count": "3",
    "author.verified": "False",
}


def table(*rows: dict[str, str]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def test_twarc_csv(read: Reader) -> None:
    got = read(
        table(
            TWARC,
            TWARC | {"id": "101", "referenced_tweets.retweeted.id": "", "entities.urls": "", "text": "hi"},
        )
    )
    assert got.result.inputs[0]["format"] == "twarc-csv"
    repost, other = got.posts
    assert (repost["reposted_post_id"], repost["reposted_account_id"]) == ("5", "20")
    assert (repost["hashtags"], repost["mentions"], repost["urls"]) == (
        ["Déep"],
        ["bob"],
        ["https://e.org/a,b"],
    )
    assert (repost["reposts"], repost["client"]) == (7, "Some App")
    assert (other["urls"], other["is_repost"]) == ([], False)
    assert (got.accounts[0]["username"], got.accounts[0]["verified"]) == ("ann", False)


SPELLED = TWARC | {
    "referenced_tweets.retweeted.id": "",
    "text": json.dumps('caf\u00e9 "Ann"\nnext #Eins'),
    "author.description": json.dumps("first \u2191\nsecond"),
    "author.location": json.dumps("Here"),
}


def test_twarc_csv_whose_texts_are_json_strings(read: Reader) -> None:
    got = read(table(SPELLED, SPELLED | {"id": "101", "text": json.dumps("plain")}))
    assert got.column("text") == ['caf\u00e9 "Ann"\nnext #Eins', "plain"]
    (account,) = got.accounts
    assert (account["bio"], account["location"]) == ("first \u2191\nsecond", "Here")


def test_twarc_csv_of_people_who_quote_has_its_texts_as_they_stand(read: Reader) -> None:
    assert read(table(SPELLED | {"text": '"a word"'})).column("text") == ['"a word"']
    mixed = read(table(SPELLED, *(SPELLED | {"id": f"20{n}", "text": f'"{n}" he said'} for n in range(6))))
    assert mixed.column("text")[1:] == [f'"{n}" he said' for n in range(6)]


def test_twarc_csv_whose_references_stand_in_one_column(read: Reader) -> None:
    flat = {name: cell for name, cell in TWARC.items() if not name.startswith("referenced_tweets.")}
    told = [
        [{"type": "retweeted", "id": "5"}],
        [{"type": "quoted", "id": "7"}, {"type": "replied_to", "id": "100"}],
    ]
    rows = [
        flat | {"id": str(n), "referenced_tweets": json.dumps(each)}
        for n, each in enumerate([*told, []], 200)
    ]
    got = read(table(*rows))
    assert got.result.inputs[0]["format"] == "twarc-csv"
    assert got.column("reposted_post_id") == ["5", None, None]
    assert got.column("reply_to_post_id") == [None, "100", None]
    assert got.column("quoted_post_id") == [None, "7", None]


OPERATION = {
    "tweetid": "877919995476496385",
    "userid": "hashed=",
    "user_display_name": "Ann",
    "user_screen_name": "ann",
    "user_reported_location": "",
    "user_profile_description": "words",
    "user_profile_url": "",
    "follower_count": "5",
    "following_count": "6",
    "account_creation_date": "2017-05-22",
    "account_language": "en",
    "tweet_language": "en",
    "tweet_text": "RT @bob: hello",
    "tweet_time": "2017-06-22 16:03",
    "tweet_client_name": "Some App",
    "in_reply_to_userid": "",
    "in_reply_to_tweetid": "",
    "quoted_tweet_tweetid": "",
    "is_retweet": "True",
    "retweet_userid": "other=",
    "retweet_tweetid": "877918712015278080",
    "latitude": "absent",
    "longitude": "absent",
    "quote_count": "0",
    "reply_count": "1",
    "like_count": "2",
    "retweet_count": "3",
    "hashtags": "[one, two]",
    "urls": "[http://e.org/a, http://e.org/b,c]",
    "user_mentions": "[other=, 17]",
}


def test_information_operations(read: Reader) -> None:
    own = OPERATION | {
        "tweetid": "2",
        "is_retweet": "False",
        "retweet_userid": "",
        "retweet_tweetid": "",
        "hashtags": "[]",
        "urls": "",
        "user_mentions": "[]",
        "tweet_text": "hello #three",
    }
    got = read(table(OPERATION, own))
    assert got.result.inputs[0]["format"] == "information-operations"
    assert got.result.resolution_us == 60_000_000
    repost, post = got.posts
    assert (repost["post_id"], repost["account_id"], repost["platform"]) == (
        "877919995476496385",
        "hashed=",
        "x",
    )
    assert (repost["reposted_post_id"], repost["reposted_account_id"]) == ("877918712015278080", "other=")
    assert repost["hashtags"] == ["one", "two"]
    assert repost["urls"] == ["http://e.org/a", "http://e.org/b,c"]
    assert repost["mentions"] == ["other=", "17"]
    assert (repost["likes"], repost["reposts"], repost["replies"], repost["client"]) == (2, 3, 1, "Some App")
    assert (post["is_repost"], post["hashtags"], post["urls"]) == (False, [], [])
    (account,) = got.accounts
    assert (account["username"], account["bio"], account["followers"]) == ("ann", "words", 5)


@pytest.mark.parametrize("declared", formats(), ids=lambda each: each.name)
def test_declarations_are_whole(declared: Format) -> None:
    assert declared.title
    assert declared.source
    assert declared.needs
    assert set(declared.blind) <= set(BEHAVIOURS)
    assert set(declared.posts) <= set(POSTS.names)
    assert set(declared.accounts) <= set(ACCOUNTS.names)
    if declared.posts:
        assert {"account_id", "time_us"} <= set(declared.posts)
    else:
        assert declared.refused or "account_id" in declared.accounts


def test_names_of_formats_are_unique() -> None:
    names = [each.name for each in formats()]
    assert len(set(names)) == len(names)


def test_own_tables_are_read_without_loss(tmp_path: Path) -> None:
    posts = {name: [None, None] for name in POSTS.names} | {
        "platform": ["x", "y"],
        "post_id": ["1", "1"],
        "account_id": ["a", "a"],
        "time_us": [1_577_872_800_000_001, 1_577_872_800_000_002],
        "text": ["RT @bob: stays #x", ""],
        "is_repost": [False, True],
        "urls": [[], ["u"]],
        "hashtags": [["B", "a", "B"], None],
        "source_file": ["first.csv", None],
        "source_row": [7, None],
    }
    accounts = {name: [None] for name in ACCOUNTS.names} | {
        "platform": ["x"],
        "account_id": ["a"],
        "username": ["ann"],
        "created_us": [5],
        "observed_us": [1_577_872_900_000_000],
        "verified": [True],
    }
    pq.write_table(pa.table(posts, POSTS), tmp_path / "posts.parquet")
    pq.write_table(pa.table(accounts, ACCOUNTS), tmp_path / "accounts.parquet")
    got = read_paths(tmp_path)
    assert {each["format"] for each in got.result.inputs} == {"syncline-posts", "syncline-accounts"}
    by_platform = {post["platform"]: post for post in got.posts}
    for index, platform in enumerate(("x", "y")):
        kept = {name: values[index] for name, values in posts.items()}
        if platform == "y":
            kept |= {"source_file": str(tmp_path / "posts.parquet"), "source_row": 2}
        assert by_platform[platform] == kept
    assert got.accounts[0] == {name: values[0] for name, values in accounts.items()}


@pytest.mark.parametrize("name", sorted(set(TABLES) - {"posts", "accounts"}))
def test_other_tables_of_a_case_are_no_input(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.parquet"
    pq.write_table(TABLES[name].empty_table(), path)
    with pytest.raises(SynclineError, match=f"this is the table '{name}' of a case"):
        read_paths(path)


def test_a_format_asked_for(read: Reader) -> None:
    assert read(lines(*FLAT), "flat.jsonl", format="generic").result.inputs[0]["format"] == "generic"
    with pytest.raises(SynclineError, match="does not look like twarc-csv"):
        read(table(OPERATION), format="twarc-csv")
    with pytest.raises(UsageError, match=r"There is no format 'nonsense'\. Known are: .*coortweet"):
        read(table(OPERATION), format="nonsense")


def test_ambiguity_lists_the_candidates(read: Reader) -> None:
    both = OPERATION | {"object_id": "o", "account_id": "a", "timestamp_share": "1577872800"}
    with pytest.raises(
        SynclineError, match=r"several formats \(coortweet: .*; information-operations: .*--format"
    ):
        read(table(both))
    assert read(table(both), format="coortweet").column("reposted_post_id") == ["o"]
