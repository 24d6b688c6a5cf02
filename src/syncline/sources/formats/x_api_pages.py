"""X API v2 response pages: `data` with the tweets, `includes` with their authors and referenced tweets."""

from collections.abc import Iterator
from typing import Any

from syncline.sources.format import Format, Probe, Record
from syncline.sources.formats.x_api import AUTHOR, BLIND, POSTS


def flattened(page: Record) -> Iterator[Record]:
    """The tweets of a page, each with its author and the tweets it refers to. A tweet passes as it is."""
    tweets = page.get("data", [page] if "text" in page else [])
    included = page.get("includes")
    included = included if isinstance(included, dict) else {}
    users = _by_id(included.get("users"))
    others = _by_id(included.get("tweets"))
    seen = {"__twarc": page["__twarc"]} if isinstance(page.get("__twarc"), dict) else {}
    for tweet in tweets if isinstance(tweets, list) else [tweets]:
        if isinstance(tweet, dict):
            yield {**seen, **_with_includes(tweet, users, others)}


def _with_includes(tweet: Record, users: dict[str, Record], others: dict[str, Record]) -> Record:
    references = [
        {**others.get(str(each.get("id")), {}), **each} for each in _objects(tweet.get("referenced_tweets"))
    ]
    author = users.get(str(tweet.get("author_id")))
    return {
        **tweet,
        **({"author": author} if author else {}),
        **({"referenced_tweets": references} if references else {}),
    }


def _by_id(listed: Any) -> dict[str, Record]:
    return {str(each["id"]): each for each in _objects(listed) if "id" in each}


def _objects(listed: Any) -> list[Record]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []


def _holds_tweets(look: Probe) -> bool:
    # The first page may hold nothing, or what the API says of an error.
    pages = [page.get("data") for page in look.sample]
    tweets = [each for data in pages for each in _objects(data if isinstance(data, list) else [data])]
    return any({"id", "text", "author_id"} <= each.keys() for each in tweets)


FORMAT = Format(
    name="x-api-pages",
    title="X API v2 response pages (JSON, JSON Lines) with data and includes",
    source="X API v2 data dictionary; DocNow/twarc c2b82fb, src/twarc/expansions.py",
    kinds=("jsonl", "json"),
    needs=frozenset({"data"}),
    without=frozenset({"source_platform"}),
    check=_holds_tweets,
    posts=POSTS,
    accounts=AUTHOR,
    platform="x",
    blind=BLIND,
    unpack=flattened,
)
