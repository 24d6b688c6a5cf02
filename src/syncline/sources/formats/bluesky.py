"""What the Bluesky formats share: posts, reposts and profiles as records of the AT Protocol.

`createdAt` in a record is written by the poster's own program and may be false. Where a format has the
server's time as well, that is used, and the gap between the two is kept in `clock_gap_us`.
"""

from syncline.sources import times
from syncline.sources.cells import expression, ident, moment, words
from syncline.sources.format import Column, Field
from syncline.sources.sql import as_json

POST, REPOST, PROFILE = "app.bsky.feed.post", "app.bsky.feed.repost", "app.bsky.actor.profile"
LEXICONS = "bluesky-social/atproto lexicons app.bsky.feed, app.bsky.richtext, app.bsky.embed, app.bsky.actor"
BLIND = {
    "media": "records name images by the hash of their bytes, which a copy with one changed byte does not share"
}

_PICTURES = ("media.tenor.com", "static.klipy.com", "media.giphy.com")
_DID = "nullif(regexp_extract({0}, '^at://([^/]+)/', 1), '')"


def uri(did: str, collection: str, rkey: str) -> Field:
    """The address of a record: `at://did/collection/rkey`."""
    return expression("'at://' || {0} || '/' || {1} || '/' || {2}", did, collection, rkey)


def did_of(address: str) -> Field:
    """The account in the address of a record."""
    return expression(_DID, address)


def row(collection: str) -> str:
    """What a record of `collection` (SQL) is: NULL for a post or repost, 'profile', or its name."""
    return (
        f"CASE {collection} WHEN '{POST}' THEN NULL WHEN '{REPOST}' THEN NULL WHEN '{PROFILE}' THEN 'profile'"
        f" ELSE COALESCE({collection}, 'a record of no kind') END"
    )


def clock_gap(server: Field, client: str) -> Field:
    """The server's time minus the one in the column `client`."""

    def render(*columns: Column) -> str:
        *own, written = columns
        return f"({server.render(*own)}) - ({times.time_us(written.sql, written.type)})"

    return Field((*server.columns, client), render)


def posts(record: str) -> dict[str, Field]:
    """The columns that the record of a post or repost gives; `record` is the path to it."""
    embed, facets = f"{record}.embed", f"{record}.facets"
    return {
        "text": words(f"{record}.text"),
        "lang": expression(f"json_extract_string({as_json('{0}')}, '$[0]')", f"{record}.langs"),
        "is_repost": expression(f"{{0}} = '{REPOST}'", f"{record}.$type"),
        "reposted_post_id": ident(f"{record}.subject.uri"),
        "reposted_account_id": did_of(f"{record}.subject.uri"),
        "reply_to_post_id": ident(f"{record}.reply.parent.uri"),
        "reply_to_account_id": did_of(f"{record}.reply.parent.uri"),
        # A quoted list or feed is no post. A quote with pictures lies one deeper.
        "quoted_post_id": expression(
            f"CASE WHEN contains(COALESCE({{0}}, {{1}}), '/{POST}/') THEN COALESCE({{0}}, {{1}}) END",
            f"{embed}.record.uri",
            f"{embed}.record.record.uri",
        ),
        "thread_id": ident(f"{record}.reply.root.uri"),
        # Not all together: one link, short in the text and whole in the card, would count as two.
        "urls": _first_filled(
            _card(f"{embed}.external.uri"),
            _card(f"{embed}.media.external.uri"),
            _features("uri", facets),
        ),
        "hashtags": _together(
            _features("tag", facets),
            Field((f"{record}.tags",), lambda tags: _strings(tags, "$[*]")),
        ),
        "mentions": _features("did", facets),
    }


def accounts(record: str, collection: str) -> dict[str, Field]:
    """The columns that the record of a profile gives; `collection` is the path to its kind."""
    return {
        "display_name": words(f"{record}.displayName"),
        "bio": words(f"{record}.description"),
        "created_us": _where(moment(f"{record}.createdAt"), collection, f"= '{PROFILE}'"),
    }


def unless_profile(made: Field, collection: str) -> Field:
    """`made`, but NULL in a profile."""
    return _where(made, collection, f"IS DISTINCT FROM '{PROFILE}'")


def _where(made: Field, collection: str, condition: str) -> Field:
    def render(*columns: Column) -> str:
        *own, kind = columns
        return f"CASE WHEN {kind.sql} {condition} THEN {made.render(*own)} END"

    return Field((*made.columns, collection), render)


def _features(name: str, facets: str) -> Field:
    """What the facets of a text mark, in their order; of each facet only the features called `name`."""
    return Field((facets,), lambda column: _strings(column, f"$[*].features[*].{name}"))


def _strings(column: Column, path: str) -> str:
    found = f"json_extract_string({as_json(column.sql)}, '{path}')"
    return f"COALESCE(list_filter({found}, lambda each: each <> ''), [])"


def _card(name: str) -> Field:
    """The address below a post, unless it is a moving picture out of the client's library: these are shown as cards."""

    def render(column: Column) -> str:
        picture = " OR ".join(f"starts_with({column.sql}, 'https://{host}/')" for host in _PICTURES)
        return f"CASE WHEN {column.sql} <> '' AND NOT ({picture}) THEN [{column.sql}] ELSE [] END"

    return Field((name,), render)


def _first_filled(*parts: Field) -> Field:
    """The first of the lists of `parts` that holds anything."""

    def render(*columns: Column) -> str:
        given = iter(columns)
        lists = [each.render(*(next(given) for _ in each.columns)) for each in parts]
        return f"COALESCE({', '.join(f'nullif({each}, [])' for each in lists)}, [])"

    return Field(tuple(name for each in parts for name in each.columns), render)


def _together(*parts: Field) -> Field:
    """The lists of `parts` one after the other, without repeats."""

    def render(*columns: Column) -> str:
        given = iter(columns)
        lists = [each.render(*(next(given) for _ in each.columns)) for each in parts]
        joined = lists[0]
        for more in lists[1:]:
            joined = f"({joined} || list_filter({more}, lambda each: NOT list_contains({joined}, each)))"
        return joined

    return Field(tuple(name for each in parts for name in each.columns), render)
