"""Zeeschuimer's items of sites whose items are not read here, which 4CAT turns into a table."""

from syncline.sources.format import Format, Probe
from syncline.sources.formats.zeeschuimer import SOURCE, site

_READ = ("twitter", "x.com", "tiktok", "instagram", "threads", "truthsocial")


def _is_of_another_site(look: Probe) -> bool:
    captured = [each for each in look.sample if {"nav_index", "item_id", "data"} <= each.keys()]
    return bool(captured) and not any(name in site(each) for each in captured for name in _READ)


FORMAT = Format(
    name="zeeschuimer-other",
    title="Zeeschuimer, items of any other site (NDJSON)",
    source=SOURCE,
    kinds=("jsonl", "json"),
    needs=frozenset({"source_platform"}),
    check=_is_of_another_site,
    refused=(
        "the items that Zeeschuimer captured on this site are not read. Import the file into 4CAT, and give the"
        " CSV that 4CAT makes of it"
    ),
)
