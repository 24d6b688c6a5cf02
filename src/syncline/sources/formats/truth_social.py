"""Truth Social statuses, from the API or collected with Zeeschuimer. One server, so its numbers are enough.

Links in a status lead through an address of the server's own; where to, its card says, or its words.
"""

import re
from collections.abc import Iterator

from syncline.sources.cells import ident, moment, words, yes_no
from syncline.sources.document import inner
from syncline.sources.format import Format, Record
from syncline.sources.formats import markup
from syncline.sources.formats.mastodon import (
    ACCOUNTS,
    BLIND,
    LISTS,
    NEEDS,
    POSTS,
    TRUTH_SOCIAL,
    is_truth_social,
    mostly,
    statuses,
)
from syncline.sources.formats.zeeschuimer import COLLECTED, opened

_OF_ZEESCHUIMER = frozenset({"source_platform", "data.content", "data.created_at", "data.account.id"})


_OWN_LINK = "https://links.truthsocial.com/"
_WRITTEN_LINK = re.compile(r"https?://\S+")


def truths(record: Record) -> Iterator[Record]:
    """The status without an envelope, as `mastodon.statuses` gives it."""
    status, collected = opened(record)
    wanted = status.get("in_reply_to_account_id")
    for found in statuses(status):
        yield {
            **found,
            "replied_account": wanted,
            "mentions": _mentioned(status),
            "links": _links(inner(status, "reblog") or status),
            COLLECTED: collected,
        }


def _links(shown: Record) -> list[object]:
    card = inner(shown, "card").get("url")
    if card:
        return [card]
    leads = [link for link in markup.links(shown.get("content")) if not link.startswith(_OWN_LINK)]
    return [*(leads or _WRITTEN_LINK.findall(markup.words(shown.get("content")) or ""))]


def _mentioned(status: Record) -> list[object]:
    shown = inner(status, "reblog") or status
    return [each.get("username") or each.get("acct") for each in shown.get("mentions") or []]


def _is_truth(record: Record) -> bool:
    return record.get("source_platform") == TRUTH_SOCIAL or is_truth_social(opened(record)[0])


FORMAT = Format(
    name="truth-social",
    title="Truth Social statuses (JSON, JSON Lines), also Zeeschuimer's",
    source="Mastodon API, entity Status; 4CAT 227bead, datasources/truth/search_truth.py; stanfordio/truthbrush "
    "1639259, truthbrush/cli.py",
    kinds=("jsonl", "json"),
    needs=NEEDS,
    also=(
        _OF_ZEESCHUIMER,
        NEEDS | {"uri"},
        frozenset({"accounts", "statuses"}),
        frozenset({"ancestors", "descendants"}),
    ),
    lists=LISTS,
    check=lambda look: mostly(_is_truth, look),
    unpack=truths,
    posts={
        **POSTS,
        "post_id": ident("id"),
        "account_id": ident("account.id"),
        "reposted_post_id": ident("original.id"),
        "reposted_account_id": ident("original.account.id"),
        "quoted_post_id": ident("quote_id", "quoted.id"),
    },
    accounts={
        **ACCOUNTS,
        "username": words("account.username"),
        "location": words("account.location"),
        "verified": yes_no("account.verified"),
        "observed_us": moment(COLLECTED),
    },
    platform="truthsocial",
    blind=BLIND,
)
