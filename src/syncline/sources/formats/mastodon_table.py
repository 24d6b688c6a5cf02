"""Mastodon statuses as a table, as pandas and R flatten the API's answers: dots in names, lists spelled in cells."""

from syncline.sources import text
from syncline.sources.cells import expression, ident, listing, moment, number, words
from syncline.sources.format import Column, Field, Format, Probe
from syncline.sources.formats.mastodon import BLIND, TRUTH_SOCIAL
from syncline.sources.formats.mastodon import FORMAT as STATUSES

# A server leaves itself out when it names an account of its own.
_ADDRESS = (
    "CASE WHEN contains({0}, '@') THEN {0}"
    " ELSE {0} || COALESCE('@' || nullif(regexp_extract({1}, '^https?://([^/]+)', 1), ''), '') END"
)


def _shown(reblogged: Column, own: Column) -> str:
    """The words of what is reposted, or else the status's own."""
    return f"COALESCE({text.plain(reblogged.sql)}, {text.plain(own.sql)})"


def _is_not_truth_social(look: Probe) -> bool:
    addresses = [str(row.get("uri")) for row in look.sample]
    return 2 * sum(TRUTH_SOCIAL in each for each in addresses) <= len(addresses)


FORMAT = Format(
    name="mastodon-table",
    title="Mastodon statuses as a table (CSV, Parquet)",
    source=STATUSES.source,
    kinds=("csv", "parquet"),
    needs=frozenset({"id", "uri", "created_at", "content", "account.acct"}),
    check=_is_not_truth_social,
    posts={
        "post_id": ident("uri", "url", "id"),
        "account_id": ident("account.url", "account.acct"),
        "time_us": moment("created_at"),
        "text": Field(("reblog.content", "content"), _shown),
        "lang": words("language"),
        "reposted_post_id": ident("reblog.uri"),
        "reposted_account_id": ident("reblog.account.url", "reblog.account.acct"),
        "reply_to_post_id": ident("in_reply_to_id"),
        "hashtags": listing("reblog.tags", "tags", keys=("name",)),
        "mentions": listing("reblog.mentions", "mentions", keys=("acct",)),
        "client": words("application.name"),
        "likes": number("favourites_count"),
        "reposts": number("reblogs_count"),
        "replies": number("replies_count"),
    },
    accounts={
        "username": expression(_ADDRESS, "account.acct", "account.url"),
        "display_name": words("account.display_name"),
        "bio": Field(("account.note",), lambda note: text.plain(note.sql)),
        "created_us": moment("account.created_at"),
        "followers": number("account.followers_count"),
        "following": number("account.following_count"),
        "posts_count": number("account.statuses_count"),
    },
    platform="mastodon",
    blind=BLIND,
    notes=STATUSES.notes,
)
