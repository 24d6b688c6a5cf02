"""CSV of minet: YouTube comments."""

from syncline.sources.cells import ident, moment, number, words
from syncline.sources.format import Format

FORMAT = Format(
    name="youtube-minet",
    title="minet CSV, YouTube comments",
    source="medialab/minet 01173d2, minet/youtube/types.py",
    kinds=("csv",),
    needs=frozenset({"video_id", "comment_id", "author_channel_id", "text", "published_at"}),
    posts={
        "post_id": ident("comment_id"),
        "account_id": ident("author_channel_id"),
        "time_us": moment("published_at"),
        "text": words("text"),
        "reply_to_post_id": ident("parent_comment_id", "video_id"),
        "thread_id": ident("video_id"),
        "likes": number("like_count"),
        "replies": number("reply_count"),
    },
    accounts={"display_name": words("author_name")},
    platform="youtube",
    blind={"repost": "a comment cannot be a repost", "media": "the file holds no images"},
)
