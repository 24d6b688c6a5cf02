"""Bluesky's Jetstream in its first wire format: `did`, `time_us`, `kind`, and the `commit` with its record."""

from syncline.sources.cells import expression, ident, moment, words
from syncline.sources.format import Format
from syncline.sources.formats.bluesky import BLIND, LEXICONS, accounts, clock_gap, posts, row, uri
from syncline.sources.formats.bluesky_archive import dated

SOURCE = "bluesky-social/jetstream 9a30def, docs/README.md 5.1 and 5.2"
_SEEN = moment("time_us")

FORMAT = Format(
    name="bluesky-jetstream",
    title="Bluesky Jetstream, /subscribe (JSON Lines)",
    source=f"{SOURCE}; {LEXICONS}",
    kinds=("jsonl", "json"),
    needs=frozenset({"did", "time_us", "kind"}),
    posts={
        "post_id": uri("did", "commit.collection", "commit.rkey"),
        "account_id": ident("did"),
        "time_us": _SEEN,
        "clock_gap_us": clock_gap(_SEEN, "commit.record.createdAt"),
        **posts("commit.record"),
    },
    accounts={
        "username": words("identity.handle"),
        **accounts("commit.record", "commit.collection"),
        "observed_us": _SEEN,
    },
    platform="bluesky",
    row=expression(
        "CASE WHEN {0} = 'identity' THEN 'profile' WHEN {0} <> 'commit' THEN {0} || ' event'"
        f" WHEN {{1}} = 'delete' THEN 'deletion: ' || {{2}} ELSE {row('{2}')} END",
        "kind",
        "commit.operation",
        "commit.collection",
    ),
    adapt=dated("time_us", "commit.record.createdAt"),
    blind=BLIND,
)
