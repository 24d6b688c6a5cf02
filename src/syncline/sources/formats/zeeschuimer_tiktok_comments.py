"""TikTok comments collected with Zeeschuimer. Accounts are known by their handle, as in 4CAT's CSV."""

from collections.abc import Iterator

from syncline.sources.cells import expression, ident, listing, moment, number, words
from syncline.sources.format import Format, Record
from syncline.sources.formats.zeeschuimer import COLLECTED, SOURCE, needs, opened

_NEEDS, _NEEDS_OF_4CAT = needs("cid", "aweme_id", "create_time")


def comments(record: Record) -> Iterator[Record]:
    """The comment without its envelope."""
    comment, collected = opened(record)
    yield {
        **{key: value for key, value in comment.items() if key != "__import_meta"},
        COLLECTED: collected,
    }


FORMAT = Format(
    name="zeeschuimer-tiktok-comments",
    title="Zeeschuimer, TikTok comments (NDJSON)",
    source=f"{SOURCE}, datasources/tiktok_comments/search_tiktok_comments.py",
    kinds=("jsonl", "json"),
    needs=_NEEDS,
    also=(_NEEDS_OF_4CAT,),
    unpack=comments,
    posts={
        "post_id": ident("cid"),
        "account_id": ident("user.unique_id", "user.uid"),
        "time_us": moment("create_time"),
        "text": words("text"),
        "lang": words("comment_language"),
        # What is answered is the video, or the comment where there is one; 0 stands for none.
        "reply_to_post_id": expression("COALESCE(nullif({0}, '0'), {1})", "reply_id", "aweme_id"),
        "thread_id": ident("aweme_id"),
        "hashtags": listing("text_extra", keys=("hashtag_name",)),
        "likes": number("digg_count"),
        "replies": number("reply_comment_total"),
    },
    accounts={
        "username": words("user.unique_id"),
        "display_name": words("user.nickname"),
        "bio": words("user.signature"),
        "observed_us": moment(COLLECTED),
    },
    platform="tiktok",
    blind={"repost": "a comment cannot be a repost", "media": "the file holds no images"},
)
