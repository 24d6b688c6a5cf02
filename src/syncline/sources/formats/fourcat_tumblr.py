"""4CAT CSV of Tumblr. The key of a post is that of the post which it reblogs; the body is HTML."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, first_links, html, ident, words
from syncline.sources.format import Field, Format
from syncline.sources.formats.fourcat import AUTHOR, COLUMNS, TIME


def _tags() -> Field:
    """Tags are joined by commas, and may hold blanks."""
    tags = "list_transform(string_split({0}, ','), lambda tag: ltrim(trim(tag), '#'))"
    return expression(f"COALESCE(list_filter({tags}, lambda tag: tag <> ''), [])", "tags")


FORMAT = Format(
    name="4cat-tumblr",
    title="4CAT CSV of Tumblr",
    source="digitalmethodsinitiative/4cat 8a691b4, datasources/tumblr/search_tumblr.py",
    kinds=("csv",),
    needs=COLUMNS | {"blog_uuid", "post_url", "tags", "notes"},
    posts={
        "post_id": ident("id"),
        "account_id": AUTHOR,
        "time_us": TIME,
        "text": html("body"),
        "thread_id": ident("thread_id"),
        "urls": first_links("urls", words="body"),
        "hashtags": _tags(),
    },
    accounts={"username": AUTHOR, "display_name": words("subject"), "bio": html("blog_description")},
    platform="tumblr",
    blind={
        "repost": "the file does not say what was reblogged",
        "reply": "the file does not say which post is answered",
        "media": NO_IMAGES,
    },
)
