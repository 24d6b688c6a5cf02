"""What was not used, and why: nothing is lost in silence."""

from typing import Any

from syncline import words
from syncline.case import unused as said
from syncline.case.contract import ReportCase

_MOST_ROWS = 200
_REJECTS = """
SELECT source_file, reason, count(*) AS rows, min(source_row), left(any_value(detail), 120)
FROM rejects GROUP BY source_file, reason ORDER BY rows DESC, source_file, reason LIMIT {limit}
"""


def build(case: ReportCase) -> dict[str, Any]:
    """Rejected rows by file and reason, behaviours without data, objects left out, refused windows, skipped files."""
    run = case.run
    return {
        "summary": said.summary(run),
        "rejects": [_reject(*row) for row in case.sql(_REJECTS.format(limit=_MOST_ROWS)).fetchall()],
        "behaviours": said.behaviours(run),
        "windows": said.windows(run) + said.skipped(run),
    }


def _reject(
    source_file: str, reason: str, rows: int, first_row: int | None, detail: str | None
) -> dict[str, Any]:
    return {
        "file": source_file,
        "reason": reason,
        "why": said.REASONS.get(reason, ""),
        "rows": words.number(rows),
        "first": "" if first_row is None else f"row {words.number(first_row)}",
        "detail": detail or "",
    }
