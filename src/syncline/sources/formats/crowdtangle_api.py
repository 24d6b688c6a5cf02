"""CrowdTangle's API: Facebook and Instagram posts, in answers or one by one. Its times are UTC.

Posts and accounts are known as in CrowdTangle's CSV: by their address, and by the page's number or, on Instagram, the
handle.
"""

from collections.abc import Iterator

from syncline.sources.cells import expression, first_links, ident, moment, number, words, yes_no
from syncline.sources.document import first_records, inner
from syncline.sources.format import Format, Probe, Record
from syncline.sources.formats.crowdtangle_facebook import BLIND

_LISTS = ("result.posts",)
_NEEDS = frozenset({"platformId", "date", "account.id", "statistics.actual"})
#: The key of an account, from the columns of its platform, handle and number.
KEY = "CASE WHEN {0} = 'Instagram' THEN COALESCE(nullif({1}, ''), {2}) ELSE {2} END"


def posts(post: Record) -> Iterator[Record]:
    """The post with the links that it shares, which the address of a page's own photo or video is not."""
    account = inner(post, "account")
    shared = [each.get("expanded") or each.get("original") for each in post.get("expandedLinks") or []]
    own = tuple(
        f"https://www.facebook.com/{account[each]}/" for each in ("handle", "platformId") if account.get(each)
    )
    leads = [
        link
        for link in shared or [post.get("link")]
        if link and link != post.get("postUrl") and not link.startswith(own)
    ]
    yield {
        **{key: value for key, value in post.items() if not isinstance(value, (dict, list))},
        "account": account,
        "statistics": inner(post, "statistics"),
        "links": [] if post.get("platform") == "Instagram" else leads,
        "words": post.get("message") or post.get("description"),
    }


def _holds_posts(look: Probe) -> bool:
    found = first_records(look, _LISTS)
    return any({"platformId", "account", "date"} <= each.keys() for each in found)


FORMAT = Format(
    name="crowdtangle-api",
    title="CrowdTangle API, Facebook and Instagram posts (JSON, JSON Lines)",
    source="CrowdTangle/API wiki, Post; medialab/minet 0496505, minet/crowdtangle/formatters.py",
    kinds=("jsonl", "json"),
    needs=_NEEDS,
    also=(frozenset({"result.posts"}),),
    check=_holds_posts,
    lists=_LISTS,
    unpack=posts,
    posts={
        "platform": expression("lower({0})", "platform"),
        "post_id": ident("postUrl", "platformId"),
        "account_id": expression(KEY, "platform", "account.handle", "account.platformId"),
        "time_us": moment("date"),
        "text": words("words"),
        "urls": first_links("links", words="words"),
        "likes": number("statistics.actual.likeCount", "statistics.actual.favoriteCount"),
        "reposts": number("statistics.actual.shareCount"),
        "replies": number("statistics.actual.commentCount"),
    },
    accounts={
        "username": words("account.handle"),
        "display_name": words("account.name"),
        "bio": words("account.pageDescription"),
        "location": words("account.pageAdminTopCountry"),
        "created_us": moment("account.pageCreatedDate"),
        "followers": number("account.subscriberCount"),
        "verified": yes_no("account.verified"),
    },
    platform="facebook",
    blind=BLIND,
    notes={"": "CrowdTangle, groups: the account is the group, not the person who posted in it."},
)
