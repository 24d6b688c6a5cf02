"""4CAT CSV of Truth Social. The body is HTML."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import html, ident, listing, moment, number, person, words, yes_no
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import NOBODY, REPOSITORY

FORMAT = Format(
    name="4cat-truth-social",
    title="4CAT CSV of Truth Social",
    source=f"{REPOSITORY}, datasources/truth/search_truth.py",
    kinds=("csv",),
    without=frozenset({"reaction_count"}),
    needs=frozenset({"id", "created_at", "body", "account_id", "account_username", "thread_id", "timestamp"}),
    posts={
        "post_id": ident("id"),
        "account_id": person("account_id", nobody=NOBODY),
        "time_us": moment("created_at", "timestamp"),
        "text": html("body"),
        "thread_id": ident("thread_id"),
        "hashtags": listing("hashtags"),
        "mentions": listing("mentions"),
        "reposts": number("reblogs_count"),
        "replies": number("replies_count"),
    },
    accounts={
        "username": words("account_username"),
        "display_name": words("account_display_name"),
        "followers": number("account_followers"),
        "following": number("account_following"),
        "verified": yes_no("account_verified"),
    },
    platform="truthsocial",
    blind={
        "repost": "a repost is exported without what it reposts",
        "reply": "the file names the thread, not the post that is answered",
        "media": NO_IMAGES,
    },
)
