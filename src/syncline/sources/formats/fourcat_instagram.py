"""4CAT CSV of Instagram, collected with Zeeschuimer. Accounts are known by their handle."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, ident, listing, words, yes_no
from syncline.sources.format import Field, Format
from syncline.sources.formats.fourcat import AUTHOR, COLUMNS, TIME


def _known(name: str) -> Field:
    """A count; -1 stands for one that is not known."""
    return expression("CASE WHEN TRY_CAST({0} AS BIGINT) >= 0 THEN TRY_CAST({0} AS BIGINT) END", name)


FORMAT = Format(
    name="4cat-instagram",
    title="4CAT CSV of Instagram",
    source="digitalmethodsinitiative/4cat 8913236, datasources/instagram/search_instagram.py",
    kinds=("csv",),
    needs=COLUMNS | {"parent_id", "author_fullname", "num_likes", "num_comments", "num_media"},
    posts={
        "post_id": ident("id"),
        "account_id": AUTHOR,
        "time_us": TIME,
        "text": words("body"),
        "thread_id": ident("thread_id"),
        "hashtags": listing("hashtags"),
        "likes": _known("num_likes"),
        "replies": _known("num_comments"),
    },
    accounts={
        "username": AUTHOR,
        "display_name": words("author_fullname"),
        "verified": yes_no("verified"),
    },
    platform="instagram",
    blind={
        "repost": "the file does not say what was shared",
        "reply": "the file holds posts, not comments",
        "media": NO_IMAGES,
    },
)
