"""yt-dlp's `.info.json` with comments, whose times are estimates from words on the page."""

from syncline.sources.format import Format, Probe
from syncline.sources.formats.youtube_comment_downloader import NO_TIMES


def _holds_comments(look: Probe) -> bool:
    comments = look.sample[0].get("comments")
    return isinstance(comments, list) and any(
        isinstance(each, dict) and {"author_id", "parent"} <= each.keys() for each in comments
    )


FORMAT = Format(
    name="yt-dlp",
    title="yt-dlp, .info.json with comments",
    source="yt-dlp/yt-dlp 4d927f6, yt_dlp/extractor/youtube/_video.py",
    kinds=("json", "jsonl"),
    needs=frozenset({"id", "comments", "extractor"}),
    check=_holds_comments,
    platform="youtube",
    refused=NO_TIMES,
)
