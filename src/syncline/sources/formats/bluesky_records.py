"""Records out of Bluesky repositories: `uri`, `cid` and `value`, one by one or in pages of `records`."""

from syncline.sources.cells import expression, ident, moment
from syncline.sources.format import Format
from syncline.sources.formats.bluesky import BLIND, LEXICONS, accounts, did_of, posts, row, unless_profile

FORMAT = Format(
    name="bluesky-records",
    title="Bluesky repository records (JSON, JSON Lines)",
    source=f"{LEXICONS}; com.atproto.repo.listRecords",
    kinds=("jsonl", "json"),
    needs=frozenset({"uri", "value.$type"}),
    also=(frozenset({"records"}),),
    check=lambda look: any("$type" in str(value)[:4000] for value in look.sample),
    lists=("records",),
    posts={
        "post_id": ident("uri"),
        "account_id": did_of("uri"),
        # A profile's time is that of its making, and says nothing of when it was seen.
        "time_us": unless_profile(moment("value.createdAt"), "value.$type"),
        **posts("value"),
    },
    accounts=accounts("value", "value.$type"),
    platform="bluesky",
    row=expression(row("{0}"), "value.$type"),
    blind=BLIND,
    notes={
        "": "Bluesky: the times are those that the poster's own program wrote; the file has no time of the server."
    },
)
