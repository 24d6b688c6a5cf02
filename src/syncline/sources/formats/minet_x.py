"""CSV of minet and gazouilloire: tweets in the flat form of twitwi. Lists are joined by bars."""

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, ident, links, listing, moment, number, words, yes_no
from syncline.sources.format import Format

SOURCE = "medialab/twitwi"

FORMAT = Format(
    name="minet-x",
    title="minet and gazouilloire CSV, X",
    source=f"{SOURCE} 02bf213, twitwi/constants.py",
    kinds=("csv",),
    needs=frozenset({"id", "timestamp_utc", "user_id", "user_screen_name", "retweeted_id", "to_tweetid"}),
    posts={
        "post_id": ident("id"),
        "account_id": ident("user_id"),
        # Not local_time, which is in the zone of the one who collected.
        "time_us": moment("timestamp_utc"),
        "text": words("text"),
        "lang": words("lang"),
        "reposted_post_id": ident("retweeted_id"),
        "reposted_account_id": ident("retweeted_user_id"),
        "reply_to_post_id": ident("to_tweetid"),
        "reply_to_account_id": ident("to_userid"),
        # The repost of a quote quotes nothing itself.
        "quoted_post_id": expression(
            "CASE WHEN COALESCE({0}, '') = '' THEN nullif({1}, '') END", "retweeted_id", "quoted_id"
        ),
        "urls": links("links"),
        "hashtags": listing("hashtags"),
        "mentions": listing("mentioned_names"),
        "client": words("source_name"),
        "likes": number("like_count"),
        "reposts": number("retweet_count"),
        "replies": number("reply_count"),
    },
    accounts={
        "username": words("user_screen_name"),
        "display_name": words("user_name"),
        "bio": words("user_description"),
        "location": words("user_location"),
        "created_us": moment("user_timestamp_utc"),
        "followers": number("user_followers"),
        "following": number("user_friends"),
        "posts_count": number("user_tweets"),
        "verified": yes_no("user_verified"),
    },
    platform="x",
    blind={"media": NO_IMAGES},
)
