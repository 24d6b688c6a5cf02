"""TikTok Research API, videos: one by one, response pages, or tables of them. Accounts are known by their handle."""

from syncline.sources.cells import ident, listing, moment, number, words
from syncline.sources.format import Format, Probe

SOURCE = (
    "TikTok Research API, codebook, query videos and query video comments; ElinEunjung/peata-v2 docs/fields-video.md; "
    "JBGruber/traktok 5b442ff, R/parse_research.r"
)


def _holds_videos(look: Probe) -> bool:
    if look.kind in ("csv", "parquet"):
        return "create_time" in look.columns
    first = look.sample[0]
    answer = first.get("data", first)
    return "videos" not in answer or isinstance(answer["videos"], list)


FORMAT = Format(
    name="tiktok-research",
    title="TikTok Research API, videos (JSON, JSON Lines, also as tables)",
    source=SOURCE,
    kinds=("jsonl", "json", "csv", "parquet"),
    needs=frozenset({"id", "username", "create_time", "video_description"}),
    also=(
        frozenset({"video_id", "author_name", "create_time", "video_description"}),
        frozenset({"data.videos"}),
        frozenset({"videos"}),
        frozenset({"id", "username", "create_time", "region_code"}),
    ),
    check=_holds_videos,
    lists=("data.videos", "videos"),
    posts={
        "post_id": ident("id", "video_id"),
        "account_id": ident("username", "author_name"),
        "time_us": moment("create_time"),
        "text": words("video_description"),
        "hashtags": listing("hashtag_names", "hashtag_info_list", keys=("hashtag_name",)),
        "mentions": listing("video_mention_list"),
        "likes": number("like_count"),
        "reposts": number("share_count"),
        "replies": number("comment_count"),
    },
    accounts={
        "username": words("username", "author_name"),
        # The country in which the account was registered.
        "location": words("region_code"),
    },
    platform="tiktok",
    blind={
        "repost": "the API does not say what was reposted",
        "reply": "the file holds videos, not comments",
        "media": "the file holds no images",
    },
)
