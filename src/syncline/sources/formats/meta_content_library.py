"""CSV of the Meta Content Library: posts. Which of the two platforms it is, the file seldom says."""

from syncline.sources.cells import expression, first_links, ident, moment, number, words, yes_no
from syncline.sources.format import Format

SOURCE = "field reference of a public client of the Meta Content Library API"
_PLATFORM = (
    "CASE WHEN {0} ILIKE '%instagram%' OR {1} ILIKE '%instagram%' THEN 'instagram'"
    " WHEN {0} ILIKE '%facebook%' OR {1} ILIKE '%facebook%' THEN 'facebook' END"
)

FORMAT = Format(
    name="meta-content-library",
    title="Meta Content Library CSV, posts",
    source=SOURCE,
    kinds=("csv",),
    needs=frozenset({"id", "creation_time", "post_owner.id"}),
    posts={
        "platform": expression(_PLATFORM, "post_owner.type", "surface.type"),
        "post_id": ident("id"),
        "account_id": ident("post_owner.id"),
        "time_us": moment("creation_time"),
        "text": words("text"),
        "lang": words("lang"),
        "is_repost": yes_no("is_reshare"),
        "reposted_post_id": ident("shared_post_id"),
        "thread_id": ident("surface.id"),
        "urls": first_links("link_attachment.link", "link_url", words="text"),
        "likes": number("statistics.reaction_count", "statistics.like_count"),
        "reposts": number("statistics.share_count"),
        "replies": number("statistics.comment_count"),
    },
    accounts={
        "username": words("post_owner.username"),
        "display_name": words("post_owner.name"),
    },
    platform="meta",
    blind={
        "reply": "comments are another file",
        "media": "the file holds neither images nor their hashes",
    },
)
