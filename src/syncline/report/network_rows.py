"""One row for each network and pair, with its ladder and its innocent explanations."""

from typing import Any

from syncline import words
from syncline.case.contract import ReportCase
from syncline.report.figures import finite

MAX_NETWORKS = 300
MAX_PAIRS = 300

_NETWORKS = """
SELECT network_id, kind, size, named, edges, log10_e, behaviours, days, first_us, last_us, confirmed
FROM networks
WHERE kind = '{kind}'
ORDER BY named DESC, size DESC, log10_e DESC, network_id
LIMIT {limit}
"""
_LADDER = 'SELECT network_id, explanation, edges, "of", log10_e FROM ladder ORDER BY network_id, rung'
_EXPLANATIONS = """
SELECT network_id, applies, statement FROM findings
WHERE gauge = 'explanation' ORDER BY network_id, applies DESC, sign
"""
_CONFIRMED = {
    "confirmed": "Found on even days and again on odd days, each tested by itself.",
    "not confirmed": "Not found again when even and odd days are tested by themselves.",
    "too little data": "Too little data to test even and odd days by themselves.",
}


def build(case: ReportCase) -> list[dict[str, Any]]:
    """Networks first, then pairs, strongest first; at most `MAX_NETWORKS` and `MAX_PAIRS`."""
    ladders = _by_network(case.sql(_LADDER).fetchall(), _rung)
    explanations = _by_network(case.sql(_EXPLANATIONS).fetchall(), _explanation)
    rows: list[dict[str, Any]] = []
    for kind, limit in (("network", MAX_NETWORKS), ("pair", MAX_PAIRS)):
        for record in case.sql(_NETWORKS.format(kind=kind, limit=limit)).fetchall():
            row = _row(*record)
            row["ladder"] = ladders.get(row["id"], [])
            row["explanations"] = explanations.get(row["id"], [])
            rows.append(row)
    return rows


def _row(
    network_id: int,
    kind: str,
    size: int,
    named: int,
    edges: int,
    log10_e: float,
    behaviours: list[str] | None,
    days: int,
    first_us: int,
    last_us: int,
    confirmed: str,
) -> dict[str, Any]:
    by = words.behaviours(behaviours or [])
    strength = finite(log10_e)
    return {
        "id": network_id,
        "kind": kind,
        "label": f"{'Network' if kind == 'network' else 'Pair'} {network_id}",
        "size": size,
        "named": named,
        "links": edges,
        "evidence": words.one_in(strength),
        "log10_e": strength,
        "by": by,
        "active": words.date_span(first_us, last_us),
        "days": words.plural(days, "day"),
        "confirmed": confirmed,
        "confirmed_words": _CONFIRMED.get(confirmed, ""),
        "sentence": _sentence(kind, size, named, edges, by, days, strength),
    }


def _sentence(kind: str, size: int, named: int, edges: int, by: str, days: int, log10_e: float) -> str:
    who = words.plural(size, "account")
    if kind == "network":
        share = "all" if named == size else words.number(named) if named else "none"
        who += f", {share} of them named,"
    chance = (
        f"Two accounts without coordination would show as much evidence as the "
        f"{'typical (median) link' if edges > 1 else 'link'} with a probability of at most "
        f"{words.one_in(log10_e)}."
    )
    return (
        f"{who} tied by {words.plural(edges, 'link')} through {by or 'what they did'} "
        f"on {words.plural(days, 'day')}. {chance}"
    )


def _rung(explanation: str, edges: int, of: int, log10_e: float) -> dict[str, Any]:
    return {
        "explanation": explanation,
        "left": edges,
        "of": of,
        "log10_e": finite(log10_e),
        "words": f"{words.number(edges)} of {words.plural(of, 'link')} left",
    }


def _explanation(applies: bool | None, statement: str) -> dict[str, Any]:
    return {"applies": applies, "statement": statement}


def _by_network(records: list[Any], make: Any) -> dict[int, list[dict[str, Any]]]:
    grouped: dict[int, list[dict[str, Any]]] = {}
    for network_id, *rest in records:
        grouped.setdefault(network_id, []).append(make(*rest))
    return grouped
