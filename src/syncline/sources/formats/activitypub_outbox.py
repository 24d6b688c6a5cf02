"""ActivityPub outboxes, as in the archive that a server of the Fediverse gives to its users: activities in order.

Posts are known by the same address as in `mastodon`, and so are accounts of servers that run Mastodon, whose activities
name the machine's address of an account and the API the one that people see.
"""

import re
from collections.abc import Iterator
from typing import Any

from syncline.sources.cells import expression, ident, links, listing, moment, words
from syncline.sources.document import first_records, inner
from syncline.sources.format import Format, Probe, Record
from syncline.sources.formats import markup
from syncline.sources.formats.mastodon import BLIND, server

LISTS = ("orderedItems", "first.orderedItems")
_OF_MASTODON = re.compile(r"(https?://[^/]+)/users/([^/]+)(?=/statuses/\d)")
_QUOTES = ("quote", "quoteUri", "quoteUrl", "_misskey_quote")


def activities(activity: Record) -> Iterator[Record]:
    """The activity with what is said, in plain places, of the post that it makes or passes on."""
    shown = inner(activity, "object")
    passed_on = activity.get("type") == "Announce"
    author, object_id = _id(activity.get("actor")), _id(activity.get("object"))
    post = _id(activity) if passed_on else object_id or _id(activity)
    account = _seen(author, post)
    answered = None if passed_on else _id(shown.get("inReplyTo"))
    yield {
        "type": activity.get("type"),
        "id": post,
        "account": account,
        "username": _address(account),
        "published": activity.get("published") or shown.get("published"),
        "words": markup.words(_content(shown)),
        "lang": _language(shown),
        "reposted": object_id if passed_on else None,
        "reposted_account": (_account(object_id) or _id(shown.get("attributedTo"))) if passed_on else None,
        "answered": answered,
        "answered_account": _account(answered),
        "quoted": None if passed_on else next((_id(shown[key]) for key in _QUOTES if shown.get(key)), None),
        "conversation": shown.get("conversation"),
        "links": _links(shown),
        "tags": [tag.get("name") for tag in _tags(shown, "Hashtag")],
        "mentions": [_mentioned(tag) for tag in _tags(shown, "Mention")],
    }


def _id(value: Any) -> str | None:
    """The address of what is named by it alone, or given whole."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else None


def _seen(author: str | None, post: str | None) -> str | None:
    """The address that people see of the author, where that of the post tells it, else the machine's."""
    return _account(post) if author and post and post.startswith(f"{author}/statuses/") else author


def _account(post: str | None) -> str | None:
    """The address that people see of the account whose post it is, on a server that runs Mastodon."""
    found = _OF_MASTODON.match(post or "")
    return f"{found[1]}/@{found[2]}" if found else None


def _address(account: str | None) -> str | None:
    """`name@server`, out of the address on the web."""
    host, sign, name = (account or "").partition("/@")
    return f"{name}@{server(host)}" if sign else None


def _content(post: Record) -> Any:
    return post.get("content") or next(iter(inner(post, "contentMap").values()), None)


def _language(post: Record) -> str | None:
    """The language of the words, where they are in one."""
    languages = list(inner(post, "contentMap"))
    return languages[0] if len(languages) == 1 else None


def _tags(post: Record, kind: str) -> list[Record]:
    tags = post.get("tag")
    listed = tags if isinstance(tags, list) else [tags]
    return [each for each in listed if isinstance(each, dict) and each.get("type") == kind]


def _mentioned(tag: Record) -> str | None:
    """`name@server`: a server leaves itself out when it names an account of its own."""
    name, host = str(tag.get("name") or "").lstrip("@"), server(tag.get("href"))
    return name if not name or "@" in name or not host else f"{name}@{host}"


def _links(post: Record) -> list[str]:
    """Where the words link to, but for the accounts and hashtags that they name, which not every server marks."""
    named = {str(tag.get("href")) for kind in ("Mention", "Hashtag") for tag in _tags(post, kind)}
    return [each for each in dict.fromkeys(markup.links(_content(post))) if each not in named]


def _holds_activities(look: Probe) -> bool:
    found = first_records(look, LISTS)
    return 2 * sum({"type", "actor", "object"} <= each.keys() for each in found) > len(found)


FORMAT = Format(
    name="activitypub-outbox",
    title="ActivityPub outbox, as in Mastodon's archives (JSON, JSON Lines)",
    source="W3C ActivityPub and ActivityStreams vocabulary; Mastodon documentation, ActivityPub",
    kinds=("json", "jsonl"),
    needs=frozenset({"type", "actor", "published", "object"}),
    also=(frozenset({"orderedItems"}), frozenset({"first.orderedItems"})),
    check=_holds_activities,
    lists=LISTS,
    unpack=activities,
    posts={
        "post_id": ident("id"),
        "account_id": ident("account"),
        "time_us": moment("published"),
        "text": words("words"),
        "lang": words("lang"),
        "is_repost": expression("{0} = 'Announce'", "type"),
        "reposted_post_id": ident("reposted"),
        "reposted_account_id": ident("reposted_account"),
        "reply_to_post_id": ident("answered"),
        "reply_to_account_id": ident("answered_account"),
        "quoted_post_id": ident("quoted"),
        "thread_id": ident("conversation"),
        "urls": links("links"),
        "hashtags": listing("tags"),
        "mentions": listing("mentions"),
    },
    accounts={"username": words("username")},
    row=expression(
        "CASE WHEN {0} IN ('Create', 'Announce') THEN NULL ELSE COALESCE({0} || ' activity', 'no activity') END",
        "type",
    ),
    platform="mastodon",
    blind=BLIND,
)
