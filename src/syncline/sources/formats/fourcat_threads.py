"""4CAT CSV of Threads. Accounts are known by their handle."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import first_links, ident, listing, number, words, yes_no
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import AUTHOR, COLUMNS, TIME

FORMAT = Format(
    name="4cat-threads",
    title="4CAT CSV of Threads",
    source="digitalmethodsinitiative/4cat 19dbe37, datasources/threads/search_threads.py",
    kinds=("csv",),
    needs=COLUMNS | {"author_is_verified", "link_url", "is_paid_partnership", "reposts", "quotes"},
    posts={
        "post_id": ident("id"),
        "account_id": AUTHOR,
        "time_us": TIME,
        "text": words("body"),
        "thread_id": ident("thread_id"),
        "urls": first_links("link_url", words="body"),
        "hashtags": listing("hashtags"),
        "likes": number("likes"),
        "reposts": number("reposts"),
        "replies": number("replies"),
    },
    accounts={"username": AUTHOR, "verified": yes_no("author_is_verified")},
    platform="threads",
    blind={
        "repost": "the file does not say what was reposted",
        "reply": "the file does not say which post is answered",
        "media": NO_IMAGES,
    },
)
