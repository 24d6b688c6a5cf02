"""Telegram messages as Telethon writes them (`to_dict`, `to_json`), also out of 4CAT."""

from collections.abc import Iterator
from typing import Any

from syncline.sources.cells import expression, ident, links, listing, moment, number, words
from syncline.sources.document import inner
from syncline.sources.format import Format, Record
from syncline.sources.formats.telegram import NO_IMAGES, address

_PEERS = ("channel_id", "chat_id", "user_id")


def messages(message: Record) -> Iterator[Record]:
    """The message with the numbers of those involved, and what its entities mark."""
    chat = _peer(message.get("peer_id") or message.get("to_id"))
    sender = inner(message, "_sender")
    names = (sender.get("first_name"), sender.get("last_name"))
    forward = inner(message, "fwd_from")
    # Older versions name a channel beside the author who signed the post.
    origin = forward.get("channel_id") or _peer(forward.get("from_id"))
    reply = inner(message, "reply_to")
    marked = list(_marked(message))
    page = inner(message, "media", "webpage").get("url")
    yield {
        "id": message.get("id"),
        "kind": message.get("_") or message.get("_type"),
        "action": inner(message, "action").get("_") or inner(message, "action").get("_type"),
        "chat": chat,
        "sender": _peer(message.get("from_id")) or sender.get("id") or _unnamed_sender(message, chat),
        "date": message.get("date"),
        "message": message.get("message"),
        "forwarded": bool(forward),
        "forwarded_from": origin or forward.get("from_name"),
        "forwarded_post": None
        if _is_wordless_part(message)
        else _joined(origin, forward.get("channel_post")),
        "reply_to": None
        if _in_topic_alone(reply)
        else _joined(
            _peer(reply.get("reply_to_peer_id")) or chat,
            reply.get("reply_to_msg_id") or message.get("reply_to_msg_id"),
        ),
        # The page that is shown is that of one of these links.
        "links": list(dict.fromkeys(marked_as(marked, "link"))) or ([page] if page else []),
        "hashtags": marked_as(marked, "hashtag"),
        "mentions": marked_as(marked, "mention"),
        "via_bot_id": message.get("via_bot_id"),
        "reactions": _total(inner(message, "reactions").get("results")),
        "forwards": message.get("forwards"),
        "replies": inner(message, "replies").get("replies"),
        "username": sender.get("username"),
        "name": " ".join(str(name) for name in names if name) or sender.get("title"),
    }


def _unnamed_sender(message: Record, chat: Any) -> Any:
    """What a channel posts has no sender, nor what the other says in private; what the dump's owner says there has none
    to be known by.
    """
    private = isinstance(message.get("peer_id"), dict) and "user_id" in message["peer_id"]
    return None if private and message.get("out") else chat


def _is_wordless_part(message: Record) -> bool:
    """Whether it is one picture of an album: who passes that on does one thing, told by the one with the words."""
    return message.get("grouped_id") is not None and not message.get("message")


def _in_topic_alone(reply: Record) -> bool:
    """Whether what is answered is the topic of a forum, to which everything in it seems an answer."""
    return bool(reply.get("forum_topic")) and not reply.get("reply_to_top_id")


def marked_as(marked: list[tuple[str, str]], kind: str) -> list[str]:
    """What is marked as `kind`, in its order."""
    return [words for name, words in marked if name == kind]


def _marked(message: Record) -> Iterator[tuple[str, str]]:
    # Offsets count units of UTF-16, in which an emoji is two.
    units = str(message.get("message") or "").encode("utf-16-le", "surrogatepass")
    for entity in message.get("entities") or []:
        kind = str(entity.get("_") or entity.get("_type")).removeprefix("MessageEntity")
        start = 2 * int(entity.get("offset") or 0)
        words = units[start : start + 2 * int(entity.get("length") or 0)].decode("utf-16-le", "replace")
        if kind == "Url":
            yield "link", address(words)
        elif kind == "TextUrl":
            yield "link", str(entity.get("url") or "")
        elif kind in ("Hashtag", "Mention"):
            yield kind.lower(), words
        elif kind == "MentionName":
            yield "mention", str(entity.get("user_id") or "")


def _peer(peer: Any) -> Any:
    """The number of a user, group or channel; older versions give it bare."""
    if isinstance(peer, dict):
        return next((peer[key] for key in _PEERS if peer.get(key) is not None), None)
    return peer


def _joined(chat: Any, number: Any) -> str | None:
    return f"{chat}-{number}" if chat is not None and number is not None else None


def _total(results: Any) -> int | None:
    return sum(each.get("count") or 0 for each in results) if isinstance(results, list) else None


FORMAT = Format(
    name="telethon",
    title="Telethon messages (JSON, JSON Lines)",
    source="LonamiWebs/Telethon 046dbb5, telethon/tl/custom/message.py, and 03bd3aa, telethon/tl/tlobject.py; Telegram "
    "API, constructor messageReplyHeader; 4CAT 227bead, datasources/telegram/search_telegram.py",
    kinds=("jsonl", "json"),
    needs=frozenset({"id", "date", "peer_id", "message"}),
    also=(frozenset({"id", "date", "to_id", "message"}), frozenset({"id", "date", "peer_id", "action"})),
    unpack=messages,
    posts={
        "post_id": expression("COALESCE({0} || '-', '') || {1}", "chat", "id"),
        "account_id": ident("sender"),
        "time_us": moment("date"),
        "text": words("message"),
        "is_repost": expression("{0} = 'true'", "forwarded"),
        "reposted_post_id": ident("forwarded_post"),
        "reposted_account_id": ident("forwarded_from"),
        "reply_to_post_id": ident("reply_to"),
        "thread_id": ident("chat"),
        "urls": links("links"),
        "hashtags": listing("hashtags"),
        "mentions": listing("mentions"),
        "client": words("via_bot_id"),
        "likes": number("reactions"),
        "reposts": number("forwards"),
        "replies": number("replies"),
    },
    accounts={"username": words("username"), "display_name": words("name")},
    platform="telegram",
    row=expression("CASE WHEN {0} <> 'Message' THEN {0} || COALESCE(': ' || {1}, '') END", "kind", "action"),
    blind={"media": NO_IMAGES},
)
