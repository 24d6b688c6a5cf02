"""Twint's tweets. Older versions write a repost as the original tweet, and the one who reposted it beside it."""

from syncline.sources import times
from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, links, listing, number, words, yes_no
from syncline.sources.format import Column, Field, Format

# In newer versions the text of a repost is that of X, which begins with RT and the author.
_OLD = "(lower({0}) = 'true' AND {1} <> '' AND NOT starts_with({2}, 'RT @'))"
_REPOST = ("retweet", "user_rt_id", "tweet")
# An id of X holds the millisecond in which it was given.
_GIVEN = "((TRY_CAST({0} AS BIGINT) >> 22) + 1288834974657) * 1000"
_ZONED = "{0} || ' ' || {1} || {2}[1:3] || ':' || {2}[4:5]"


def _either(old: str, new: str, *names: str) -> Field:
    """`old` for a repost as older versions write it, else `new`; {3} and further stand for `names`."""
    return expression(f"nullif(CASE WHEN {_OLD} THEN {old} ELSE {new} END, '')", *_REPOST, *names)


def _time(retweet: Column, reposter: Column, text: Column, *cells: Column) -> str:
    repost, date, clock, zone, created = (each.sql for each in cells)
    old = _OLD.format(retweet.sql, reposter.sql, text.sql)
    zoned = times.time_us(f"({_ZONED.format(date, clock, zone)})", "VARCHAR")
    return (
        f"CASE WHEN {old} THEN {_GIVEN.format(repost)}"
        rf" WHEN regexp_full_match({zone}, '[+-]\d{{4}}') THEN {zoned}"
        f" ELSE {times.time_us(created, 'VARCHAR')} END"
    )


FORMAT = Format(
    name="twint",
    title="Twint, tweets (CSV, JSON Lines)",
    source="twintproject/twint, storage/write_meta.py; woluxwolu/twint 2777950, tweet.py; a6ab848, feed.py",
    kinds=("csv", "jsonl"),
    needs=frozenset({"id", "user_id", "username", "timezone", "tweet", "retweets_count"}),
    posts={
        "post_id": _either("{4}", "{3}", "id", "retweet_id"),
        "account_id": _either("{1}", "{3}", "user_id"),
        "time_us": Field((*_REPOST, "retweet_id", "date", "time", "timezone", "created_at"), _time),
        "text": words("tweet"),
        "lang": words("language"),
        "is_repost": yes_no("retweet"),
        "reposted_post_id": _either("{3}", "{4}", "id", "retweet_id"),
        "reposted_account_id": _either(
            "{3}", "CASE WHEN lower({0}) = 'true' THEN {1} ELSE '' END", "user_id"
        ),
        "quoted_post_id": expression(r"nullif(regexp_extract({0}, '/status/(\d+)', 1), '')", "quote_url"),
        "thread_id": words("conversation_id"),
        "urls": links("urls"),
        "hashtags": listing("hashtags"),
        "mentions": listing("mentions", keys=("screen_name", "username")),
        "likes": number("likes_count"),
        "reposts": number("retweets_count"),
        "replies": number("replies_count"),
    },
    accounts={
        "username": _either("{4}", "{3}", "username", "user_rt"),
        "display_name": _either("NULL", "{3}", "name"),
    },
    platform="x",
    blind={
        "reply": "the file names the accounts that are answered, not the post",
        "media": NO_IMAGES,
    },
)
