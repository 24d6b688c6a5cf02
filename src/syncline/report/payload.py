"""Everything that the page shows, as one JSON document. Each section has its own module and its own key."""

from collections import Counter
from pathlib import PurePath
from typing import Any

from syncline import words
from syncline.case import as_left, clearing
from syncline.case.contract import ReportCase
from syncline.report import (
    analyst,
    answer,
    campaigns,
    evidence,
    gauges,
    method,
    network_rows,
    provenance,
    signs,
    synchronous,
    targets,
    timeline,
    unused,
)

_FILES_NAMED = 3


def build(case: ReportCase) -> dict[str, Any]:
    """The page's data. `web/src/payload.ts` declares the same shape for the front end."""
    networks = network_rows.build(case)
    found = evidence.build(case, [network["id"] for network in networks])
    members = analyst.members(case)
    notes = case.notes.of_networks(members)
    resolution_us = case.run.get("resolution_us") or 1
    run = as_left(case)
    return {
        "title": _title(case.run),
        "answer": answer.build(run, answer.so_what(case)),
        "networks": networks,
        "timeline": timeline.build(case) if networks else None,
        "accounts": found.accounts,
        "links": found.links,
        "posts": found.posts,
        "strings": found.strings.kept,
        "left_out": found.left_out + _networks_left_out(run, networks) + clearing(run),
        "gauges": gauges.build(case, networks, notes, members),
        "campaigns": campaigns.build(case, networks, found, resolution_us),
        "targets": targets.build(case, networks, found, resolution_us),
        "notes": analyst.build(case, notes),
        "signs": signs.build(case, networks, found.accounts),
        "synchronous": synchronous.build(case, run.get("synchronous_groups") or 0, resolution_us),
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


def _networks_left_out(run: dict[str, Any], shown: list[dict[str, Any]]) -> list[str]:
    kinds = Counter(network["kind"] for network in shown)
    sentences = []
    for kind, key in (("network", "networks"), ("pair", "pairs")):
        if run[key] > kinds[kind]:
            sentences.append(
                f"{words.number(kinds[kind])} of {words.plural(run[key], kind)} "
                f"{words.verb(kinds[kind], 'is', 'are')} in this file, "
                "the ones with most named accounts first."
            )
    return sentences
