"""Mastodon statuses, as the API of any server of the Fediverse gives them.

Numbers of posts and accounts differ from server to server, so posts are known by their `uri` and
accounts by their address on the web. The post that is answered is known only by its number.
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from syncline.sources.cells import expression, ident, links, listing, moment, number, words
from syncline.sources.document import first_records, inner
from syncline.sources.format import Format, Probe, Record
from syncline.sources.formats import markup

TRUTH_SOCIAL = "truthsocial.com"
LISTS = ("statuses", "ancestors", "descendants")
NEEDS = frozenset({"id", "created_at", "content", "account.id", "account.username"})
BLIND = {"media": "the format links to images but holds neither them nor their hashes"}


def statuses(status: Record) -> Iterator[Record]:
    """The status with the words, links and tags of what it reposts, or else of its own."""
    original = inner(status, "reblog")
    shown = original or status
    card = inner(shown, "card").get("url")
    yield {
        **{key: value for key, value in status.items() if not isinstance(value, (dict, list))},
        "account": {**inner(status, "account"), "address": address(inner(status, "account"))},
        "original": _named(original),
        "quoted": _named(inner(status, "quote", "quoted_status") or inner(status, "quote")),
        "replied_account": _replied_account(status),
        "words": markup.words(shown.get("content")),
        "bio": markup.words(inner(status, "account").get("note")),
        # The card shows one of these links, perhaps where it leads in the end: together they would count as two.
        "links": list(dict.fromkeys(markup.links(shown.get("content")))) or ([card] if card else []),
        "tags": [tag.get("name") for tag in shown.get("tags") or []],
        "mentions": [address(each) for each in shown.get("mentions") or []],
        "application": inner(status, "application"),
    }


def _named(status: Record) -> Record | None:
    if not status:
        return None
    return {"id": status.get("id"), "uri": status.get("uri"), "account": inner(status, "account")}


def address(account: Record) -> str | None:
    """`name@server`: a server leaves itself out when it names an account of its own."""
    name, host = account.get("acct") or account.get("username"), server(account.get("url"))
    return name if not name or "@" in name or not host else f"{name}@{host}"


def server(url: object) -> str | None:
    """The host that an address leads to; None where it is no address."""
    try:
        return urlsplit(str(url or "")).hostname
    except ValueError:
        return None


def _replied_account(status: Record) -> Any:
    """The web address of the account that is answered, which is mentioned, or is the author's own."""
    wanted = status.get("in_reply_to_account_id")
    known = [inner(status, "account"), *(status.get("mentions") or [])]
    return next((each.get("url") for each in known if wanted is not None and each.get("id") == wanted), None)


def is_truth_social(status: Record) -> bool:
    """Whether the status is of that one server, by its address or its author's."""
    addresses = (status.get("url"), status.get("uri"), inner(status, "account").get("url"))
    return any(server(each) in (TRUTH_SOCIAL, f"www.{TRUTH_SOCIAL}") for each in addresses)


def mostly(test: Callable[[Record], bool], look: Probe) -> bool:
    """Whether `test` holds for most of the first statuses."""
    found = [each for each in first_records(look, LISTS) if "account" in each]
    return 2 * sum(map(test, found)) > len(found)


POSTS = {
    "post_id": ident("uri", "url", "id"),
    "account_id": ident("account.url", "account.acct"),
    "time_us": moment("created_at"),
    "text": words("words"),
    "lang": words("language"),
    "is_repost": expression("{0} IS NOT NULL", "original"),
    "reposted_post_id": ident("original.uri"),
    "reposted_account_id": ident("original.account.url", "original.account.acct"),
    "reply_to_post_id": ident("in_reply_to_id"),
    "reply_to_account_id": ident("replied_account"),
    "quoted_post_id": ident("quoted.uri"),
    "urls": links("links"),
    "hashtags": listing("tags"),
    "mentions": listing("mentions"),
    "client": words("application.name"),
    "likes": number("favourites_count"),
    "reposts": number("reblogs_count"),
    "replies": number("replies_count"),
}
ACCOUNTS = {
    "username": words("account.address"),
    "display_name": words("account.display_name"),
    "bio": words("bio"),
    "created_us": moment("account.created_at"),
    "followers": number("account.followers_count"),
    "following": number("account.following_count"),
    "posts_count": number("account.statuses_count"),
}

FORMAT = Format(
    name="mastodon",
    title="Mastodon statuses (JSON, JSON Lines)",
    source="Mastodon documentation, entities Status, Account and Quote; public typed clients",
    kinds=("jsonl", "json"),
    needs=NEEDS | {"uri"},
    also=(frozenset({"accounts", "statuses"}), frozenset({"ancestors", "descendants"})),
    check=lambda look: mostly(lambda status: not is_truth_social(status), look),
    lists=LISTS,
    unpack=statuses,
    posts=POSTS,
    accounts=ACCOUNTS,
    platform="mastodon",
    blind=BLIND,
    notes={
        "": "Mastodon: replies are told by the number of the answered post on the server that was asked, so replies "
        "seen on two servers are not compared."
    },
)
