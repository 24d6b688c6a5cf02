"""Threads posts collected with Zeeschuimer. Accounts are known by their handle, as in 4CAT's CSV."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, first_links, ident, moment, number, words, yes_no
from syncline.sources.document import inner
from syncline.sources.format import Format, Record
from syncline.sources.formats.zeeschuimer import COLLECTED, SOURCE, needs, of_platform, opened

_NEEDS, _NEEDS_OF_4CAT = needs("code", "taken_at", "text_post_app_info")


def posts(record: Record) -> Iterator[Record]:
    """The post with its link, and what it shares, in plain places."""
    post, collected = opened(record)
    about = inner(post, "text_post_app_info")
    yield {
        **{key: post.get(key) for key in ("code", "taken_at", "user", "like_count")},
        "caption": inner(post, "caption").get("text"),
        "link": _leads_to(inner(about, "link_preview_attachment").get("url")),
        "reposted": inner(about, "share_info", "reposted_post") or None,
        "quoted": inner(about, "share_info", "quoted_post") or None,
        "replied_to": inner(about, "reply_to_author").get("username"),
        "repost_count": about.get("repost_count"),
        "reply_count": about.get("direct_reply_count"),
        COLLECTED: collected,
    }


def _leads_to(link: object) -> str | None:
    """Where a link leads: Threads passes links through a page of its own."""
    if not isinstance(link, str):
        return None
    try:
        return next(iter(parse_qs(urlsplit(link).query).get("u", [])), link)
    except ValueError:
        return link


FORMAT = Format(
    name="zeeschuimer-threads",
    title="Zeeschuimer, Threads posts (NDJSON)",
    source=f"{SOURCE}; 4CAT 4eb0917, datasources/threads/search_threads.py",
    kinds=("jsonl", "json"),
    needs=_NEEDS,
    also=(_NEEDS_OF_4CAT,),
    check=lambda look: of_platform(look, "threads"),
    unpack=posts,
    posts={
        "post_id": ident("code"),
        "account_id": ident("user.username"),
        "time_us": moment("taken_at"),
        "text": words("caption"),
        "is_repost": expression("{0} IS NOT NULL", "reposted"),
        "reposted_post_id": ident("reposted.code"),
        "reposted_account_id": ident("reposted.user.username"),
        "reply_to_account_id": ident("replied_to"),
        "quoted_post_id": ident("quoted.code"),
        "thread_id": ident("code"),
        "urls": first_links("link", words="caption"),
        "likes": number("like_count"),
        "reposts": number("repost_count"),
        "replies": number("reply_count"),
    },
    accounts={
        "username": words("user.username"),
        "display_name": words("user.full_name"),
        "verified": yes_no("user.is_verified"),
        "observed_us": moment(COLLECTED),
    },
    platform="threads",
    blind={"reply": "the file names the account that is answered, not the post", "media": NO_IMAGES},
)
