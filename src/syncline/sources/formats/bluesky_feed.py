"""Posts as Bluesky's servers show them (`getAuthorFeed`, `searchPosts`, `getPosts`), in pages or one by one.

The record inside is the poster's own, with the time that the poster's program wrote; `indexedAt` is when the server saw
it. A repost in a feed is the reposted post with a reason that says who reposted it and when.
"""

from collections.abc import Iterator
from dataclasses import replace

from syncline.sources.cells import ident, moment, number, words
from syncline.sources.document import first_records, inner
from syncline.sources.format import Format, Probe, Record
from syncline.sources.formats.bluesky import BLIND, LEXICONS, POST, REPOST, clock_gap, posts
from syncline.sources.formats.bluesky_archive import dated

_LISTS = ("feed", "posts")
_SEEN = moment("indexedAt")


def views(value: Record) -> Iterator[Record]:
    """The post by itself; of a repost, the act of reposting."""
    post = inner(value, "post") or value
    reason = inner(value, "reason")
    if not inner(reason, "by"):
        yield {key: cell for key, cell in post.items() if key not in ("embed", "viewer", "threadgate")}
        return
    yield {
        "uri": reason.get("uri"),
        "author": reason["by"],
        "indexedAt": reason.get("indexedAt"),
        "record": {
            "$type": REPOST,
            "text": inner(post, "record").get("text"),
            "subject": {"uri": post.get("uri")},
        },
    }


def _unpacked(look: Probe) -> tuple[Record, ...]:
    found = first_records(look, _LISTS)
    return tuple(view for each in found for view in views(each))


def _holds_views(look: Probe) -> bool:
    found = [each for each in _unpacked(look) if "did" in inner(each, "author")]
    return any(inner(each, "record").get("$type") in (POST, REPOST) for each in found)


FORMAT = Format(
    name="bluesky-feed",
    title="Bluesky feeds and searches (JSON, JSON Lines)",
    source=f"{LEXICONS}; app.bsky.feed.defs postView, feedViewPost, reasonRepost",
    kinds=("jsonl", "json"),
    needs=frozenset({"uri", "author.did", "record.$type", "indexedAt"}),
    also=(frozenset({"post.uri", "post.author.did"}), frozenset({"feed"}), frozenset({"posts"})),
    check=_holds_views,
    lists=_LISTS,
    unpack=views,
    posts={
        "post_id": ident("uri"),
        "account_id": ident("author.did"),
        "time_us": _SEEN,
        "clock_gap_us": clock_gap(_SEEN, "record.createdAt"),
        **posts("record"),
        "likes": number("likeCount"),
        "reposts": number("repostCount"),
        "replies": number("replyCount"),
    },
    accounts={
        "username": words("author.handle"),
        "display_name": words("author.displayName"),
        "created_us": moment("author.createdAt"),
    },
    platform="bluesky",
    adapt=lambda declared, look: dated("indexedAt", "record.createdAt")(
        declared, replace(look, sample=_unpacked(look))
    ),
    blind=BLIND,
)
