"""Any posts, written as another tool's CSV and read back, are the same posts."""

import csv
import io
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_files import read_paths
from test_read_round_trip import IDS, LINKS, TAGS, WORDS

FIXTURES = Path(__file__).parent / "fixtures"
# Of each format; SYNCLINE_FUZZ=10000 asks for some hundreds.
EXAMPLES = max(3, int(os.environ.get("SYNCLINE_FUZZ", "0")) // 30)
POSTS = st.lists(
    st.fixed_dictionaries(
        {
            "account_id": IDS,
            "thread_id": IDS,
            "reply_to_post_id": IDS,
            "seconds": st.integers(631_152_000, 4_102_444_800),
            "text": WORDS,
            "hashtags": TAGS,
            "urls": LINKS,
            "likes": st.integers(0, 2**40),
        }
    ),
    min_size=1,
    max_size=8,
)


def seconds(time: int) -> str:
    return str(time)


def iso(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).isoformat()


def without_zone(time: int) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%Y-%m-%d %H:%M:%S")


def in_new_york(time: int) -> str:
    return (datetime.fromtimestamp(time, UTC) - timedelta(hours=5)).strftime("%Y-%m-%d %H:%M:%S EST")


def as_it_is(text: str) -> str:
    return text


def as_html(text: str) -> str:
    return f"<p>{escape(text)}</p>".replace("\n", "<br/>")


@dataclass(frozen=True)
class Shape:
    """Which columns a format writes what to."""

    time: str
    text: str | None
    same: dict[str, str]  # our column: the format's
    lists: dict[str, str] = field(default_factory=dict)
    separator: str = ","
    written: Callable[[int], str] = seconds
    spelled: Callable[[str], str] = as_it_is


_FOURCAT = {"post_id": "id", "account_id": "author", "thread_id": "thread_id"}
_X = Shape(
    "unix_timestamp",
    "body",
    _FOURCAT | {"account_id": "author_id", "likes": "like_count"},
    {"hashtags": "hashtags", "urls": "urls"},
)
SHAPES = {
    "4cat": Shape("unix_timestamp", "body", _FOURCAT),
    "4cat-x-api": _X,
    "4cat-x-zeeschuimer": _X,
    "4cat-telegram": Shape("unix_timestamp", "body", _FOURCAT),
    "4cat-bluesky": Shape("created_at", "body", _X.same, {"hashtags": "tags", "urls": "links"}, written=iso),
    "4cat-tiktok": Shape("unix_timestamp", "body", _FOURCAT | {"likes": "likes"}, {"hashtags": "hashtags"}),
    "4cat-tiktok-comments": Shape(
        "unix_timestamp",
        "body",
        _FOURCAT | {"likes": "likes", "thread_id": "post_id", "reply_to_post_id": "thread_id"},
    ),
    "4cat-truth-social": Shape(
        "created_at",
        "body",
        _FOURCAT | {"account_id": "account_id"},
        {"hashtags": "hashtags"},
        written=iso,
        spelled=as_html,
    ),
    "4cat-threads": Shape("unix_timestamp", "body", _FOURCAT | {"likes": "likes"}, {"hashtags": "hashtags"}),
    "4cat-instagram": Shape(
        "unix_timestamp", "body", _FOURCAT | {"likes": "num_likes"}, {"hashtags": "hashtags"}
    ),
    "4cat-gab": Shape(
        "created_at",
        "body",
        _FOURCAT | {"account_id": "account_id", "likes": "reaction_count"},
        written=iso,
        spelled=as_html,
    ),
    "4cat-tumblr": Shape("unix_timestamp", "body", _FOURCAT, {"hashtags": "tags"}, spelled=as_html),
    "minet-x": Shape(
        "timestamp_utc",
        "text",
        {"post_id": "id", "account_id": "user_id", "reply_to_post_id": "to_tweetid", "likes": "like_count"},
        {"hashtags": "hashtags", "urls": "links"},
        separator="|",
    ),
    "minet-bluesky": Shape(
        "timestamp_utc",
        "original_text",
        {
            "post_id": "uri",
            "account_id": "user_did",
            "reply_to_post_id": "to_post_uri",
            "thread_id": "to_root_post_uri",
            "likes": "like_count",
        },
        {"hashtags": "hashtags", "urls": "links"},
        separator="|",
    ),
    "dmi-tcat": Shape(
        "time",
        "text",
        {
            "post_id": "id",
            "account_id": "from_user_id",
            "reply_to_post_id": "in_reply_to_status_id",
            "likes": "favorite_count",
        },
        {"hashtags": "hashtags"},
        separator="; ",
    ),
    "twint": Shape(
        "created_at",
        "tweet",
        {
            "post_id": "id",
            "account_id": "user_id",
            "thread_id": "conversation_id",
            "likes": "likes_count",
        },
        {"hashtags": "hashtags", "urls": "urls"},
        written=iso,
    ),
    "twarc1-csv": Shape(
        "created_at",
        "text",
        {
            "post_id": "id",
            "account_id": "user_id",
            "reply_to_post_id": "in_reply_to_status_id",
            "likes": "favorite_count",
        },
        {"hashtags": "hashtags", "urls": "urls"},
        separator=" ",
        written=iso,
    ),
    "brandwatch": Shape(
        "Date",
        "Full Text",
        {"post_id": "Resource Id", "account_id": "Author", "likes": "Twitter Likes"},
        {"hashtags": "Hashtags", "urls": "Expanded URLs"},
        separator=", ",
        written=without_zone,
    ),
    "hoaxy": Shape(
        "tweet_created_at",
        None,
        {"post_id": "tweet_id", "account_id": "from_user_id"},
        written=iso,
    ),
    "4cat-facebook": Shape("unix_timestamp", "body", _FOURCAT | {"thread_id": "group_name"}),
    "meta-content-library": Shape(
        "creation_time",
        "text",
        {"post_id": "id", "account_id": "post_owner.id", "likes": "statistics.reaction_count"},
        written=iso,
    ),
    "meta-content-library-comments": Shape(
        "creation_time",
        "text",
        {"post_id": "id", "account_id": "owner.id", "reply_to_post_id": "parent_comment_id"},
    ),
    "crowdtangle-facebook": Shape(
        "Post Created",
        "Message",
        {"post_id": "URL", "account_id": "Facebook Id", "likes": "Likes"},
        written=in_new_york,
    ),
    "crowdtangle-instagram": Shape(
        "Post Created",
        "Description",
        {"post_id": "URL", "account_id": "User Name", "likes": "Likes"},
        written=in_new_york,
    ),
    "youtube-minet": Shape(
        "published_at",
        "text",
        {
            "post_id": "comment_id",
            "account_id": "author_channel_id",
            "reply_to_post_id": "parent_comment_id",
            "thread_id": "video_id",
            "likes": "like_count",
        },
        written=iso,
    ),
    "youtube-data-tools": Shape(
        "publishedAt",
        "text",
        {"post_id": "id", "account_id": "authorName", "reply_to_post_id": "isReplyTo"},
        written=without_zone,
    ),
    "coordination-network-toolkit": Shape(
        "timestamp",
        "message",
        {"post_id": "message_id", "account_id": "user_id", "reply_to_post_id": "reply_id"},
        {"urls": "urls"},
        separator=" ",
    ),
}


@pytest.mark.parametrize("name", SHAPES)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    database=None,
)
@given(posts=POSTS)
def test_written_and_read_back(name: str, posts: list[dict[str, Any]]) -> None:
    shape = SHAPES[name]
    posts = [{"post_id": f"p{number}", **post} for number, post in enumerate(posts)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_text(written(name, posts), encoding="utf-8", newline="")
        got = read_paths(path)
    assert got.result.inputs[0]["format"] == name
    assert got.rejects == []
    assert got.column("time_us") == [post["seconds"] * 1_000_000 for post in posts]
    for column in (*shape.same, *shape.lists):
        assert got.column(column) == [post[column] for post in posts]
    if shape.text is None:
        return
    if shape.spelled is as_html:
        assert [text or "" for text in got.column("text")] == [post["text"].strip(" \n") for post in posts]
    else:
        assert [text or "" for text in got.column("text")] == [post["text"] for post in posts]


def written(name: str, posts: list[dict[str, Any]]) -> str:
    """The posts as the format has them: its fixture's header, empty cells where it knows nothing."""
    shape = SHAPES[name]
    rows = csv.reader(io.StringIO((FIXTURES / f"{name}.csv").read_text(encoding="utf-8"), newline=""))
    # Above the table may stand what was searched for.
    header = next(row for row in rows if len(row) > 2)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, restval="", lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for post in posts:
        row = {theirs: str(post[ours]) for ours, theirs in shape.same.items()}
        row |= {theirs: shape.separator.join(post[ours]) for ours, theirs in shape.lists.items()}
        row |= {shape.time: shape.written(post["seconds"])}
        row |= {} if shape.text is None else {shape.text: shape.spelled(post["text"])}
        writer.writerow(row)
    return out.getvalue()
