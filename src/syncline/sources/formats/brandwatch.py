"""Brandwatch's mentions, of many platforms at once. Accounts are known by their handle, as reposts name no other."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, links, listing, moment, number, person, words
from syncline.sources.format import Field, Format

_STATUS = r"nullif(regexp_extract({0}, '/status(?:es)?/(\d+)', 1), '')"
_HANDLE = r"nullif(regexp_extract({0}, '(?:twitter|x)\.com/([^/]+)/status', 1), '')"
_REPOSTED = ("Twitter Retweet of", "X Retweet of", "X Repost of")
_ANSWERED = ("Twitter Reply to", "X Reply to")


def _out_of(pattern: str, names: tuple[str, ...]) -> Field:
    cells = (f"nullif({{{place}}}, '')" for place in range(len(names)))
    return expression(pattern.replace("{0}", f"COALESCE({', '.join(cells)})"), *names)


FORMAT = Format(
    name="brandwatch",
    title="Brandwatch, mentions (CSV)",
    source="public scripts that read its files, which list the columns; the lines above the table are passed over",
    kinds=("csv",),
    needs=frozenset({"Query Id", "Date", "Url", "Author", "Page Type", "Full Text"}),
    posts={
        "platform": expression(
            "CASE lower({0}) WHEN 'twitter' THEN 'x' ELSE nullif(lower({0}), '') END", "Page Type"
        ),
        # Several write on one page.
        "post_id": expression(
            f"COALESCE({_STATUS}, nullif({{1}}, ''), nullif({{0}}, '') || '#' || {{2}} || '#' || {{3}})",
            *("Url", "Resource Id", "Author", "Date"),
        ),
        "account_id": person("Author"),
        "time_us": moment("Date"),
        "text": words("Full Text", "Snippet"),
        "lang": words("Language"),
        "is_repost": expression(
            "upper({3}) = 'RETWEET' OR COALESCE({0}, '') <> '' OR COALESCE({1}, '') <> '' OR COALESCE({2}, '') <> ''",
            *_REPOSTED,
            "Engagement Type",
        ),
        "reposted_post_id": _out_of(_STATUS, _REPOSTED),
        "reposted_account_id": _out_of(_HANDLE, _REPOSTED),
        "reply_to_post_id": _out_of(_STATUS, _ANSWERED),
        "reply_to_account_id": _out_of(_HANDLE, _ANSWERED),
        "quoted_post_id": expression(
            f"CASE WHEN upper({{1}}) = 'QUOTE' THEN {_STATUS} END", "Thread URL", "Engagement Type"
        ),
        "urls": links("Expanded URLs"),
        "hashtags": listing("Hashtags"),
        "mentions": listing("Mentioned Authors"),
        "likes": number("Likes", "Twitter Likes", "Facebook Likes", "Instagram Likes"),
        "reposts": number("Twitter Retweets", "Shares", "Facebook Shares"),
        "replies": number("Twitter Reply Count", "Comments", "Facebook Comments", "Instagram Comments"),
    },
    accounts={
        "username": words("Author"),
        "display_name": words("Full Name"),
        "followers": number("Twitter Followers", "X Followers", "Instagram Followers"),
        "following": number("Twitter Following", "X Following", "Instagram Following"),
        "posts_count": number("Twitter Tweets", "Instagram Posts"),
    },
    blind={"media": NO_IMAGES},
    notes={"": "Brandwatch: times are those of the project's time zone, and are read as UTC."},
)
