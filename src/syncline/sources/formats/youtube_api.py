"""YouTube Data API, comment threads and comments: one by one, or response pages."""

from collections.abc import Iterator

from syncline.sources.cells import ident, moment, number, words
from syncline.sources.document import first_records, inner
from syncline.sources.format import Format, Probe, Record
from syncline.sources.formats import markup

_LISTS = ("items",)


def comments(thread: Record) -> Iterator[Record]:
    """The comment at the top of a thread and the replies that came with it, or a comment by itself."""
    snippet = inner(thread, "snippet")
    top = inner(snippet, "topLevelComment")
    if not top:
        yield _comment(thread, snippet.get("videoId"))
        return
    video = snippet.get("videoId")
    yield {**_comment(top, video), "totalReplyCount": snippet.get("totalReplyCount")}
    for reply in inner(thread, "replies").get("comments") or []:
        yield _comment(reply, video)


def _comment(comment: Record, video: object) -> Record:
    snippet = inner(comment, "snippet")
    return {
        "id": comment.get("id"),
        "videoId": snippet.get("videoId") or video,
        **{key: snippet.get(key) for key in ("parentId", "authorDisplayName", "publishedAt", "likeCount")},
        "authorChannelId": inner(snippet, "authorChannelId").get("value") or snippet.get("authorChannelId"),
        # textDisplay is HTML, and all that there is without textFormat=plainText.
        "text": snippet.get("textOriginal") or markup.words(snippet.get("textDisplay")),
    }


def _holds_comments(look: Probe) -> bool:
    found = first_records(look, _LISTS)
    return any(str(each.get("kind")) in ("youtube#commentThread", "youtube#comment") for each in found)


FORMAT = Format(
    name="youtube-api",
    title="YouTube Data API, comment threads (JSON, JSON Lines)",
    source="YouTube Data API v3, commentThreads and comments",
    kinds=("jsonl", "json"),
    needs=frozenset({"kind", "items"}),
    also=(frozenset({"kind", "snippet.topLevelComment"}), frozenset({"kind", "snippet.authorChannelId"})),
    check=_holds_comments,
    lists=_LISTS,
    unpack=comments,
    posts={
        "post_id": ident("id"),
        "account_id": ident("authorChannelId"),
        "time_us": moment("publishedAt"),
        "text": words("text"),
        # A comment at the top of a thread answers the video.
        "reply_to_post_id": ident("parentId", "videoId"),
        "thread_id": ident("videoId"),
        "likes": number("likeCount"),
        "replies": number("totalReplyCount"),
    },
    accounts={"display_name": words("authorDisplayName")},
    platform="youtube",
    blind={"repost": "a comment cannot be a repost", "media": "the file holds no images"},
)
