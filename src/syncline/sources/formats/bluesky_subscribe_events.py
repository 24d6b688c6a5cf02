"""Bluesky's Jetstream in its second wire format: messages whose `payload` says in `$type` what it is."""

from syncline.sources.cells import expression, ident, moment, words
from syncline.sources.format import Format
from syncline.sources.formats.bluesky import BLIND, LEXICONS, accounts, clock_gap, posts, row, uri
from syncline.sources.formats.bluesky_archive import dated
from syncline.sources.formats.bluesky_jetstream import SOURCE

_SEEN = moment("payload.time")

FORMAT = Format(
    name="bluesky-subscribe-events",
    title="Bluesky Jetstream, subscribeEvents (JSON Lines)",
    source=f"{SOURCE}; {LEXICONS}",
    kinds=("jsonl", "json"),
    needs=frozenset({"$type", "payload.$type", "payload.did"}),
    posts={
        "post_id": uri("payload.did", "payload.collection", "payload.rkey"),
        "account_id": ident("payload.did"),
        "time_us": _SEEN,
        "clock_gap_us": clock_gap(_SEEN, "payload.record.createdAt"),
        **posts("payload.record"),
    },
    accounts={
        "username": words("payload.identity.handle"),
        **accounts("payload.record", "payload.collection"),
        "observed_us": _SEEN,
    },
    platform="bluesky",
    row=expression(
        "CASE WHEN {0} IS DISTINCT FROM 'message' THEN COALESCE({0}, 'an unknown') || ' frame'"
        " WHEN {1} LIKE '%#identity' THEN 'profile'"
        " WHEN {1} NOT LIKE '%#commit' THEN split_part({1}, '#', 2) || ' event'"
        f" WHEN {{2}} = 'delete' THEN 'deletion: ' || {{3}} ELSE {row('{3}')} END",
        "$type",
        "payload.$type",
        "payload.operation",
        "payload.collection",
    ),
    adapt=dated("payload.time", "payload.record.createdAt"),
    blind=BLIND,
)
