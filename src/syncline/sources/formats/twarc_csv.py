"""CSV of twarc-csv: X API v2 tweets with dotted column names and JSON lists in cells.

A repost's text, entities and counts are those of the tweet that it passes on. The ends of lines are written as `\\n`.
"""

from syncline.sources.cells import expression, ident, links, listing
from syncline.sources.format import Field, Format
from syncline.sources.formats.x_api import AUTHOR, BLIND, POSTS


def unescaped(name: str) -> Field:
    """Text with its ends of lines."""
    return expression(r"nullif(replace({0}, '\n', chr(10)), '')", name)


FORMAT = Format(
    name="twarc-csv",
    title="twarc-csv",
    source="DocNow/twarc-csv d77da93, dataframe_converter.py",
    kinds=("csv",),
    needs=frozenset({"id", "author_id", "created_at", "text", "referenced_tweets.retweeted.id"}),
    posts={
        **POSTS,
        "text": unescaped("text"),
        "reposted_post_id": ident("referenced_tweets.retweeted.id"),
        "reposted_account_id": ident("retweeted_user_id"),
        "reply_to_post_id": ident("referenced_tweets.replied_to.id"),
        "quoted_post_id": ident("referenced_tweets.quoted.id"),
        "urls": links("entities.urls", keys=("expanded_url", "url")),
        "hashtags": listing("entities.hashtags", keys=("tag",)),
        "mentions": listing("entities.mentions", keys=("username",)),
    },
    accounts={**AUTHOR, "bio": unescaped("author.description")},
    platform="x",
    blind=BLIND,
)
