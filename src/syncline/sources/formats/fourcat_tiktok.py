"""4CAT CSV of TikTok videos. Accounts are known by their handle."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import ident, listing, number, words
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import AUTHOR, COLUMNS, REPOSITORY, TIME

FORMAT = Format(
    name="4cat-tiktok",
    title="4CAT CSV of TikTok videos",
    source=f"{REPOSITORY}, datasources/tiktok/search_tiktok.py",
    kinds=("csv",),
    needs=COLUMNS | {"author_full", "music_id", "tiktok_url"},
    posts={
        "post_id": ident("id"),
        "account_id": AUTHOR,
        "time_us": TIME,
        "text": words("body"),
        "thread_id": ident("thread_id"),
        "hashtags": listing("hashtags"),
        "likes": number("likes"),
        "reposts": number("shares"),
        "replies": number("comments"),
    },
    accounts={
        "username": words("author"),
        "display_name": words("author_full"),
        "followers": number("author_followers"),
        "posts_count": number("author_videos"),
    },
    platform="tiktok",
    blind={
        "repost": "the file holds videos, not reposts",
        "reply": "the file holds videos, not comments",
        "media": NO_IMAGES,
    },
)
