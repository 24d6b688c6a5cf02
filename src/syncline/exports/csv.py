"""CSV: `nodes.csv`, `edges.csv` and `co_actions.csv`, comma-separated, UTF-8 with a byte order mark.

The mark makes Excel read Persian and Arabic as what they are. Lists are joined with `|`. Times stand
twice: as UTC microseconds (`*_us`) and as ISO 8601 (`*_utc`). Text that a spreadsheet would run gets an
apostrophe in front (`syncline.safety.csv_safe`). The first columns have the names that Gephi's
spreadsheet import asks for.
"""

import csv
import os
import shutil
from pathlib import Path
from typing import Any, TextIO

from syncline import words
from syncline.case import Case, refuse_foreign
from syncline.exports import tables
from syncline.safety import csv_safe

LIST_SEPARATOR = "|"
_GEPHI = {"id": "Id", "label": "Label", "source": "Source", "target": "Target", "weight": "Weight"}
_FILES = {"nodes.csv": tables.NODES, "edges.csv": tables.EDGES, "co_actions.csv": tables.CO_ACTIONS}
# How each of them begins, whatever version wrote it.
_BEGIN = {name: b"\xef\xbb\xbf" + (b"Id," if name == "nodes.csv" else b"Source,Target,") for name in _FILES}


def check_folder(out: Path) -> None:
    """Raises SynclineError if the folder `out` holds anything but an earlier export."""
    refuse_foreign(out, [file.name for file in out.iterdir() if not _written(file)])


def _written(file: Path) -> bool:
    begin = _BEGIN.get(file.name)
    if begin is None or not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(len(begin)) == begin


def write(case: Case, out: Path) -> list[Path]:
    """Write the three files into the folder `out`; all of them or none."""
    place = out.resolve()
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        unfinished.mkdir(parents=True)
        for name, query in _FILES.items():
            with (unfinished / name).open("w", encoding="utf-8-sig", newline="") as file:
                _write_table(case, query, file)
        out.mkdir(exist_ok=True)
        return [(unfinished / name).replace(out / name) for name in _FILES]
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _write_table(case: Case, query: str, file: TextIO) -> None:
    names = [name for name, _ in tables.columns(case, query)]
    times = [position for position, name in enumerate(names) if name.endswith("_us") and name != "lag_us"]
    writer = csv.writer(file)
    writer.writerow(
        [_GEPHI.get(name, name) for name in names] + [f"{names[time][:-3]}_utc" for time in times]
    )
    for row in tables.records(case, query):
        writer.writerow([_cell(value) for value in row] + [_iso(row[time]) for time in times])


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return csv_safe(value)
    if isinstance(value, list):
        return csv_safe(LIST_SEPARATOR.join(value))
    if isinstance(value, bool):
        return str(value).lower()
    return value


def _iso(time_us: int | None) -> str:
    at = None if time_us is None else words.moment(time_us)
    return at.isoformat() if at else ""
