"""Comments out of YouTube's page: the page says how long ago a comment was written, not when."""

from syncline.sources.format import Format

NO_TIMES = (
    "its comments are dated by words such as '2 weeks ago', so that whole days or months fall on one second, which"
    " would look like lockstep. Get the comments with their times from the YouTube Data API"
)

FORMAT = Format(
    name="youtube-comment-downloader",
    title="youtube-comment-downloader, comments (JSON Lines, JSON, CSV)",
    source="egbertbouman/youtube-comment-downloader 02e8e6e, youtube_comment_downloader/downloader.py",
    kinds=("jsonl", "json", "csv"),
    needs=frozenset({"cid", "text", "time", "author", "channel", "votes"}),
    also=(frozenset({"comments"}),),
    check=lambda look: any(_is_comment(each) for each in (*look.sample, *_listed(look.sample))),
    platform="youtube",
    refused=NO_TIMES,
)


def _listed(sample: tuple[dict[str, object], ...]) -> list[object]:
    found = [each.get("comments") for each in sample]
    return [comment for comments in found if isinstance(comments, list) for comment in comments]


def _is_comment(value: object) -> bool:
    return isinstance(value, dict) and {"cid", "text", "time", "votes"} <= value.keys()
