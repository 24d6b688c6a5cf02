"""CSV of academictwitteR's `bind_tweets` in its tidy form: X API v2, with the tweet that is referred to beside it."""

from syncline.sources.cells import expression, ident, moment, number, told, words, yes_no
from syncline.sources.format import Field, Format


def _if(kind: str) -> str:
    """The second cell, if the first says that this is how the tweet refers to another."""
    return f"CASE WHEN {{0}} = '{kind}' THEN nullif(nullif({{1}}, ''), 'NA') END"


def _referred(kind: str, name: str) -> Field:
    return expression(_if(kind), "sourcetweet_type", name)


FORMAT = Format(
    name="academictwitter",
    title="academictwitteR CSV, tidy",
    source="cjbarrie/academictwitteR 03a9ac6, R/bind_tweets.R",
    kinds=("csv", "parquet"),
    needs=frozenset({"tweet_id", "author_id", "created_at", "text", "sourcetweet_type", "sourcetweet_id"}),
    posts={
        "post_id": ident("tweet_id"),
        "account_id": ident("author_id"),
        "time_us": moment("created_at"),
        # That of a repost is cut short.
        "text": expression(
            f"COALESCE({_if('retweeted')}, {{2}})", "sourcetweet_type", "sourcetweet_text", "text"
        ),
        "lang": words("lang"),
        "reposted_post_id": _referred("retweeted", "sourcetweet_id"),
        "reposted_account_id": _referred("retweeted", "sourcetweet_author_id"),
        "quoted_post_id": _referred("quoted", "sourcetweet_id"),
        "reply_to_account_id": ident("in_reply_to_user_id"),
        "thread_id": ident("conversation_id"),
        "client": words("source"),
        "likes": number("like_count"),
        "reposts": number("retweet_count"),
    },
    accounts={
        "username": told("user_username"),
        "display_name": told("user_name"),
        "bio": told("user_description"),
        "location": told("user_location"),
        "created_us": moment("user_created_at"),
        "followers": number("user_followers_count"),
        "following": number("user_following_count"),
        "posts_count": number("user_tweet_count"),
        "verified": yes_no("user_verified"),
    },
    platform="x",
    blind={
        "reply": "the file names the account that is answered, not the post",
        "media": "the file holds neither images nor their hashes",
    },
)
