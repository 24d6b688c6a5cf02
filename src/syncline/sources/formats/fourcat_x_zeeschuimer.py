"""4CAT CSV of X, collected in a browser with Zeeschuimer."""

from syncline.sources.cells import ident, words, yes_no
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import REPOSITORY
from syncline.sources.formats.fourcat_x_api import BLIND, NEEDS, POSTS

FORMAT = Format(
    name="4cat-x-zeeschuimer",
    title="4CAT CSV of X, by Zeeschuimer",
    source=f"{REPOSITORY}, datasources/twitter-import/search_twitter.py",
    kinds=("csv",),
    needs=NEEDS | {"is_withheld"},
    posts={**POSTS, "quoted_post_id": ident("quote_tweet_id")},
    accounts={
        "username": words("author"),
        "display_name": words("author_fullname"),
        "verified": yes_no("verified"),
    },
    platform="x",
    blind=BLIND,
)
