"""Twitter API v1.1 statuses: one a line, in a list, or under `statuses` in search results."""

from collections.abc import Callable

from syncline.sources.cells import expression, html, ident, links_of, moment, number, words, words_of, yes_no
from syncline.sources.document import first_records
from syncline.sources.format import Column, Field, Format, Probe

_NOTICES = ("delete", "limit", "scrub_geo", "status_withheld", "user_withheld", "warning", "disconnect")
_LISTS = ("statuses",)
_TEXTS = (
    "retweeted_status.extended_tweet.full_text",
    "retweeted_status.full_text",
    "retweeted_status.text",
    "extended_tweet.full_text",
    "full_text",
    "text",
)


def entities(
    names: tuple[str, ...], cell: Callable[[Column, tuple[str, ...]], str], keys: tuple[str, ...]
) -> Field:
    """The first of the lists in `names` that is there, be it empty: the later ones belong to a text cut short."""

    def render(*columns: Column) -> str:
        first = ", ".join(column.sql for column in columns)
        return f"COALESCE({cell(Column(names[0], f'COALESCE({first})'), keys)}, [])"

    return Field(names, render)


def present(*names: str) -> Field:
    """The first of the texts in `names` that is there, be it empty: the later ones are cut short."""
    return Field(names, lambda *columns: f"nullif(COALESCE({', '.join(each.sql for each in columns)}), '')")


def _places(part: str) -> tuple[str, ...]:
    """Where `part` of the entities stands: a repost's own are cut short, and so are those of a long tweet."""
    tweets = ("retweeted_status.extended_tweet", "retweeted_status", "extended_tweet")
    return (*(f"{tweet}.entities.{part}" for tweet in tweets), f"entities.{part}")


def _holds_tweets(look: Probe) -> bool:
    found = first_records(look, _LISTS)
    return any({"user", "created_at"} <= each.keys() for each in found)


AUTHOR = {
    "username": words("user.screen_name"),
    "display_name": words("user.name"),
    "bio": words("user.description"),
    "location": words("user.location"),
    "created_us": moment("user.created_at"),
    "followers": number("user.followers_count"),
    "following": number("user.friends_count"),
    "posts_count": number("user.statuses_count"),
    "verified": yes_no("user.verified"),
}

FORMAT = Format(
    name="twitter-v1",
    title="Twitter API v1.1 tweets (JSON, JSON Lines), also extended and streamed",
    source="Twitter API v1.1 tweet object, compatibility and extended mode; DocNow/twarc 1.x",
    kinds=("jsonl", "json"),
    needs=frozenset({"id_str", "created_at", "user.id_str"}),
    also=(
        frozenset({"id", "created_at", "user.id", "user.screen_name", "retweet_count"}),
        frozenset({"statuses"}),
    ),
    check=_holds_tweets,
    posts={
        "post_id": ident("id_str", "id"),
        "account_id": ident("user.id_str", "user.id"),
        # Streamed tweets have milliseconds as well.
        "time_us": moment("timestamp_ms", "created_at"),
        "text": present(*_TEXTS),
        "lang": words("lang"),
        "reposted_post_id": ident("retweeted_status.id_str", "retweeted_status.id"),
        "reposted_account_id": ident("retweeted_status.user.id_str", "retweeted_status.user.id"),
        "reply_to_post_id": ident("in_reply_to_status_id_str", "in_reply_to_status_id"),
        "reply_to_account_id": ident("in_reply_to_user_id_str", "in_reply_to_user_id"),
        # The repost of a quote quotes nothing itself.
        "quoted_post_id": expression(
            "CASE WHEN {0} IS NULL THEN COALESCE({1}, {2}) END",
            "retweeted_status",
            "quoted_status_id_str",
            "quoted_status_id",
        ),
        "urls": entities(_places("urls"), links_of, ("expanded_url", "url")),
        "hashtags": entities(_places("hashtags"), words_of, ("text",)),
        "mentions": entities(_places("user_mentions"), words_of, ("screen_name",)),
        "client": html("source"),
        "likes": number("favorite_count"),
        "reposts": number("retweet_count"),
        "replies": number("reply_count"),
    },
    accounts=AUTHOR,
    platform="x",
    row=expression(
        "CASE "
        + " ".join(
            f"WHEN {{{place}}} IS NOT NULL THEN '{name} notice of the stream'"
            for place, name in enumerate(_NOTICES)
        )
        + " END",
        *_NOTICES,
    ),
    blind={"media": "the format names images but holds neither them nor their hashes"},
    lists=_LISTS,
)
