"""Everything that the page shows, as one JSON document. Each section has its own module and its own key."""

from collections import Counter
from pathlib import PurePath
from typing import Any

from syncline import words
from syncline.report import answer, evidence, method, network_rows, provenance, signs, timeline, unused
from syncline.report.contract import ReportCase

_FILES_NAMED = 3


def build(case: ReportCase) -> dict[str, Any]:
    """The page's data. `web/src/payload.ts` declares the same shape for the front end."""
    networks = network_rows.build(case)
    found = evidence.build(case, [network["id"] for network in networks])
    return {
        "title": _title(case.run),
        "answer": answer.build(case.run),
        "networks": networks,
        "timeline": timeline.build(case) if networks else None,
        "accounts": found.accounts,
        "links": found.links,
        "posts": found.posts,
        "strings": found.strings.kept,
        "left_out": found.left_out + _networks_left_out(case, networks),
        "signs": signs.build(case, networks, found.accounts),
        "unused": unused.build(case),
        "method": method.build(case.run),
        "provenance": provenance.build(case),
    }


def _title(run: dict[str, Any]) -> str:
    """What was read, by its file names."""
    names = [PurePath(source["path"]).name for source in run.get("inputs") or []]
    if len(names) > _FILES_NAMED:
        names[_FILES_NAMED - 1 :] = [f"{words.number(len(names) - _FILES_NAMED + 1)} other files"]
    return words.listing(names)


def _networks_left_out(case: ReportCase, shown: list[dict[str, Any]]) -> list[str]:
    kinds = Counter(network["kind"] for network in shown)
    sentences = []
    for kind, key in (("network", "networks"), ("pair", "pairs")):
        if case.run[key] > kinds[kind]:
            sentences.append(
                f"{words.number(kinds[kind])} of {words.plural(case.run[key], kind)} "
                f"{words.verb(kinds[kind], 'is', 'are')} in this file, "
                "the ones with most named accounts first."
            )
    return sentences
