"""4CAT CSV of Facebook. Accounts are known by the end of their profile's address."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import ident, words
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import AUTHOR, REPOSITORY, TIME

FORMAT = Format(
    name="4cat-facebook",
    title="4CAT CSV of Facebook",
    source=f"{REPOSITORY}, datasources/facebook/search_facebook.py",
    kinds=("csv",),
    needs=frozenset({"id", "url", "body", "timestamp", "author", "author_name", "is_in_group"}),
    posts={
        "post_id": ident("id"),
        "account_id": AUTHOR,
        "time_us": TIME,
        "text": words("body"),
        "thread_id": ident("group_name"),
    },
    accounts={"username": words("author"), "display_name": words("author_name")},
    platform="facebook",
    blind={
        "repost": "the file does not say what was shared",
        "reply": "the file holds posts, not comments",
        "media": NO_IMAGES,
    },
)
