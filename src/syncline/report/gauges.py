"""Coordination, source and impact of each network, apart: statements, and what innocent explanations were found to do.

The fourth gauge, authenticity, is what the accounts themselves show (`signs.py`). The gauges are never added up.
"""

from collections import defaultdict
from typing import Any

from syncline import words
from syncline.case.contract import ReportCase
from syncline.notes import Note

# Which innocent explanations bear on which gauge. Others that a room adds are shown with coordination.
_ON_SOURCE = frozenset({"one_client", "one_domain", "scheduler", "second_account"})
_TITLES = {
    "one_event": "One event",
    "one_day": "One day",
    "one_custom": "One custom",
    "usual_hours": "Usual hours",
    "fandom": "Fandom",
    "commenters": "One account's commenters",
    "pod": "Mutual support",
    "one_client": "One client app",
    "one_domain": "One domain",
    "scheduler": "Scheduler",
    "second_account": "One person's second account",
    "declared_organisation": "Declared organisation",
}
_IMPACT = ("reach_unknown", "reach", "concentration", "breakout")
_FINDINGS = """
SELECT network_id, gauge, sign, applies, statement FROM findings
WHERE network_id IS NOT NULL AND gauge IN ('explanation', 'impact')
ORDER BY network_id, sign, statement
"""
_LADDER = 'SELECT network_id, rung, edges, "of" FROM ladder ORDER BY network_id, rung'
# Rungs of the ladder that are innocent explanations of acting together.
_RUNGS = {2: "Breaking news", 4: "Shared taste"}

Row = dict[str, Any]


def build(
    case: ReportCase, networks: list[Row], notes: dict[int, list[Note]], members: dict[int, set[str]]
) -> dict[str, Row]:
    """For each network, by its number: `coordination`, `source` and `impact`.

    Each has `statements`, and `explanations` with `title`, `applies` (None: not known) and `statement`.
    """
    findings: dict[int, list[Row]] = defaultdict(list)
    for network_id, gauge, sign, applies, statement in case.sql(_FINDINGS).fetchall():
        findings[network_id].append(
            {"gauge": gauge, "sign": sign, "applies": applies, "statement": statement}
        )
    rungs: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for network_id, rung, edges, of in case.sql(_LADDER).fetchall():
        rungs[network_id].append((rung, edges, of))
    return {
        str(network["id"]): {
            "coordination": _coordination(network, findings[network["id"]], rungs[network["id"]]),
            "source": _source(
                findings[network["id"]], notes.get(network["id"], []), members.get(network["id"], set())
            ),
            "impact": _impact(network, findings[network["id"]], notes.get(network["id"], [])),
        }
        for network in networks
    }


def _coordination(network: Row, findings: list[Row], rungs: list[tuple[int, int, int]]) -> Row:
    explanations = [_from_rung(_RUNGS[rung], edges, of) for rung, edges, of in rungs if rung in _RUNGS]
    explanations += [
        _explanation(row)
        for row in findings
        if row["gauge"] == "explanation" and row["sign"] not in _ON_SOURCE
    ]
    return {
        "statements": [one for one in (network["sentence"], network["confirmed_words"]) if one],
        "explanations": explanations,
    }


def _from_rung(title: str, edges: int, of: int) -> Row:
    return {
        "title": title,
        "applies": edges < of / 2,
        "statement": f"{title}: {words.number(edges)} of its {words.plural(of, 'link')} "
        f"{words.verb(edges, 'stands', 'stand')} when it is taken as given.",
    }


def _source(findings: list[Row], notes: list[Note], members: set[str]) -> Row:
    declared = [note for note in notes if note.kind == "organisation"]
    attributed = [note for note in notes if note.kind == "attribution"]
    statements = [_declared(note, members) for note in declared]
    statements += [
        f"{note.by} attributes it to {note.name} ({note.when:%Y-%m-%d}): {note.text}"
        + (f" {note.link}" if note.link else "")
        for note in attributed
    ]
    if not statements:
        statements = ["No source is known. Syncline names no sponsor, no country and no person."]
    explanations = [
        {
            "title": _TITLES["declared_organisation"],
            "applies": True if declared else None,
            "statement": "An analyst has noted that accounts of it belong to an organisation that says so."
            if declared
            else "Declared organisation: nobody has noted one. A log cannot tell; ask, or look at the profiles.",
        }
    ]
    explanations += [
        _explanation(row) for row in findings if row["gauge"] == "explanation" and row["sign"] in _ON_SOURCE
    ]
    return {"statements": statements, "explanations": explanations}


def _declared(note: Note, members: set[str]) -> str:
    concerned = len(members & set(note.about)) if note.network is None else len(members)
    return (
        f"{words.number(concerned)} of {words.plural(len(members), 'account')} "
        f"{words.verb(concerned, 'belongs', 'belong')} to {note.name}, which says so"
        f"{f' at {note.link}' if note.link else ''} (noted by {note.by}, {note.when:%Y-%m-%d})."
    )


def _impact(network: Row, findings: list[Row], notes: list[Note]) -> Row:
    said = {row["sign"]: row["statement"] for row in findings if row["gauge"] == "impact"}
    statements = [said[sign] for sign in _IMPACT if sign in said]
    if network["kind"] == "pair":
        statements = ["Impact is measured for networks of three accounts or more."]
    links = [note for note in notes if note.kind == "impact"]
    statements += [
        f"Breakout category {note.level}, by a link that {note.by} gave ({note.when:%Y-%m-%d}): {note.link}"
        + (f" {note.text}" if note.text else "")
        for note in links
    ]
    return {"statements": statements or ["Nothing was measured."], "explanations": []}


def _explanation(row: Row) -> Row:
    return {
        "title": _TITLES.get(row["sign"], ""),
        "applies": row["applies"],
        "statement": row["statement"],
    }
