"""Instaloader's posts of Instagram: one file a post, mostly packed with xz."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, ident, moment, number, words
from syncline.sources.format import Format, Probe
from syncline.sources.sql import as_json


def _is_post(look: Probe) -> bool:
    heads = [head for record in look.sample if isinstance(head := record.get("instaloader"), dict)]
    return any(head.get("node_type", "Post") == "Post" for head in heads)


FORMAT = Format(
    name="instaloader",
    title="Instaloader, posts of Instagram (JSON)",
    source="instaloader/instaloader 1852447, instaloader/structures.py",
    kinds=("json", "jsonl"),
    needs=frozenset({"instaloader", "node.taken_at_timestamp", "node.owner"}),
    check=_is_post,
    posts={
        "post_id": ident("node.id"),
        "account_id": ident("node.owner.id"),
        "time_us": moment("node.taken_at_timestamp"),
        "text": expression(
            f"COALESCE(json_extract_string({as_json('{0}')}, '$[0].node.text'), {{1}})",
            "node.edge_media_to_caption.edges",
            "node.caption",
        ),
        "likes": number("node.edge_media_preview_like.count"),
        "replies": number("node.edge_media_to_comment.count"),
    },
    accounts={"username": words("node.owner.username"), "display_name": words("node.owner.full_name")},
    platform="instagram",
    blind={
        "repost": "Instagram has no reposts in its feed",
        "reply": "the file holds posts, not comments",
        "media": NO_IMAGES,
    },
)
