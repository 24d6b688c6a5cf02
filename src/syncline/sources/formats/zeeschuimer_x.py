"""X posts as its page gets them, collected with Zeeschuimer or by another tool, one a line."""

from collections.abc import Iterator

from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import expression, html, ident, links_of, moment, number, words, words_of, yes_no
from syncline.sources.document import inner
from syncline.sources.format import Format, Record
from syncline.sources.formats.twitter_v1 import entities, present
from syncline.sources.formats.zeeschuimer import COLLECTED, SOURCE, needs, opened

_NEEDS, _NEEDS_OF_4CAT = needs("legacy.created_at", "legacy.full_text")
_OF_THE_PAGE = frozenset(
    {"rest_id", "legacy.created_at", "legacy.full_text", "core.user_results.result.rest_id"}
)
_KEPT = ("__typename", "rest_id", "core", "note_tweet", "source", "user")
_NOTE = "note_tweet.note_tweet_results.result"
_USER = "core.user_results.result"


def tweets(record: Record) -> Iterator[Record]:
    """The tweet without its wrapping, and the one that it reposts as `original`."""
    item, collected = opened(record)
    tweet = _unwrapped(item)
    legacy = inner(tweet, "legacy")
    original = _unwrapped(inner(legacy, "retweeted_status_result", "result"))
    yield {
        **{key: tweet.get(key) for key in _KEPT},
        "legacy": {key: value for key, value in legacy.items() if key != "retweeted_status_result"} or None,
        "original": original or None,
        COLLECTED: collected,
    }


def _unwrapped(result: Record) -> Record:
    return inner(result, "tweet") or result


def _places(part: str) -> tuple[str, ...]:
    """Where `part` of the entities stands: a repost's own are cut short, and those of a long post are in its note."""
    noted, cut = f"{_NOTE}.entity_set.{part}", f"legacy.entities.{part}"
    return (f"original.{noted}", f"original.{cut}", noted, cut)


FORMAT = Format(
    name="zeeschuimer-x",
    title="Zeeschuimer, X posts (NDJSON), also as X's page gets them, without an envelope",
    source=f"{SOURCE}, datasources/twitter-import/search_twitter.py",
    kinds=("jsonl", "json"),
    needs=_NEEDS,
    also=(
        _NEEDS_OF_4CAT,
        frozenset({"source_platform", "data.tweet.legacy"}),
        frozenset({"__import_meta", "tweet.legacy"}),
        _OF_THE_PAGE,
    ),
    unpack=tweets,
    posts={
        "post_id": ident("rest_id", "legacy.id_str"),
        "account_id": ident("legacy.user_id_str", f"{_USER}.rest_id", "user.id_str"),
        "time_us": moment("legacy.created_at"),
        "text": present(
            f"original.{_NOTE}.text", "original.legacy.full_text", f"{_NOTE}.text", "legacy.full_text"
        ),
        "lang": words("legacy.lang"),
        "reposted_post_id": ident(
            "original.rest_id", "original.legacy.id_str", "legacy.retweeted_status_id_str"
        ),
        "reposted_account_id": ident("original.legacy.user_id_str", f"original.{_USER}.rest_id"),
        "reply_to_post_id": ident("legacy.in_reply_to_status_id_str"),
        "reply_to_account_id": ident("legacy.in_reply_to_user_id_str"),
        # The repost of a quote quotes nothing itself.
        "quoted_post_id": expression(
            "CASE WHEN {0} IS NULL THEN {1} END", "original", "legacy.quoted_status_id_str"
        ),
        "thread_id": ident("legacy.conversation_id_str"),
        "urls": entities(_places("urls"), links_of, ("expanded_url", "url")),
        "hashtags": entities(_places("hashtags"), words_of, ("text",)),
        "mentions": entities(_places("user_mentions"), words_of, ("screen_name",)),
        "client": html("source"),
        "likes": number("legacy.favorite_count"),
        "reposts": number("legacy.retweet_count"),
        "replies": number("legacy.reply_count"),
    },
    accounts={
        "username": words(f"{_USER}.core.screen_name", f"{_USER}.legacy.screen_name", "user.screen_name"),
        "display_name": words(f"{_USER}.core.name", f"{_USER}.legacy.name", "user.name"),
        "bio": words(f"{_USER}.profile_bio.description", f"{_USER}.legacy.description", "user.description"),
        "location": words(f"{_USER}.location.location", f"{_USER}.legacy.location", "user.location"),
        "created_us": moment(f"{_USER}.core.created_at", f"{_USER}.legacy.created_at", "user.created_at"),
        "followers": number(f"{_USER}.legacy.followers_count", "user.followers_count"),
        "following": number(f"{_USER}.legacy.friends_count", "user.friends_count"),
        "posts_count": number(f"{_USER}.legacy.statuses_count", "user.statuses_count"),
        "verified": yes_no(f"{_USER}.verification.verified", f"{_USER}.legacy.verified", "user.verified"),
        "observed_us": moment(COLLECTED),
    },
    platform="x",
    row=expression(
        "CASE WHEN {0} IS NULL THEN COALESCE({1}, 'an item') || ' without a post' END",
        "legacy",
        "__typename",
    ),
    blind={"media": NO_IMAGES},
)
