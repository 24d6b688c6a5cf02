"""Instagram posts collected with Zeeschuimer, in either of the two shapes that the site sends."""

from collections.abc import Iterator
from typing import Any

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, ident, moment, number, words, yes_no
from syncline.sources.document import inner
from syncline.sources.format import Format, Record
from syncline.sources.formats.zeeschuimer import COLLECTED, SOURCE, needs, of_platform, opened

_ITEMS, _ITEMS_OF_4CAT = needs("code", "taken_at")
_GRAPH, _GRAPH_OF_4CAT = needs("shortcode", "taken_at_timestamp")


def posts(record: Record) -> Iterator[Record]:
    """The post with author, caption and counts in the same places, whichever the shape."""
    post, collected = opened(record)
    yield {
        "code": post.get("code") or post.get("shortcode"),
        "taken_at": post.get("taken_at") or post.get("taken_at_timestamp"),
        "caption": inner(post, "caption").get("text") or _graph_caption(post),
        "user": {**inner(post, "owner"), **inner(post, "user")},
        "like_count": _first(post.get("like_count"), inner(post, "edge_media_preview_like").get("count")),
        "comment_count": _first(
            post.get("comment_count"), inner(post, "edge_media_preview_comment").get("count")
        ),
        "product_type": post.get("product_type"),
        COLLECTED: collected,
    }


def _graph_caption(post: Record) -> Any:
    edges = inner(post, "edge_media_to_caption").get("edges")
    return inner(edges[0], "node").get("text") if isinstance(edges, list) and edges else None


def _first(*values: Any) -> Any:
    return next((each for each in values if each is not None), None)


FORMAT = Format(
    name="zeeschuimer-instagram",
    title="Zeeschuimer, Instagram posts (NDJSON)",
    source=f"{SOURCE}, datasources/instagram/search_instagram.py",
    kinds=("jsonl", "json"),
    needs=_ITEMS,
    also=(_ITEMS_OF_4CAT, _GRAPH, _GRAPH_OF_4CAT),
    # Threads has posts of the same shape.
    check=lambda look: of_platform(look, "instagram"),
    unpack=posts,
    posts={
        "post_id": ident("code"),
        "account_id": ident("user.pk", "user.id", "user.username"),
        "time_us": moment("taken_at"),
        "text": words("caption"),
        "thread_id": ident("code"),
        "likes": number("like_count"),
        "replies": number("comment_count"),
    },
    accounts={
        "username": words("user.username"),
        "display_name": words("user.full_name"),
        "verified": yes_no("user.is_verified"),
        "observed_us": moment(COLLECTED),
    },
    platform="instagram",
    row=expression("CASE WHEN {0} = 'ad' THEN 'an advertisement' END", "product_type"),
    blind={
        "repost": "the file does not say what was shared",
        "reply": "the file holds posts, not comments",
        "media": NO_IMAGES,
    },
)
