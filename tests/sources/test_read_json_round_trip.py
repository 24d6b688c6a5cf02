"""Posts written in the shape of a JSON format and read back are the same posts."""

import html
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_files import read_paths

Post = dict[str, Any]

# Text as it is posted, but nothing that reads as a repost, and no blanks around it, which HTML does not keep.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30).map(
    lambda text: text.strip("\n ").removeprefix("RT @")
)
NUMBERS = st.integers(1, 2**60).map(str)
TAGS = st.lists(
    st.from_regex(r"[a-zA-Z]\w{1,10}", fullmatch=True).filter(lambda tag: tag.lower() not in ("nan", "null")),
    max_size=3,
    unique=True,
)
LINKS = st.lists(
    st.from_regex(r"https://[a-z]{1,8}\.org/[a-z0-9/?=&%.-]{0,12}[a-z0-9]", fullmatch=True),
    max_size=2,
    unique=True,
)
POSTS = st.lists(
    st.fixed_dictionaries(
        {
            "account_id": NUMBERS,
            "time_us": st.integers(631_152_000, 4_133_980_799).map(lambda second: second * 1_000_000),
            "text": WORDS,
            "reposted_post_id": st.none() | NUMBERS,
            "reply_to_post_id": st.none() | NUMBERS,
            "hashtags": TAGS,
            "urls": LINKS,
        }
    ),
    min_size=1,
    max_size=6,
)


def at(post: Post, pattern: str) -> str:
    return datetime.fromtimestamp(post["time_us"] / 1_000_000, UTC).strftime(pattern)


def iso(post: Post) -> str:
    return at(post, "%Y-%m-%dT%H:%M:%SZ")


def lines(records: list[Any]) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def units(words: str) -> int:
    """The length that Telegram counts: an emoji is two."""
    return len(words.encode("utf-16-le")) // 2


def tweets(posts: list[Post]) -> str:
    def tweet(post: Post) -> Post:
        said = {
            "full_text": post["text"],
            "entities": {
                "hashtags": [{"text": tag} for tag in post["hashtags"]],
                "urls": [{"url": "https://t.co/a", "expanded_url": url} for url in post["urls"]],
                "user_mentions": [],
            },
        }
        cut = {"full_text": "RT @bob: cut", "entities": {"hashtags": [], "urls": []}}
        reposted = post["reposted_post_id"]
        return {
            "id_str": post["post_id"],
            "created_at": at(post, "%a %b %d %H:%M:%S +0000 %Y"),
            "user": {"id_str": post["account_id"]},
            "in_reply_to_status_id_str": post["reply_to_post_id"],
            **(said if reposted is None else cut),
            **({} if reposted is None else {"retweeted_status": {"id_str": reposted, **said}}),
        }

    return lines([tweet(post) for post in posts])


def skeets(posts: list[Post]) -> str:
    def event(post: Post) -> Post:
        reposted, replied = post["reposted_post_id"], post["reply_to_post_id"]
        kind = "post" if reposted is None else "repost"
        features = [{"tag": tag} for tag in post["hashtags"]] + [{"uri": url} for url in post["urls"]]
        written = {
            "text": post["text"],
            "facets": [{"index": {}, "features": [each]} for each in features],
            **({} if replied is None else {"reply": {"parent": {"uri": replied}}}),
        }
        record = written if reposted is None else {"subject": {"uri": reposted}}
        return {
            "did": post["account_id"],
            "time_us": post["time_us"],
            "kind": "commit",
            "commit": {
                "operation": "create",
                "collection": f"app.bsky.feed.{kind}",
                "rkey": post["post_id"],
                "record": {"$type": f"app.bsky.feed.{kind}", "createdAt": iso(post), **record},
            },
        }

    return lines([event(post) for post in posts])


def toots(posts: list[Post]) -> str:
    def status(post: Post) -> Post:
        anchors = "".join(f'<a href="{html.escape(url)}"></a>' for url in post["urls"])
        words = html.escape(post["text"]).replace("\n", "<br>")
        said = {"content": f"<p>{words}</p>{anchors}", "tags": [{"name": tag} for tag in post["hashtags"]]}
        reposted = post["reposted_post_id"]
        return {
            "id": "1",
            "uri": post["post_id"],
            "created_at": iso(post),
            "account": {"id": "1", "username": "ann", "url": post["account_id"]},
            "in_reply_to_id": post["reply_to_post_id"],
            "content": "",
            **(said if reposted is None else {"reblog": {"id": "2", "uri": reposted, **said}}),
        }

    return json.dumps([status(post) for post in posts], ensure_ascii=False)


def chat(posts: list[Post]) -> str:
    def message(post: Post) -> Post:
        links = [{"type": "text_link", "text": "", "href": url} for url in post["urls"]]
        tags = [{"type": "hashtag", "text": f"#{tag}"} for tag in post["hashtags"]]
        replied = post["reply_to_post_id"]
        return {
            "id": int(post["post_id"]),
            "type": "message",
            "date_unixtime": str(post["time_us"] // 1_000_000),
            "from_id": f"user{post['account_id']}",
            "text": [post["text"], *links, *tags],
            **({} if replied is None else {"reply_to_message_id": int(replied)}),
        }

    messages = [message(post) for post in posts]
    return json.dumps(
        {"name": "n", "type": "public_channel", "id": 7, "messages": messages}, indent=1, ensure_ascii=False
    )


def dump(posts: list[Post]) -> str:
    def message(post: Post) -> Post:
        words, entities = post["text"], []
        for tag in post["hashtags"]:
            entities.append({"_": "MessageEntityHashtag", "offset": units(words), "length": units(f"#{tag}")})
            words += f"#{tag}"
        entities += [
            {"_": "MessageEntityTextUrl", "offset": 0, "length": 1, "url": url} for url in post["urls"]
        ]
        replied = post["reply_to_post_id"]
        return {
            "_": "Message",
            "id": int(post["post_id"]),
            "peer_id": {"_": "PeerChannel", "channel_id": 7},
            "from_id": {"_": "PeerUser", "user_id": int(post["account_id"])},
            "date": iso(post),
            "message": words,
            "entities": entities,
            "reply_to": None if replied is None else {"reply_to_msg_id": int(replied)},
        }

    return lines([message(post) for post in posts])


def submissions(posts: list[Post]) -> str:
    def submission(post: Post) -> Post:
        url = post["urls"][0] if post["urls"] else None
        return {
            "id": post["post_id"],
            "author": post["account_id"],
            "created_utc": post["time_us"] // 1_000_000,
            "subreddit": "s",
            "title": html.escape(post["text"], quote=False),
            "selftext": "",
            "url": url and html.escape(url, quote=False),
            "is_self": False,
            "parent_id": post["reply_to_post_id"],
            "crosspost_parent": post["reposted_post_id"],
        }

    return lines([submission(post) for post in posts])


def in_chat(number: str | None) -> str | None:
    return number and f"7-{number}"


def of_chat(post: Post) -> Post:
    said = post["text"] + "".join(f"#{tag}" for tag in post["hashtags"])
    return post | {
        "post_id": in_chat(post["post_id"]),
        "reply_to_post_id": in_chat(post["reply_to_post_id"]),
        "reposted_post_id": None,
        "text": said,
    }


def of_bluesky(post: Post) -> Post:
    reposted = post["reposted_post_id"] is not None
    address = f"app.bsky.feed.{'repost' if reposted else 'post'}/{post['post_id']}"
    bare = {"text": "", "hashtags": [], "urls": [], "reply_to_post_id": None} if reposted else {}
    return post | {"post_id": f"at://{post['account_id']}/{address}", **bare}


def outbox(posts: list[Post]) -> str:
    def activity(post: Post) -> Post:
        anchors = "".join(f'<a href="{html.escape(url)}"></a>' for url in post["urls"])
        words = html.escape(post["text"]).replace("\n", "<br>")
        reposted = post["reposted_post_id"]
        said = {
            "id": reposted or post["post_id"],
            "content": f"<p>{words}</p>{anchors}",
            "inReplyTo": post["reply_to_post_id"],
            "tag": [{"type": "Hashtag", "name": f"#{tag}"} for tag in post["hashtags"]],
        }
        return {
            "id": post["post_id"],
            "type": "Announce" if reposted else "Create",
            "actor": post["account_id"],
            "published": iso(post),
            "object": said,
        }

    return json.dumps({"type": "OrderedCollection", "orderedItems": [activity(post) for post in posts]})


def of_outbox(post: Post) -> Post:
    """What is passed on may answer something, but who passes it on does not."""
    return post | {"reply_to_post_id": None if post["reposted_post_id"] else post["reply_to_post_id"]}


def of_reddit(post: Post) -> Post:
    return post | {"post_id": f"t3_{post['post_id']}", "urls": post["urls"][:1], "hashtags": []}


WRITERS: dict[str, tuple[Callable[[list[Post]], str], Callable[[Post], Post]]] = {
    "twitter-v1": (tweets, lambda post: post),
    "bluesky-jetstream": (skeets, of_bluesky),
    "mastodon": (toots, lambda post: post),
    "activitypub-outbox": (outbox, of_outbox),
    "telegram-desktop": (chat, of_chat),
    "telethon": (dump, of_chat),
    "reddit": (submissions, of_reddit),
}


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(POSTS)
def test_posts_come_back(name: str, posts: list[Post]) -> None:
    write, expected = WRITERS[name]
    numbered = [{"post_id": str(number), **post} for number, post in enumerate(posts, start=1)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "posts.json"
        path.write_text(write(numbered), encoding="utf-8", newline="")
        got = read_paths(path)
    (file,) = got.result.inputs
    assert (file["format"], got.rejects) == (name, [])
    for column in (
        "post_id",
        "account_id",
        "time_us",
        "reposted_post_id",
        "reply_to_post_id",
        "urls",
        "hashtags",
    ):
        assert got.column(column) == [expected(post)[column] for post in numbered], column
    assert [text or "" for text in got.column("text")] == [expected(post)["text"] for post in numbered]
