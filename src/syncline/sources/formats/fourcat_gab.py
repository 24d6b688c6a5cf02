"""4CAT CSV of Gab."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import first_links, html, ident, moment, number, person, words
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import NOBODY

FORMAT = Format(
    name="4cat-gab",
    title="4CAT CSV of Gab",
    source="digitalmethodsinitiative/4cat 6e0721d, datasources/gab/search_gab.py",
    kinds=("csv",),
    needs=frozenset(
        {"id", "created_at", "body", "account_id", "account_username", "reaction_count", "thread_id"}
    ),
    posts={
        "post_id": ident("id"),
        "account_id": person("account_id", nobody=NOBODY),
        "time_us": moment("created_at", "timestamp"),
        "text": html("body"),
        "thread_id": ident("thread_id"),
        "urls": first_links("link_url", words="body"),
        "likes": number("reaction_count"),
        "reposts": number("reposts_count"),
        "replies": number("replies_count"),
    },
    accounts={
        "username": words("account_username"),
        "display_name": words("account_display_name"),
        "bio": html("account_note"),
    },
    platform="gab",
    blind={
        "repost": "the file does not say what was reposted",
        "reply": "the file does not say which post is answered",
        "media": NO_IMAGES,
    },
)
