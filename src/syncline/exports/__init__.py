"""Exports: the accounts in networks and the edges between them, for spreadsheets and graph tools.

Every format writes the same `nodes` and `edges`, so that a column means the same everywhere. To add a
format: a module here with `write(case, out) -> list[Path]`, and its name in `_WRITERS`.
"""

from collections.abc import Callable
from pathlib import Path

from syncline.case import Case
from syncline.errors import SynclineError, UsageError
from syncline.exports import csv, gexf
from syncline.faults import reason

_WRITERS: dict[str, Callable[[Case, Path], list[Path]]] = {"csv": csv.write, "gexf": gexf.write}
_ENDINGS = {"csv": "-csv", "gexf": ".gexf"}

FORMATS = tuple(_WRITERS)


def default_output(case: Case, to: str) -> Path:
    """Where an export goes when nobody says: `tweets.case` gives `tweets.gexf` or `tweets-csv`, here."""
    return Path(case.path.resolve().name.removesuffix(".case") + _ENDINGS.get(to, ""))


def export(case: Case, to: str, out: Path, *, overwrite: bool = False) -> list[Path]:
    """Write `case` in the format `to` ("csv": a folder, "gexf": a file) and return the files written.

    Raises UsageError for an unknown format, SynclineError if `out` exists and `overwrite` is not set,
    or if it cannot be written.
    """
    if to not in _WRITERS:
        raise UsageError(f"{to!r}: not a format to export to; choose {' or '.join(FORMATS)}.")
    if out.exists() and not overwrite:
        raise SynclineError(f"{out}: exists already; choose another name with -o, or add --overwrite.")
    try:
        return _WRITERS[to](case, out)
    except OSError as error:
        raise SynclineError(
            f"{out}: could not be written ({reason(error)}); choose another place with -o."
        ) from error
