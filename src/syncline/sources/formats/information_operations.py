"""Tweets of the platform's information-operations releases. Times are cut to the minute.

Of accounts with less than 5,000 followers the release that is open to all has a hash, which stands for the id, the
handle and the name: it is neither of the latter.
"""

from syncline.sources.cells import ident, links, listing, moment, number, words, yes_no
from syncline.sources.format import Column, Field, Format


def _open(*names: str) -> Field:
    """The words that stand in the first of the columns `names`, unless they are the account's hashed id."""
    told = words(*names)

    def render(account: Column, *columns: Column) -> str:
        return f"nullif({told.render(*columns)}, {account.sql})"

    return Field(("userid", *names), render)


AUTHOR = {
    "username": _open("user_screen_name", "screen_name"),
    "display_name": _open("user_display_name", "display_name"),
    "bio": words("user_profile_description", "profile_description"),
    "location": words("user_reported_location", "reported_location"),
    "created_us": moment("account_creation_date"),
    "followers": number("follower_count"),
    "following": number("following_count"),
}
SOURCE = "the releases' 30 columns, as several public loaders read them"

FORMAT = Format(
    name="information-operations",
    title="Information-operations release, tweets (CSV)",
    source=SOURCE,
    kinds=("csv", "parquet"),
    needs=frozenset({"tweetid", "userid", "tweet_time", "tweet_text"}),
    posts={
        "post_id": ident("tweetid"),
        "account_id": ident("userid"),
        "time_us": moment("tweet_time"),
        "text": words("tweet_text"),
        "lang": words("tweet_language"),
        "is_repost": yes_no("is_retweet"),
        "reposted_post_id": ident("retweet_tweetid"),
        "reposted_account_id": ident("retweet_userid"),
        "reply_to_post_id": ident("in_reply_to_tweetid"),
        "reply_to_account_id": ident("in_reply_to_userid"),
        "quoted_post_id": ident("quoted_tweet_tweetid"),
        "urls": links("urls"),
        "hashtags": listing("hashtags"),
        "mentions": listing("user_mentions"),
        "client": words("tweet_client_name"),
        "likes": number("like_count"),
        "reposts": number("retweet_count"),
        "replies": number("reply_count"),
    },
    accounts=AUTHOR,
    platform="x",
    blind={"media": "the images are released apart from the tweets"},
)
