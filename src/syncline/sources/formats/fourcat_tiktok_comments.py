"""4CAT CSV of TikTok comments. Accounts are known by their handle."""

from syncline.sources.cells import ident, number, words
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import AUTHOR, COLUMNS, REPOSITORY, TIME

FORMAT = Format(
    name="4cat-tiktok-comments",
    title="4CAT CSV of TikTok comments",
    source=f"{REPOSITORY}, datasources/tiktok_comments/search_tiktok_comments.py",
    kinds=("csv",),
    needs=COLUMNS | {"author_full", "post_id", "is_comment_on_comment"},
    posts={
        "post_id": ident("id"),
        "account_id": AUTHOR,
        "time_us": TIME,
        "text": words("body"),
        "lang": words("language_guess"),
        # The thread is the video, or the comment that is answered.
        "reply_to_post_id": ident("thread_id"),
        "thread_id": ident("post_id"),
        "likes": number("likes"),
        "replies": number("replies"),
    },
    accounts={"username": words("author"), "display_name": words("author_full")},
    platform="tiktok",
    blind={"repost": "a comment cannot be a repost", "media": "the file holds no images"},
)
