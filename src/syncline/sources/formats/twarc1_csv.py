"""Tweets as twarc 1 (`json2csv`) and Social Feed Manager write them: one column for what is reposted or quoted."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, ident, links, listing, moment, number, reference, words, yes_no
from syncline.sources.format import Field, Format

# Early versions have no type, a column for reposts alone, and a slip of the pen in its name.
_TYPE = ("tweet_type", "retweet_or_quote_id", "reweet_or_quote_id", "reweet_id")
_IS_REPOST = "(CASE WHEN {0} IS NULL THEN COALESCE({3}, '') <> '' ELSE {0} = 'retweet' END)"


def _of(repost: bool, what: str, *names: str) -> Field:
    """`what`, in which {4} and further stand for `names`, of a repost or of what is no repost."""
    return expression(f"CASE WHEN {'' if repost else 'NOT '}{_IS_REPOST} THEN {what} END", *_TYPE, *names)


_REFERRED = "COALESCE(nullif({1}, ''), nullif({2}, ''), nullif({3}, ''))"

FORMAT = Format(
    name="twarc1-csv",
    title="twarc 1 (json2csv) and Social Feed Manager, tweets (CSV)",
    source="DocNow/twarc 0ec1f8b, twarc/json2csv.py, and 03664bc, utils/json2csv.py",
    kinds=("csv",),
    needs=frozenset({"id", "created_at", "text", "tweet_url", "user_screen_name", "user_time_zone"}),
    posts={
        "post_id": ident("id"),
        "account_id": ident("user_id", "user_screen_name"),
        "time_us": moment("created_at"),
        "text": words("text"),
        "lang": words("lang"),
        "is_repost": expression(_IS_REPOST, *_TYPE),
        "reposted_post_id": _of(True, _REFERRED),
        "reposted_account_id": _of(
            True,
            "COALESCE(nullif({4}, ''), nullif({5}, ''), nullif({6}, ''))",
            *("retweet_or_quote_user_id", "retweet_or_quote_screen_name", "retweet_screen_name"),
        ),
        "reply_to_post_id": reference("in_reply_to_status_id"),
        "reply_to_account_id": reference("in_reply_to_user_id"),
        "quoted_post_id": _of(False, _REFERRED),
        "urls": links("urls"),
        "hashtags": listing("hashtags"),
        "client": expression("nullif(regexp_replace({0}, '<[^>]*>', '', 'g'), '')", "source"),
        "likes": number("favorite_count"),
        "reposts": number("retweet_count"),
    },
    accounts={
        "username": words("user_screen_name"),
        "display_name": words("user_name"),
        "bio": words("user_description"),
        "location": words("user_location"),
        "created_us": moment("user_created_at"),
        "followers": number("user_followers_count"),
        "following": number("user_friends_count"),
        "posts_count": number("user_statuses_count"),
        "verified": yes_no("user_verified"),
    },
    platform="x",
    blind={"media": NO_IMAGES},
)
