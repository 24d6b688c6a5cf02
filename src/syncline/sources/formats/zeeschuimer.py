"""What the Zeeschuimer formats share: the envelope around what a platform sent to the browser."""

from syncline.sources.document import inner
from syncline.sources.format import Probe, Record

SOURCE = "digitalmethodsinitiative/zeeschuimer ffa2781, js/zs-background.js and modules/; 4CAT 227bead"
# When the browser got it, in milliseconds.
COLLECTED = "timestamp_collected"


def needs(*columns: str) -> tuple[frozenset[str], frozenset[str]]:
    """The columns by which an item is known as Zeeschuimer writes it, and as 4CAT does, with the envelope inside."""
    return (
        frozenset({"source_platform", *(f"data.{column}" for column in columns)}),
        frozenset({"__import_meta", *columns}),
    )


def opened(record: Record) -> tuple[Record, object]:
    """The platform's own item, and when it was collected."""
    if isinstance(record.get("data"), dict):
        return record["data"], record.get(COLLECTED)
    meta = record.get("__import_meta")
    return record, meta.get(COLLECTED) if isinstance(meta, dict) else None


def of_platform(look: Probe, name: str) -> bool:
    """Whether the first items come from a site whose address holds `name`."""
    sites = [site(each) for each in look.sample]
    return 2 * sum(name in each for each in sites) > len(sites)


def site(record: Record) -> str:
    """The address of the site from which an item comes."""
    return str(record.get("source_platform") or inner(record, "__import_meta").get("source_platform"))
