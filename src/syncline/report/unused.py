"""What was not used, and why: nothing is lost in silence."""

from typing import Any

from syncline import words
from syncline.report.contract import ReportCase

_MOST_ROWS = 200
_REJECTS = """
SELECT source_file, reason, count(*) AS rows, min(source_row), left(any_value(detail), 120)
FROM rejects GROUP BY source_file, reason ORDER BY rows DESC, source_file, reason LIMIT {limit}
"""
_REASONS = {
    "duplicate": "the same post again; counted, used once",
    "bad_time": "its time could not be read",
    "no_account": "it names no account",
    "no_id": "it has no id",
    "broken_row": "the row is broken",
    "bad_id": "its id is ruined, as by a spreadsheet",
}


def build(case: ReportCase) -> dict[str, Any]:
    """Rejected rows by file and reason, behaviours without data, refused windows, objects left out."""
    return {
        "summary": _summary(case.run),
        "rejects": [_reject(*row) for row in case.sql(_REJECTS.format(limit=_MOST_ROWS)).fetchall()],
        "behaviours": _behaviours(case.run),
        "windows": [
            f"A window of {_window(refused['window_s'])} was not used: {_sentence_end(refused['why'])}"
            for refused in case.run.get("windows_refused") or []
        ],
    }


def _summary(run: dict[str, Any]) -> str:
    rows = run["rows"]
    posts, rejects, duplicates = rows["posts"], rows["rejects"], rows["duplicates"]
    return (
        f"Of {words.plural(rows['in'], 'row')} read, {words.number(posts)} "
        f"{words.verb(posts, 'became a post', 'became posts')} and {words.number(rejects)} "
        f"{words.verb(rejects, 'was', 'were')} not used. {words.plural(duplicates, 'row')} among those "
        f"{words.verb(duplicates, 'repeats', 'repeat')} a post that was already there."
    )


def _reject(
    source_file: str, reason: str, rows: int, first_row: int | None, detail: str | None
) -> dict[str, Any]:
    return {
        "file": source_file,
        "reason": reason,
        "why": _REASONS.get(reason, ""),
        "rows": words.number(rows),
        "first": "" if first_row is None else f"row {words.number(first_row)}",
        "detail": detail or "",
    }


def _behaviours(run: dict[str, Any]) -> list[str]:
    sentences = []
    for entry in run.get("behaviours") or []:
        name = words.BEHAVIOUR_NOUNS.get(entry["behaviour"], entry["behaviour"]).capitalize()
        if entry.get("blind"):
            sentences.append(f"{name} were not looked at: {_sentence_end(str(entry['blind']))}")
            continue
        left_out = entry.get("left_out_objects") or 0
        if left_out:
            sentences.append(
                f"{name}: {words.plural(left_out, 'object')} of {words.number(entry['objects'])} "
                f"{words.verb(left_out, 'was', 'were')} left out before any pair was made, "
                "because so many acted on it that acting together on it says nothing."
            )
    for source in run.get("inputs") or []:
        for blind in source.get("blind") or []:
            sentences.append(_blind_input(source, blind))
    return list(dict.fromkeys(sentences))


def _blind_input(source: dict[str, Any], blind: Any) -> str:
    if isinstance(blind, dict):
        name = words.BEHAVIOUR_NOUNS.get(blind["behaviour"], blind["behaviour"])
        blind = f"no {name}: {blind['why']}"
    return f"{source['path']} ({source['format']}) gives {_sentence_end(str(blind))}"


def _window(seconds: float) -> str:
    return words.within(seconds).removeprefix("a ").removeprefix("an ")


def _sentence_end(text: str) -> str:
    return text.strip().removesuffix(".") + "."
