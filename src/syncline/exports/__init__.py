"""Exports: the networks for spreadsheets and graph tools, for platforms (STIX), and in words (Markdown).

Tables write the same `nodes` and `edges`, so that a column means the same everywhere. To add a format: a
module here with `write(case, out) -> list[Path]`, and its name in `_WRITERS`.
"""

from collections.abc import Callable
from pathlib import Path

from syncline import words
from syncline.case import Case, refuse_foreign_file, refuse_inside_case
from syncline.errors import SynclineError, UsageError
from syncline.exports import csv, gexf, markdown, stix
from syncline.exports.pseudonyms import PseudonymousCase, read_key
from syncline.faults import reason

_WRITERS: dict[str, Callable[[Case, Path], list[Path]]] = {
    "csv": csv.write,
    "gexf": gexf.write,
    "markdown": markdown.write,
    "stix": stix.write,
}
# What stands in the beginning of each file.
_MARKS = {"gexf": b"<creator>Syncline ", "markdown": b"\nSyncline ", "stix": b'"type": "bundle"'}
_ENDINGS = {"csv": "-csv", "gexf": ".gexf", "markdown": ".md", "stix": ".stix.json"}

FORMATS = tuple(_WRITERS)


def default_output(case: Case, to: str) -> Path:
    """Where an export goes when nobody says: `tweets.case` gives `tweets.gexf` or `tweets-csv`, here."""
    return Path(case.path.resolve().name.removesuffix(".case") + _ENDINGS.get(to, ""))


def export(
    case: Case,
    to: str,
    out: Path,
    *,
    overwrite: bool = False,
    pseudonymise: Path | None = None,
    tlp: str | None = None,
) -> list[Path]:
    """Write `case` in the format `to` ("csv": a folder, the others: a file) and return the files written.

    `pseudonymise` names a file with a key, which is made if it is not there: ids become keyed hashes, and names and
    texts go. `tlp` marks a STIX bundle: clear, green, amber (where nothing is said) or red.
    Raises UsageError for an unknown format and for a place in a case, SynclineError if `out` exists and `overwrite`
    is not set, if it is a file or folder that no export wrote, or if it cannot be written.
    """
    if to not in _WRITERS:
        raise UsageError(f"{to!r}: not a format to export to; choose {words.listing(FORMATS, 'or')}.")
    _check_place(to, out, overwrite)
    if tlp is not None and (to != "stix" or tlp not in stix.TLP):
        raise UsageError(f"--tlp {tlp}: marks STIX, with {words.listing(list(stix.TLP), 'or')}.")
    if pseudonymise is not None:
        _check_key_place(pseudonymise, out, case)
        case = PseudonymousCase(case, read_key(pseudonymise))
    try:
        return stix.write(case, out, tlp) if tlp is not None else _WRITERS[to](case, out)
    except OSError as error:
        raise SynclineError(
            f"{out}: could not be written ({reason(error)}); choose another place with -o."
        ) from error


def _check_place(to: str, out: Path, overwrite: bool) -> None:
    refuse_inside_case(out)
    if out.exists() and not overwrite:
        raise SynclineError(f"{out}: exists already; choose another name with -o, or add --overwrite.")
    if out.is_dir() and to == "csv":
        csv.check_folder(out)
    elif out.is_dir():
        raise SynclineError(f"{out}: is a folder, and {to} is written to a file; name one with -o.")
    elif to in _MARKS:
        refuse_foreign_file(out, _MARKS[to])


def _check_key_place(key: Path, out: Path, case: Case) -> None:
    """Who gets the export must not get the key with it."""
    for folder in (out.resolve(), case.path.resolve()):
        if key.resolve() == folder or folder in key.resolve().parents:
            raise UsageError(f"{key}: the key would lie in what is handed on; keep it elsewhere.")
    refuse_inside_case(key)
