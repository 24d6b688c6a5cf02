"""CSV of twarc-csv: X API v2 tweets with dotted column names and JSON lists in cells."""

from syncline.sources.cells import ident, links, listing, words
from syncline.sources.format import Format
from syncline.sources.formats.x_api import AUTHOR, BLIND, POSTS

FORMAT = Format(
    name="twarc-csv",
    title="twarc-csv",
    source="DocNow/twarc-csv d77da93, dataframe_converter.py",
    kinds=("csv",),
    needs=frozenset({"id", "author_id", "created_at", "text", "referenced_tweets.retweeted.id"}),
    posts={
        **POSTS,
        "text": words("text"),
        "reposted_post_id": ident("referenced_tweets.retweeted.id"),
        "reposted_account_id": ident("retweeted_user_id"),
        "reply_to_post_id": ident("referenced_tweets.replied_to.id"),
        "quoted_post_id": ident("referenced_tweets.quoted.id"),
        "urls": links("entities.urls", keys=("expanded_url", "url")),
        "hashtags": listing("entities.hashtags", keys=("tag",)),
        "mentions": listing("entities.mentions", keys=("username",)),
    },
    accounts=AUTHOR,
    platform="x",
    blind=BLIND,
)
