"""Telegram Desktop's `result.json`: one chat, or the whole export with its chats."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from syncline.sources.cells import expression, ident, links, listing, moment, number, words
from syncline.sources.document import ENCLOSING, inner, records
from syncline.sources.format import Format, Probe, Record
from syncline.sources.formats.telegram import NO_IMAGES, PEER, address

_LISTS = ("messages", "chats.list.messages", "left_chats.list.messages")


def messages(message: Record) -> Iterator[Record]:
    """The message with its text in one piece, and the links, hashtags and mentions out of the pieces."""
    parts = _parts(message)
    yield {
        **message,
        "text": "".join(str(part.get("text") or "") for part in parts),
        "text_entities": None,
        "links": [address(link) for part in parts if (link := _link(part))],
        "hashtags": [part["text"] for part in parts if part.get("type") == "hashtag"],
        "mentions": [name for part in parts if (name := _mention(part))],
        "forwarded": "forwarded_from" in message,
        "reactions": _total(message.get("reactions")),
    }


def _apart_from_topics(declared: Format, _: Probe) -> Format:
    """For one file: what is said in a topic of a forum seems an answer to the message that opened it, and is none."""
    opened: set[tuple[Any, Any]] = set()

    def unpacked(message: Record) -> Iterator[Record]:
        chat = inner(message, ENCLOSING).get("id")
        if message.get("action") == "topic_created":
            opened.add((chat, message.get("id")))
        elif not message.get("reply_to_peer_id") and (chat, message.get("reply_to_message_id")) in opened:
            message = {**message, "reply_to_message_id": None}
        yield from messages(message)

    return replace(declared, unpack=unpacked)


def _parts(message: Record) -> list[Record]:
    """The pieces of the text: a plain string, or strings and objects mixed, or objects alone in `text_entities`."""
    text = message.get("text") or message.get("text_entities") or []
    pieces = text if isinstance(text, list) else [text]
    return [piece if isinstance(piece, dict) else {"type": "plain", "text": piece} for piece in pieces]


def _link(part: Record) -> str:
    if part.get("type") == "text_link":
        return str(part.get("href") or "")
    return str(part.get("text") or "") if part.get("type") == "link" else ""


def _mention(part: Record) -> str:
    if part.get("type") == "mention_name":
        return str(part.get("user_id") or "")
    return str(part.get("text") or "") if part.get("type") == "mention" else ""


def _total(reactions: Any) -> int | None:
    if not isinstance(reactions, list):
        return None
    return sum(each.get("count") or 0 for each in reactions if isinstance(each, dict))


def _is_export(look: Probe) -> bool:
    found = [each for value in look.sample for each in records(value, _LISTS)]
    # A broken message among them does not make the export another thing.
    return 2 * sum(isinstance(each, dict) and {"id", "type"} <= each.keys() for each in found) >= len(found)


FORMAT = Format(
    name="telegram-desktop",
    title="Telegram Desktop export, result.json",
    source="telegramdesktop/tdesktop 929032d, export/output/export_output_json.cpp; export/data/export_data_types.cpp",
    kinds=("json", "jsonl"),
    needs=frozenset({"messages", "type"}),
    also=(frozenset({"chats.list"}),),
    check=_is_export,
    lists=_LISTS,
    unpack=messages,
    adapt=_apart_from_topics,
    posts={
        "post_id": expression("COALESCE({0}, {1}) || '-' || {2}", "enclosing.id", "enclosing.name", "id"),
        # What a channel posts may have no sender.
        "account_id": expression(
            f"COALESCE({PEER}, CASE WHEN {{1}} LIKE '%channel' THEN {{2}} END)",
            "from_id",
            "enclosing.type",
            "enclosing.id",
        ),
        # Not `date`, which is in the zone of the computer that made the export.
        "time_us": moment("date_unixtime"),
        "text": words("text"),
        "is_repost": expression("{0} = 'true'", "forwarded"),
        "reposted_account_id": ident("forwarded_from"),
        "reply_to_post_id": expression(
            "COALESCE(regexp_replace({0}, '^(user|channel|chat)', ''), {1}, {2}) || '-' || {3}",
            "reply_to_peer_id",
            "enclosing.id",
            "enclosing.name",
            "reply_to_message_id",
        ),
        "thread_id": ident("enclosing.id", "enclosing.name"),
        "urls": links("links"),
        "hashtags": listing("hashtags"),
        "mentions": listing("mentions"),
        "client": words("via_bot"),
        "likes": number("reactions"),
    },
    accounts={"display_name": words("from")},
    platform="telegram",
    row=expression(
        "CASE WHEN {0} <> 'message' THEN {0} || COALESCE(' message: ' || {1}, ' message') END",
        "type",
        "action",
    ),
    blind={"media": NO_IMAGES},
    notes={
        "": "Telegram: a forwarded message is told by the name of its author and its text, because the export "
        "holds neither its id nor the author's."
    },
)
