"""TikTok videos collected with Zeeschuimer. Accounts are known by their handle, as in 4CAT's CSV."""

from collections.abc import Iterator

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, ident, listing, moment, number, words, yes_no
from syncline.sources.format import Format, Record
from syncline.sources.formats.zeeschuimer import COLLECTED, SOURCE, needs, opened

_NEEDS, _NEEDS_OF_4CAT = needs("createTime", "desc", "id")


def videos(record: Record) -> Iterator[Record]:
    """The video; an author who is named by the handle alone becomes an object like the others."""
    video, collected = opened(record)
    author = video.get("author")
    if isinstance(author, str):
        author = {"uniqueId": author, "nickname": video.get("nickname"), "id": video.get("authorId")}
    kept = {key: value for key, value in video.items() if key not in ("video", "contents", "__import_meta")}
    yield {**kept, "author": author, COLLECTED: collected}


FORMAT = Format(
    name="zeeschuimer-tiktok",
    title="Zeeschuimer, TikTok videos (NDJSON)",
    source=f"{SOURCE}, datasources/tiktok/search_tiktok.py",
    kinds=("jsonl", "json"),
    needs=_NEEDS,
    also=(_NEEDS_OF_4CAT,),
    unpack=videos,
    posts={
        "post_id": ident("id"),
        "account_id": ident("author.uniqueId", "author.id"),
        "time_us": moment("createTime"),
        "text": words("desc"),
        "lang": words("textLanguage"),
        # A duet shows another video beside one's own; 0 stands for none.
        "quoted_post_id": expression("nullif({0}, '0')", "duetInfo.duetFromId"),
        "thread_id": ident("id"),
        "hashtags": listing("textExtra", keys=("hashtagName",)),
        "mentions": listing("textExtra", keys=("userUniqueId",)),
        "likes": number("stats.diggCount", "statsV2.diggCount"),
        "reposts": number("stats.shareCount", "statsV2.shareCount"),
        "replies": number("stats.commentCount", "statsV2.commentCount"),
    },
    accounts={
        "username": words("author.uniqueId"),
        "display_name": words("author.nickname"),
        "bio": words("author.signature"),
        "followers": number("authorStats.followerCount", "authorStatsV2.followerCount"),
        "following": number("authorStats.followingCount", "authorStatsV2.followingCount"),
        "posts_count": number("authorStats.videoCount", "authorStatsV2.videoCount"),
        "verified": yes_no("author.verified"),
        "observed_us": moment(COLLECTED),
    },
    platform="tiktok",
    blind={
        "repost": "the file holds videos, not reposts",
        "reply": "the file holds videos, not comments",
        "media": NO_IMAGES,
    },
)
