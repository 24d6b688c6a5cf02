"""TikTok Research API, comments. They come without their authors, so they are recognised and refused."""

from syncline.sources.format import Format, Probe
from syncline.sources.formats.tiktok_research import SOURCE


def _holds_comments(look: Probe) -> bool:
    data = look.sample[0].get("data")
    return not isinstance(data, dict) or isinstance(data.get("comments"), list)


FORMAT = Format(
    name="tiktok-research-comments",
    title="TikTok Research API, comments (JSON, JSON Lines)",
    source=SOURCE,
    kinds=("jsonl", "json"),
    needs=frozenset({"id", "video_id", "text", "create_time", "parent_comment_id"}),
    also=(frozenset({"data.comments"}),),
    without=frozenset({"username", "author_channel_id", "user_id"}),
    check=_holds_comments,
    platform="tiktok",
    refused="TikTok's Research API gives comments without their authors, so nobody can be compared by them",
)
