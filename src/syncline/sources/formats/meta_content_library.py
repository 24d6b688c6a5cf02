"""CSV of the Meta Content Library: posts. Which of the two platforms it is, the file seldom says."""

from syncline.sources import text as tokens
from syncline.sources.cells import expression, first_links, ident, moment, number, words, words_of, yes_no
from syncline.sources.format import Column, Field, Format

SOURCE = (
    "Meta Content Library, data dictionary; fabiogiglietto/csds-preprocessor e3a2eae, src/types/index.ts; field "
    "reference of a public client of the API"
)
# The kinds of accounts that own posts, in either platform's words.
_INSTAGRAM, _FACEBOOK = "('business', 'creator', 'personal')", "('page', 'group', 'event', 'profile')"
_PLATFORM = (
    f"CASE WHEN {{0}} ILIKE '%instagram%' OR {{1}} ILIKE '%instagram%' OR lower({{0}}) IN {_INSTAGRAM}"
    " THEN 'instagram'"
    f" WHEN {{0}} ILIKE '%facebook%' OR {{1}} ILIKE '%facebook%' OR lower({{0}}) IN {_FACEBOOK} THEN 'facebook' END"
)


def _tags(listed: Column, body: Column) -> str:
    """The hashtags that are listed, as the library may leave them out of the text; else those in the text."""
    told = tokens.hashtags(tokens.tokens(f"CAST({body.sql} AS VARCHAR)"))
    return f"COALESCE(nullif({words_of(listed)}, []), {told}, [])"


FORMAT = Format(
    name="meta-content-library",
    title="Meta Content Library CSV, posts",
    source=SOURCE,
    kinds=("csv",),
    needs=frozenset({"id", "creation_time", "post_owner.id"}),
    also=(frozenset({"id", "creation_time", "post_owner.data.id"}),),  # as the API spelled it at first
    posts={
        "platform": expression(_PLATFORM, "post_owner.type", "surface.type"),
        "post_id": ident("id"),
        "account_id": ident("post_owner.id", "post_owner.data.id"),
        "time_us": moment("creation_time"),
        "text": words("text"),
        "lang": words("lang"),
        "is_repost": yes_no("is_reshare"),
        "reposted_post_id": ident("shared_post_id"),
        "thread_id": ident("surface.id"),
        "urls": first_links("link_attachment.link", "link_attachment_fields.link", "link_url", words="text"),
        "hashtags": Field(("hashtags", "text"), _tags),
        "likes": number("statistics.reaction_count", "statistics.like_count"),
        "reposts": number("statistics.share_count"),
        "replies": number("statistics.comment_count"),
    },
    accounts={
        "username": words("post_owner.username"),
        "display_name": words("post_owner.name", "post_owner.data.name"),
    },
    platform="meta",
    blind={
        "reply": "comments are another file",
        "media": "the file holds neither images nor their hashes",
    },
)
