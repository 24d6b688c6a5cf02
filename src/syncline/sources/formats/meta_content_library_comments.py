"""CSV of the Meta Content Library: comments."""

from syncline.sources.cells import ident, moment, number, words
from syncline.sources.format import Format
from syncline.sources.formats.meta_content_library import SOURCE

FORMAT = Format(
    name="meta-content-library-comments",
    title="Meta Content Library CSV, comments",
    source=SOURCE,
    kinds=("csv",),
    needs=frozenset({"id", "post_id", "owner.id", "creation_time"}),
    posts={
        "post_id": ident("id"),
        "account_id": ident("owner.id"),
        "time_us": moment("creation_time"),
        "text": words("text"),
        "reply_to_post_id": ident("parent_comment_id", "post_id"),
        "thread_id": ident("post_id"),
        "likes": number("statistics.reaction_count", "statistics.like_count"),
    },
    accounts={"username": words("owner.username"), "display_name": words("owner.name")},
    platform="meta",
    blind={
        "repost": "a comment cannot be a repost",
        "media": "the file holds neither images nor their hashes",
    },
)
