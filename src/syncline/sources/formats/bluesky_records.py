"""Records out of Bluesky repositories: `uri`, `cid` and `value`, one by one or in pages of `records`."""

from syncline.sources.cells import expression, ident, moment
from syncline.sources.document import first_records
from syncline.sources.format import Format, Probe
from syncline.sources.formats.bluesky import BLIND, LEXICONS, accounts, did_of, posts, row, unless_profile

_LISTS = ("records",)


def _holds_records(look: Probe) -> bool:
    found = first_records(look, _LISTS)
    return any(isinstance(each.get("value"), dict) and "$type" in each["value"] for each in found)


FORMAT = Format(
    name="bluesky-records",
    title="Bluesky repository records (JSON, JSON Lines)",
    source=f"{LEXICONS}; com.atproto.repo.listRecords",
    kinds=("jsonl", "json"),
    needs=frozenset({"uri", "value.$type"}),
    also=(frozenset({"records"}),),
    check=_holds_records,
    lists=_LISTS,
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
