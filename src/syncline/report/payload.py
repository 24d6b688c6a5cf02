"""Everything that the page shows, as one JSON document. Each section has its own module and its own key."""

from collections import Counter
from typing import Any

from syncline.report import answer, evidence, method, network_rows, provenance, timeline, unused
from syncline.report.contract import ReportCase


def build(case: ReportCase) -> dict[str, Any]:
    """The page's data. `web/src/payload.ts` declares the same shape for the front end."""
    networks = network_rows.build(case)
    found = evidence.build(case, [network["id"] for network in networks])
    return {
        "case": case.path.name,
        "answer": answer.build(case.run),
        "networks": networks,
        "timeline": timeline.build(case) if networks else None,
        "accounts": found.accounts,
        "links": found.links,
        "posts": found.posts,
        "strings": found.strings.kept,
        "left_out": found.left_out + _networks_left_out(case, networks),
        "unused": unused.build(case),
        "method": method.build(case.run),
        "provenance": provenance.build(case),
    }


def _networks_left_out(case: ReportCase, shown: list[dict[str, Any]]) -> list[str]:
    kinds = Counter(network["kind"] for network in shown)
    sentences = []
    for kind, key in (("network", "networks"), ("pair", "pairs")):
        if case.run[key] > kinds[kind]:
            sentences.append(
                f"{kinds[kind]:,} of {case.run[key]:,} {kind}s are in this file, the largest first."
            )
    return sentences
