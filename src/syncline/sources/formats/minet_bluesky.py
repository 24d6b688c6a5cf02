"""CSV of minet: Bluesky posts in the flat form of twitwi. A repost is the row of the post, with who reposted it."""

from syncline.sources import times
from syncline.sources.cells import expression, links, listing, number, words
from syncline.sources.format import Column, Field, Format
from syncline.sources.formats.bluesky import BLIND
from syncline.sources.formats.minet_x import SOURCE

_REPOSTED = "COALESCE({0}, '') <> ''"


def _by(reposter: str, author: str) -> Field:
    """The cell `reposter` of a repost, else `author`; either may be empty."""
    return expression(
        f"nullif(CASE WHEN {_REPOSTED} THEN {{1}} ELSE {{2}} END, '')", "repost_by_user_did", reposter, author
    )


def _own(name: str) -> Field:
    """The cell, unless the row is a repost: what the original answers or quotes is not its."""
    return expression(f"CASE WHEN NOT {_REPOSTED} THEN nullif({{1}}, '') END", "repost_by_user_did", name)


def _of_repost(name: str) -> Field:
    """The cell, if the row is a repost."""
    return expression(f"CASE WHEN {_REPOSTED} THEN nullif({{1}}, '') END", "repost_by_user_did", name)


def _time(reposter: Column, reposted: Column, seen: Column, written: Column) -> str:
    """When the server saw it, where the file says so."""
    own = f"COALESCE({times.time_us(seen.sql, seen.type)}, {times.time_us(written.sql, written.type)})"
    shared = times.time_us(reposted.sql, reposted.type)
    return f"CASE WHEN {_REPOSTED.format(reposter.sql)} THEN {shared} ELSE {own} END"


def _gap(reposter: Column, seen: Column, written: Column) -> str:
    """The server's time minus the one that the poster's own program wrote."""
    gap = f"({times.time_us(seen.sql, seen.type)}) - ({times.time_us(written.sql, written.type)})"
    return f"CASE WHEN NOT {_REPOSTED.format(reposter.sql)} THEN {gap} END"


FORMAT = Format(
    name="minet-bluesky",
    title="minet CSV, Bluesky",
    source=f"{SOURCE} 3d38263, twitwi/bluesky/types.py; 03e2d85, test/resources/bluesky-posts-export.csv",
    kinds=("csv",),
    needs=frozenset({"uri", "user_did", "timestamp_utc", "to_post_uri", "quoted_uri", "repost_by_user_did"}),
    posts={
        # The record of a repost is not named.
        "post_id": _own("uri"),
        "account_id": _by("repost_by_user_did", "user_did"),
        "time_us": Field(
            ("repost_by_user_did", "repost_timestamp_utc", "indexed_at_utc", "timestamp_utc"), _time
        ),
        "clock_gap_us": Field(("repost_by_user_did", "indexed_at_utc", "timestamp_utc"), _gap),
        # `text` has the addresses of pictures and the words of what is quoted at its end.
        "text": words("original_text", "text"),
        "lang": expression("nullif(split_part({0}, '|', 1), '')", "user_langs"),
        "is_repost": expression(_REPOSTED, "repost_by_user_did"),
        "reposted_post_id": _of_repost("uri"),
        "reposted_account_id": _of_repost("user_did"),
        "reply_to_post_id": _own("to_post_uri"),
        "reply_to_account_id": _own("to_user_did"),
        "quoted_post_id": _own("quoted_uri"),
        "thread_id": _own("to_root_post_uri"),
        "urls": links("links"),
        "hashtags": listing("hashtags"),
        "mentions": listing("mentioned_user_dids"),
        "likes": number("like_count"),
        "reposts": number("repost_count"),
        "replies": number("reply_count"),
    },
    accounts={
        "username": _by("repost_by_user_handle", "user_handle"),
        "display_name": _own("user_diplay_name"),
        "created_us": Field(
            ("repost_by_user_did", "user_timestamp_utc"),
            lambda reposter, made: (
                f"CASE WHEN NOT {_REPOSTED.format(reposter.sql)} THEN {times.time_us(made.sql, made.type)} END"
            ),
        ),
    },
    platform="bluesky",
    blind=BLIND,
)
