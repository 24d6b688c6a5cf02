"""CSV of TAGS, the Google sheet that collects tweets, with their entities as JSON in one cell."""

from collections.abc import Callable

from syncline.sources import text
from syncline.sources.blind import NO_IMAGES
from syncline.sources.cells import html, ident, links_of, moment, number, reference, words, words_of
from syncline.sources.format import Column, Field, Format
from syncline.sources.sql import as_json


def _entities(
    part: str,
    cell: Callable[[Column, tuple[str, ...]], str],
    keys: tuple[str, ...],
    told: Callable[[str], str],
) -> Field:
    """`part` of the entities; where the sheet holds none, or cut them off, what the words of the tweet tell."""

    def render(entities: Column, body: Column) -> str:
        listed = f"CAST({as_json(entities.sql)} -> '$.{part}' AS VARCHAR)"
        in_text = told(text.tokens(text.without_repost_prefix(body.sql)))
        found = f"COALESCE({cell(Column(part, listed), keys)}, [])"
        return f"CASE WHEN {listed} IS NULL THEN COALESCE({in_text}, []) ELSE {found} END"

    return Field(("entities_str", "text"), render)


FORMAT = Format(
    name="tags",
    title="TAGS, Google sheet of tweets (CSV)",
    source="mhawksey/TAGS, the header of its archive sheet",
    kinds=("csv",),
    needs=frozenset({"id_str", "from_user", "text", "created_at", "time", "from_user_id_str", "status_url"}),
    posts={
        "post_id": ident("id_str"),
        "account_id": ident("from_user_id_str", "from_user"),
        # `time` is the same in the zone of the sheet.
        "time_us": moment("created_at"),
        "text": words("text"),
        "reply_to_post_id": reference("in_reply_to_status_id_str"),
        "reply_to_account_id": reference("in_reply_to_user_id_str"),
        "urls": _entities("urls", links_of, ("expanded_url", "url"), text.urls),
        "hashtags": _entities("hashtags", words_of, ("text",), text.hashtags),
        "mentions": _entities("user_mentions", words_of, ("screen_name",), text.mentions),
        "client": html("source"),
    },
    accounts={
        "username": words("from_user"),
        "location": words("user_location"),
        "followers": number("user_followers_count"),
        "following": number("user_friends_count"),
    },
    platform="x",
    blind={"media": NO_IMAGES},
)
