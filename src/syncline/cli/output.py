"""What a command prints, as text or as one JSON document."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syncline.api import Case


def say(
    document: dict[str, Any] | list[dict[str, Any]], lines: list[str], as_json: bool, quiet: bool = False
) -> None:
    """Print the document with --json, and else the lines, which are safe for a terminal; nothing where quiet."""
    if as_json:
        # ASCII only: what would act on a terminal is an escape.
        print(json.dumps(document, indent=2, default=str))
    elif not quiet:
        print("\n".join(lines))


def outcome(case: "Case") -> dict[str, Any]:
    """What a scan says with --json: case, report, and run (its run.json)."""
    from syncline.case import REPORT

    return {"case": str(case.path), "report": str(case.path / REPORT), "run": case.run}


def outcome_lines(case: "Case") -> list[str]:
    """What a scan says in a terminal."""
    from syncline.case import REPORT, as_left, clearing, unused
    from syncline.case.outcome import in_the_same_second, placebo
    from syncline.report import answer
    from syncline.safety import terminal_safe

    run = as_left(case)
    said = [answer.what_was_read(run), answer.what_was_found(run)]
    said += [*clearing(run), *in_the_same_second(run), placebo(run), *unused.unseen(run)]
    if run["rows"]["rejects"]:
        said.append(unused.summary(run))
    said += run.get("notes") or []
    return [terminal_safe(line) for line in said] + [
        "",
        f"Case:   {terminal_safe(str(case.path))}",
        f"Report: {terminal_safe(str(case.path / REPORT))}",
    ]
