"""4CAT CSV of Bluesky."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, first_links, ident, listing, moment, number, person, words
from syncline.sources.format import Format
from syncline.sources.formats.fourcat import COLUMNS, NOBODY, REPOSITORY

FORMAT = Format(
    name="4cat-bluesky",
    title="4CAT CSV of Bluesky",
    source=f"{REPOSITORY}, datasources/bsky/search_bsky.py",
    kinds=("csv",),
    needs=COLUMNS | {"author_id", "replied_to_post", "quoted_post", "collected_at"},
    posts={
        "post_id": ident("id"),
        "account_id": person("author_id", nobody=NOBODY),
        "time_us": moment("created_at", "timestamp"),
        "text": words("body"),
        # Several languages are joined; the first is the post's main one. N/A stands for none.
        "lang": expression("nullif(nullif(split_part({0}, ',', 1), ''), 'N/A')", "languages"),
        # A link to the post that is answered; DELETED, REMOVED BY AUTHOR and the like are no post.
        "reply_to_post_id": expression("CASE WHEN starts_with({0}, 'http') THEN {0} END", "replied_to_post"),
        "reply_to_account_id": ident("replied_to_user"),
        "quoted_post_id": expression("CASE WHEN starts_with({0}, 'http') THEN {0} END", "quoted_post"),
        "thread_id": ident("thread_id"),
        "urls": first_links("links", words="body"),
        "hashtags": listing("tags"),
        "mentions": listing("mentions"),
        "likes": number("like_count"),
        "reposts": number("repost_count"),
        "replies": number("reply_count"),
    },
    accounts={
        "username": words("author"),
        "display_name": words("author_display_name"),
        "created_us": moment("author_created_at"),
        "observed_us": moment("collected_at"),
    },
    platform="bluesky",
    blind={"repost": "4CAT collects posts, not reposts", "media": NO_IMAGES},
    notes={
        "": "Bluesky: the times are those that the poster's own program wrote; the file has no time of the server."
    },
)
