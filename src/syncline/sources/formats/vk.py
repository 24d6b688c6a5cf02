"""VK's interface, posts of walls and comments below them: one by one, or answers of `wall.get` and its like."""

import re
from collections.abc import Iterator
from typing import Any

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, first_links, ident, listing, moment, number, words
from syncline.sources.document import first_records, inner
from syncline.sources.format import Format, Probe, Record

_LISTS = ("response.items", "items")
# [id1|Ann] names a person, [club1|River] and [public1|River] a group, whose number is negative everywhere else.
_NAMED = re.compile(r"\[(id|club|public)(\d+)\|([^\]]*)\]")


def entries(entry: Record) -> Iterator[Record]:
    """A post or a comment, with the numbers of those involved, and the answers to it."""
    for answer in inner(entry, "thread").get("items") or []:
        yield from entries({**{name: entry.get(name) for name in ("owner_id", "post_id")}, **answer})
    wall = entry.get("owner_id", entry.get("to_id"))
    text = str(entry.get("text") or "")
    copied: Record = next(iter(entry.get("copy_history") or []), {})
    origin, copy = (
        copied.get("owner_id") or entry.get("copy_owner_id"),
        copied.get("id") or entry.get("copy_post_id"),
    )
    above = entry.get("reply_to_comment") or entry.get("post_id")
    yield {
        "id": _numbered(wall, entry.get("id")),
        # What was deleted is nobody's.
        "from_id": entry.get("from_id") or None,
        "date": entry.get("date"),
        "text": _NAMED.sub(r"\3", text or str(copied.get("text") or "")),
        # Who adds words of their own quotes.
        "passed_on": _numbered(origin, copy) if not text else None,
        "passed_on_from": origin if not text else None,
        "quoted": _numbered(origin, copy) if text else None,
        "answered": _numbered(wall, above),
        "answered_account": entry.get("reply_to_user") or None,
        "links": _links(entry) + (_links(copied) if not text else []),
        "mentions": [number if kind == "id" else f"-{number}" for kind, number, _ in _NAMED.findall(text)],
        "client": inner(entry, "post_source").get("platform"),
        **{name: inner(entry, name).get("count") for name in ("likes", "reposts", "comments")},
    }


def _numbered(wall: Any, number: Any) -> str | None:
    return f"{wall}_{number}" if wall and number else None


def _links(entry: Record) -> list[str]:
    attached = [inner(each, "link").get("url") for each in entry.get("attachments") or []]
    return [url for url in attached if url]


def _is_vk(look: Probe) -> bool:
    found = first_records(look, _LISTS)
    # What was deleted has no author.
    told = [
        each for each in found if all(isinstance(each.get(name), int) for name in ("id", "from_id", "date"))
    ]
    return 2 * len(told) > len(found)


FORMAT = Format(
    name="vk",
    title="VK, posts of walls and comments (JSON, JSON Lines)",
    source="VK API, wall.get and wall.getComments; negezor/vk-io, WallWallpostFull and WallWallComment",
    kinds=("jsonl", "json"),
    needs=frozenset({"id", "from_id", "owner_id", "date", "text"}),
    also=(
        frozenset({"id", "from_id", "post_id", "date", "text"}),
        frozenset({"response.items"}),
        frozenset({"items"}),
    ),
    check=_is_vk,
    lists=_LISTS,
    unpack=entries,
    posts={
        "post_id": ident("id"),
        "account_id": ident("from_id"),
        "time_us": moment("date"),
        "text": words("text"),
        "is_repost": expression("{0} IS NOT NULL", "passed_on"),
        "reposted_post_id": ident("passed_on"),
        "reposted_account_id": ident("passed_on_from"),
        "reply_to_post_id": ident("answered"),
        "reply_to_account_id": ident("answered_account"),
        "quoted_post_id": ident("quoted"),
        "urls": first_links("links", words="text"),
        "mentions": listing("mentions"),
        "client": words("client"),
        "likes": number("likes"),
        "reposts": number("reposts"),
        "replies": number("comments"),
    },
    platform="vk",
    blind={"media": NO_IMAGES},
)
