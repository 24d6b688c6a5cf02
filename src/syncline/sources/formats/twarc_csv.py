"""CSV of twarc-csv: X API v2 tweets with dotted column names and JSON lists in cells.

A repost's text, entities and counts are those of the tweet that it passes on. The ends of lines are written as `\\n`.
The first versions wrote texts as JSON strings, and all that a tweet refers to in one column.
"""

import json
import re
from dataclasses import replace

from syncline.sources.cells import expression, ident, links, listing, referred_to
from syncline.sources.format import Column, Field, Format, Probe
from syncline.sources.formats.x_api import AUTHOR, BLIND, POSTS
from syncline.sources.plausible import filled
from syncline.sources.sql import as_json


def unescaped(name: str) -> Field:
    """Text with its ends of lines."""
    return expression(r"nullif(replace({0}, '\n', chr(10)), '')", name)


def _decoded(name: str) -> Field:
    """Text that is written as a JSON string; what is none after all as it stands."""

    def render(cell: Column) -> str:
        string = f"json_extract_string({as_json(cell.sql)}, '$')"
        quoted = f"starts_with({cell.sql}, chr(34)) AND ends_with({cell.sql}, chr(34))"
        return f"nullif(COALESCE(CASE WHEN {quoted} THEN {string} END, {unescaped(name).render(cell)}), '')"

    return Field((name,), render)


def _spelled_in_json(declared: Format, look: Probe) -> Format:
    """The format with texts decoded where all of the first are JSON strings: people quote whole tweets, too."""
    texts = filled(look, "text")
    escaped = any(map(_ESCAPE.search, texts))
    if not all(map(_is_json_string, texts)) or not (escaped or len(texts) >= _MANY):
        return declared
    posts = {**declared.posts, "text": _decoded("text")}
    about = {"bio": _decoded("author.description"), "location": _decoded("author.location")}
    return replace(declared, posts=posts, accounts={**declared.accounts, **about})


# What nobody types.
_ESCAPE = re.compile(r'\\u[0-9a-f]{4}|(?<=.)\\"(?=.)')
_MANY = 5


def _is_json_string(cell: str) -> bool:
    try:
        return isinstance(json.loads(cell), str)
    except ValueError:
        return False


def _referred(kind: str) -> Field:
    """The id of the tweet that is referred to as `kind`, in a column of its own or in the one of them all."""
    own, listed = ident(f"referenced_tweets.{kind}.id"), referred_to("referenced_tweets", kind)

    def render(column: Column, references: Column) -> str:
        found = own.render(column)
        return found if references.is_absent else f"COALESCE({found}, {listed.render(references)})"

    return Field((*own.columns, *listed.columns), render)


_TWEET = frozenset({"id", "author_id", "created_at", "text"})

FORMAT = Format(
    name="twarc-csv",
    title="twarc-csv",
    source="DocNow/twarc-csv d77da93, dataframe_converter.py",
    kinds=("csv",),
    needs=_TWEET | {"referenced_tweets.retweeted.id"},
    also=(_TWEET | {"referenced_tweets", "conversation_id", "public_metrics.retweet_count"},),
    adapt=_spelled_in_json,
    posts={
        **POSTS,
        "text": unescaped("text"),
        "reposted_post_id": _referred("retweeted"),
        "reposted_account_id": ident("retweeted_user_id"),
        "reply_to_post_id": _referred("replied_to"),
        "quoted_post_id": _referred("quoted"),
        "urls": links("entities.urls", keys=("expanded_url", "url")),
        "hashtags": listing("entities.hashtags", keys=("tag",)),
        "mentions": listing("entities.mentions", keys=("username",)),
    },
    accounts={**AUTHOR, "bio": unescaped("author.description")},
    platform="x",
    blind=BLIND,
)
