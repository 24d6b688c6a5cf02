"""What a case comes to in figures, once the accounts that an analyst cleared are left out."""

from typing import Any

from syncline import words
from syncline.accounts.findings import of_accounts_alone
from syncline.case.contract import ReportCase

_LEFT = """
SELECT count(*) FILTER (kind = 'network') AS networks, count(*) FILTER (kind = 'pair') AS pairs,
    coalesce(sum(named), 0)::BIGINT AS named,
    (SELECT count(*) FROM edges) AS edges,
    (SELECT count(DISTINCT group_id) FROM synchronous) AS groups
FROM networks
"""


def found_networks(networks: int, named: int) -> str:
    """How many networks, and how many accounts are named in them."""
    return (
        f"{words.plural(networks, 'network')} found, {words.plural(named, 'account')} named in "
        f"{'it' if networks == 1 else 'them'}."
    )


def as_left(case: ReportCase) -> dict[str, Any]:
    """`run.json` as it is shown beside lists without the cleared accounts.

    Its counts and its outcome are those of what is left, and `cleared` is the number of accounts that are left out.
    Without any it is `run.json` itself.
    """
    cleared = len(case.notes.cleared)
    if not cleared:
        return case.run
    networks, pairs, named, edges, groups = case.sql(_LEFT).fetchall()[0]
    left = {"networks": networks, "pairs": pairs, "named": named, "edges": edges}
    return case.run | left | _outcome(case.run, left) | {"synchronous_groups": groups, "cleared": cleared}


def clearing(run: dict[str, Any]) -> list[str]:
    """A sentence on the accounts that are left out, and on what was measured before they were; none without any."""
    cleared = run.get("cleared") or 0
    if not cleared:
        return []
    return [
        f"{words.plural(cleared, 'account')} {words.verb(cleared, 'was', 'were')} cleared by an analyst and "
        f"{words.verb(cleared, 'is', 'are')} not drawn as {words.verb(cleared, 'a member', 'members')}; what was found "
        "on them stays in the tables of the case. Members, names, links, their evidence, "
        "who followed a directive and whom they addressed and lifted up are counted without them; "
        "the test on even and odd days and the other explanations of a network were measured before clearing, with "
        "all its accounts, and what else is said of it is as the scan found it."
    ]


def _outcome(run: dict[str, Any], left: dict[str, int]) -> dict[str, str]:
    if left["networks"]:
        return {"outcome": "networks", "outcome_why": found_networks(left["networks"], left["named"])}
    if run["outcome"] not in ("networks", "pairs") or (left["pairs"] and run["outcome"] == "pairs"):
        return {}
    if left["pairs"]:
        return {
            "outcome": "pairs",
            "outcome_why": "Two accounts alone are a pair, often one person's, and no network.",
        }
    return {
        "outcome": "nothing found",
        "outcome_why": "No network and no pair is left without the accounts that an analyst cleared.",
    }


def in_the_same_second(run: dict[str, Any]) -> list[str]:
    """A sentence on groups that came in the same second, where there are such."""
    groups = run.get("synchronous_groups") or 0
    if not groups:
        return []
    return [
        f"Besides, {words.plural(groups, 'group')} of accounts came to several popular things in the same second each "
        "time, hours or weeks apart, more than chance explains; nobody is named for it."
    ]


def placebo(run: dict[str, Any]) -> str:
    """What the shuffled copies gave, as in "On 3 shuffled copies of the log: 0, 0, 0 links"."""
    copies = run.get("placebo") or []
    if of_accounts_alone(run):
        return "No links between accounts were looked for, so there is no error rate of links to check."
    if nothing_compared(run):
        return "No accounts were compared, so there is no error rate, and shuffled copies of the log show nothing."
    if not copies:
        return "No shuffled copy of the log was scanned, so the error rate was not checked on this log."
    edges = [copy["edges"] for copy in copies]
    named = sum(copy["named"] for copy in copies)
    counts = ", ".join(words.number(count) for count in edges)
    sentence = (
        f"On {words.plural(len(copies), 'shuffled copy', 'shuffled copies')} of the log: "
        f"{counts} {words.noun(edges[-1] if len(edges) == 1 else 0, 'link')}"
    )
    if any(edges):
        who = words.plural(named, "account") if named else "no account"
        sentence += (
            f"; {who} {words.verb(named or 1, 'was', 'were')} named on {'it' if len(copies) == 1 else 'them'}"
        )
    return sentence + "."


def nothing_compared(run: dict[str, Any]) -> bool:
    """Whether the scan had too little data to compare anybody at all."""
    return run["outcome"] == "insufficient data" and not run.get("pairs_tested")
