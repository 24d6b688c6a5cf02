"""X API v2 tweets, one flattened object a line or in a list. Response pages are in `x_api_pages`."""

from collections.abc import Callable

from syncline.sources.cells import ident, links_of, moment, number, words, words_of, yes_no
from syncline.sources.format import Column, Field, Format, Probe
from syncline.sources.sql import as_json

_REFERENCE = (
    '{"type": "VARCHAR", "id": "VARCHAR", "author_id": "VARCHAR", "text": "VARCHAR", "entities": "JSON",'
    ' "note_tweet": "JSON"}'
)
_SIGNS = ("edit_history_tweet_ids", "conversation_id", "referenced_tweets", "public_metrics", "entities")


def described(at: str = "") -> dict[str, Field]:
    """The columns of accounts that a user gives, whose names begin with `at`."""
    return {
        "username": words(f"{at}username"),
        "display_name": words(f"{at}name"),
        "bio": words(f"{at}description"),
        "location": words(f"{at}location"),
        "created_us": moment(f"{at}created_at"),
        "followers": number(f"{at}public_metrics.followers_count"),
        "following": number(f"{at}public_metrics.following_count"),
        "posts_count": number(f"{at}public_metrics.tweet_count"),
        "verified": yes_no(f"{at}verified"),
        "observed_us": moment("__twarc.retrieved_at"),
    }


AUTHOR = described("author.")
BLIND = {"media": "the format names images but holds neither them nor their hashes"}


def referenced(kind: str, what: str) -> Callable[[Column], str]:
    """`what` of the first tweet to which this one refers as `kind`."""

    def render(references: Column) -> str:
        listed = f"from_json({as_json(references.sql)}, '[{_REFERENCE}]')"
        return f"list_filter({listed}, lambda each: each.type = '{kind}')[1].{what}"

    return render


def _entities(part: str, keys: tuple[str, ...], cell: Callable[[Column, tuple[str, ...]], str]) -> Field:
    """Entities of the reposted tweet, else of this one: a repost's own text and entities are cut short.

    So are those of a tweet of more than 280 characters, which are whole in its `note_tweet`.
    """

    def render(references: Column, whole: Column, own: Column) -> str:
        reposted = (
            f"CAST({referenced('retweeted', 'note_tweet')(references)} -> 'entities' ->> '{part}' AS VARCHAR), "
            f"CAST({referenced('retweeted', 'entities')(references)} ->> '{part}' AS VARCHAR)"
        )
        found = Column(part, f"COALESCE({reposted}, {whole.sql}, {own.sql})")
        return f"COALESCE({cell(found, keys)}, [])"

    return Field(("referenced_tweets", f"note_tweet.entities.{part}", f"entities.{part}"), render)


def _full_text(references: Column, whole: Column, own: Column) -> str:
    reposted = (
        f"{referenced('retweeted', 'note_tweet')(references)} ->> 'text',"
        f" {referenced('retweeted', 'text')(references)}"
    )
    return f"COALESCE({reposted}, {whole.sql}, {own.sql})"


def _is_tweet(look: Probe) -> bool:
    return any(sign in look.columns for sign in _SIGNS)


POSTS = {
    "post_id": ident("id"),
    "account_id": ident("author_id"),
    "time_us": moment("created_at"),
    "text": Field(("referenced_tweets", "note_tweet.text", "text"), _full_text),
    "lang": words("lang"),
    "reposted_post_id": Field(("referenced_tweets",), referenced("retweeted", "id")),
    "reposted_account_id": Field(("referenced_tweets",), referenced("retweeted", "author_id")),
    "reply_to_post_id": Field(("referenced_tweets",), referenced("replied_to", "id")),
    "reply_to_account_id": ident("in_reply_to_user_id"),
    "quoted_post_id": Field(("referenced_tweets",), referenced("quoted", "id")),
    "thread_id": ident("conversation_id"),
    "urls": _entities("urls", ("expanded_url", "url"), links_of),
    "hashtags": _entities("hashtags", ("tag",), words_of),
    "mentions": _entities("mentions", ("username",), words_of),
    "client": words("source"),
    "likes": number("public_metrics.like_count"),
    "reposts": number("public_metrics.retweet_count"),
    "replies": number("public_metrics.reply_count"),
}

FORMAT = Format(
    name="x-api",
    title="X API v2 tweets (JSON, JSON Lines), flattened",
    source="X API v2 data dictionary; DocNow/twarc c2b82fb, src/twarc/expansions.py, and pull request 702 (note_tweet)",
    kinds=("jsonl", "json"),
    needs=frozenset({"id", "author_id", "created_at", "text"}),
    check=_is_tweet,
    posts=POSTS,
    accounts=AUTHOR,
    platform="x",
    blind=BLIND,
)
