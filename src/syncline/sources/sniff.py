"""Which format a file is in, and why."""

from dataclasses import dataclass, replace

from syncline.errors import SynclineError, UsageError
from syncline.schema import TABLES
from syncline.sources.format import Format, Probe
from syncline.sources.formats import formats
from syncline.sources.formats.generic import generic, missing

_SHOWN_COLUMNS = 12


@dataclass(frozen=True)
class Candidate:
    """A format that fits a file, with the reason in words."""

    format: Format
    why: str


def choose(look: Probe, name: str | None = None) -> Candidate:
    """The format of the file, or the one called `name`.

    Raises SynclineError if none fits, or if several do and none of them is a special case of the others.
    """
    _refuse_other_tables(look)
    if name is not None:
        return _named(look, name)
    found = candidates(look)
    best = [each for each in found if not any(each.format.needs < other.format.needs for other in found)]
    if len(best) == 1:
        return best[0]
    if best:
        listed = "; ".join(f"{each.format.name}: {each.why}" for each in best)
        raise SynclineError(
            f"{look.path}: could be in several formats ({listed}). Say which one with --format."
        )
    return _generic(look)


def candidates(look: Probe) -> list[Candidate]:
    """Every declared format that recognises the file."""
    return [Candidate(each, _why(each)) for each in formats() if recognises(each, look)]


def recognises(declared: Format, look: Probe) -> bool:
    """Whether the file has what `declared` asks for."""
    return (
        look.kind in declared.kinds
        and declared.needs <= look.columns.keys()
        and not declared.without & look.columns.keys()
        and (declared.check is None or declared.check(look))
    )


def format_names() -> list[str]:
    """What --format takes."""
    return [*(each.name for each in formats()), "generic"]


def _why(declared: Format) -> str:
    return f"it has {', '.join(sorted(declared.needs))}"


def _named(look: Probe, name: str) -> Candidate:
    if name == "generic":
        return _generic(look)
    declared = next((each for each in formats() if each.name == name), None)
    if declared is None:
        raise UsageError(f"There is no format '{name}'. Known are: {', '.join(format_names())}.")
    absent = sorted(declared.needs - look.columns.keys())
    if look.kind not in declared.kinds or absent:
        lacks = (
            f"no {', '.join(absent)}" if absent else f"a {look.kind} file, not {' or '.join(declared.kinds)}"
        )
        raise SynclineError(
            f"{look.path}: does not look like {name} ({lacks}). Leave --format out to have it found."
        )
    return Candidate(declared, "it was asked for")


def _generic(look: Probe) -> Candidate:
    found = generic(look)
    lack = missing(found)
    if lack is not None:
        shown = list(look.columns)[:_SHOWN_COLUMNS]
        more = f" and {len(look.columns) - len(shown)} more" if len(look.columns) > len(shown) else ""
        raise SynclineError(
            f"{look.path}: no column was found that {lack}. The file has: {', '.join(shown)}{more}. "
            "Say which column is which in a mapping file and give it with --mapping."
        )
    return Candidate(replace(found, kinds=(look.kind,)), "its columns have usual names")


def _refuse_other_tables(look: Probe) -> None:
    """Tables of a case are no input, whatever their columns are called."""
    for table, schema in TABLES.items():
        if table not in ("posts", "accounts") and list(look.columns) == schema.names:
            raise SynclineError(
                f"{look.path}: this is the table '{table}' of a case. Give its posts.parquet."
            )
