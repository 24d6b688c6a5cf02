"""The first screen: what was read, what was found, and how sure that is."""

from typing import Any

from syncline import words
from syncline.accounts.findings import counted, of_accounts_alone
from syncline.case.contract import ReportCase
from syncline.case.outcome import in_the_same_second, nothing_compared, placebo
from syncline.case.unused import unseen


def build(run: dict[str, Any], so_what: str = "") -> dict[str, Any]:
    """Headline, sentences, the placebo's outcome, the figures beside them, and notes that must be seen."""
    return {
        "headline": headline(run),
        "sentences": [
            what_was_read(run),
            what_was_found(run),
            *([so_what] if so_what else []),
            *in_the_same_second(run),
        ],
        "placebo": placebo(run),
        "facts": _facts(run),
        "notes": unseen(run) + list(run.get("notes") or []) + _minute_note(run),
    }


def headline(run: dict[str, Any]) -> str:
    """The answer in one line."""
    if of_accounts_alone(run):
        return f"{counted(run['signs'])} found on the accounts themselves"
    if run["outcome"] == "insufficient data":
        return "Insufficient data"
    if run["outcome"] == "nothing found":
        groups = run.get("synchronous_groups") or 0
        return (
            f"No network; {words.plural(groups, 'group')} in the same second" if groups else "Nothing found"
        )
    named, networks, pairs = run["named"], run["networks"], run["pairs"]
    if named:
        return f"{words.plural(named, 'account')} {words.verb(named, 'acts', 'act')} in lockstep"
    if networks:
        return f"{words.plural(networks, 'network')}, no account named"
    return f"{words.plural(pairs, 'pair')} of accounts, no network"


def what_was_read(run: dict[str, Any]) -> str:
    """How many posts by how many accounts, from when to when."""
    rows = run["rows"]
    if of_accounts_alone(run):
        return f"Syncline read {words.plural(rows['accounts'], 'account')} without their posts."
    sentence = (
        f"Syncline read {words.plural(rows['posts'], 'post')} by {words.plural(rows['accounts'], 'account')}"
    )
    if run.get("first_us") is not None and run.get("last_us") is not None:
        sentence += f", published {words.date_range(run['first_us'], run['last_us'])} (UTC)"
    return sentence + "."


def what_was_found(run: dict[str, Any]) -> str:
    """What stands, with its error rate; or exactly that nothing was found, or that data do not suffice."""
    alpha = words.percent(run["settings"]["alpha"])
    if of_accounts_alone(run):
        return str(run["outcome_why"])
    if run["outcome"] == "insufficient data":
        return _because("Insufficient data", run)
    if run["outcome"] == "nothing found":
        return (
            f"{_because('Nothing found', run)} In a log without any coordination, "
            f"Syncline reports a link at all in at most {alpha} of cases."
        )
    links = words.plural(run["edges"], "link")
    said = (
        f"{_found(run)} more than chance, the same days and shared taste explain; "
        f"of the {links} found between accounts, at most {alpha} can be expected to be wrong."
    )
    return f"{said} {run['outcome_why']}" if run["outcome"] == "pairs" else said


def so_what(case: ReportCase) -> str:
    """What the networks did and whether anybody listened, in one sentence; empty where there is no network."""
    networks = case.sql("SELECT count(*) FROM networks WHERE kind = 'network'").fetchall()[0][0]
    if not networks:
        return ""
    addressed, lifted = (
        case.sql(f"SELECT count(*) FROM (SELECT DISTINCT platform, account_id FROM {table})").fetchall()[0][0]
        for table in ("targets", "applause")
    )
    did = _took_up(case)
    if addressed:
        did.append(f"turned to {words.plural(addressed, 'account')} together")
    if lifted:
        did.append(f"lifted {words.plural(lifted, 'account')}")
    who = "It" if networks == 1 else "They"
    sentence = f"{who} {words.listing(did)}." if did else "Nothing was found that they took up together."
    return f"{sentence} {_listened(case, networks)}".strip()


def _took_up(case: ReportCase) -> list[str]:
    things, on_days, days = case.sql(
        "SELECT count(*), count(day_us), count(DISTINCT day_us) FROM directives WHERE leads"
    ).fetchall()[0]
    if not things:
        return []
    # Of both kinds the first screen gives the sum; the calendar has them apart.
    when = {things: f" on {words.plural(days, 'day')}", 0: " throughout the log"}.get(on_days, "")
    return [f"took up {words.plural(things, 'thing')} together{when}"]


def _listened(case: ReportCase, networks: int) -> str:
    reached, measured = case.sql(
        "SELECT count(*) FILTER (applies), count(*) FROM findings WHERE gauge = 'impact' AND sign = 'reach'"
    ).fetchall()[0]
    if not measured:
        return ""
    if not reached:
        return (
            "Reach beyond the network itself is limited."
            if networks == 1
            else "Their reach beyond themselves is limited."
        )
    if networks == 1:
        return "It reaches people outside."
    verb = words.verb(reached, "reaches", "reach")
    return f"{words.number(reached)} of {words.number(measured)} {verb} people outside."


def _found(run: dict[str, Any]) -> str:
    named, networks, pairs = run["named"], run["networks"], run["pairs"]
    if not networks:
        return (
            f"No network of three accounts or more was found, but {words.plural(pairs, 'pair')} of "
            "accounts "
            f"{words.verb(pairs, 'acts', 'act')} together"
        )
    where = words.plural(networks, "network")
    if not named:
        return f"In {where}, none of whose accounts can be named, accounts act together"
    apart = f" (and lists {words.plural(pairs, 'pair')} apart from them)" if pairs else ""
    who = words.plural(named, "account")
    return f"It names {who} in {where}{apart} that {words.verb(named, 'acts', 'act')} together"


def _because(outcome: str, run: dict[str, Any]) -> str:
    why = str(run.get("outcome_why") or "").strip()
    if not why:
        return f"{outcome}."
    return f"{outcome}: {why.removesuffix('.')}."


def _facts(run: dict[str, Any]) -> list[dict[str, str]]:
    facts = _facts_of_accounts(run) if of_accounts_alone(run) else _facts_of_scan(run)
    return [{"label": label, "value": value, "note": note} for label, value, note in facts]


def _facts_of_accounts(run: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [
        ("Accounts", words.number(run["rows"]["accounts"]), "read, without their posts"),
        ("Signs found", counted(run["signs"]), "on the accounts themselves"),
    ]


def _facts_of_scan(run: dict[str, Any]) -> list[tuple[str, str, str]]:
    if nothing_compared(run):
        return [
            ("Accounts", words.number(run["rows"]["accounts"]), "read"),
            ("Pairs compared", "0", "too little data to compare anybody"),
        ]
    return [
        ("Accounts named", words.number(run["named"]), f"of {words.number(run['rows']['accounts'])} read"),
        ("Networks", words.number(run["networks"]), _pairs_apart(run["pairs"])),
        ("Links", words.number(run["edges"]), f"of {words.plural(run['pairs_tested'], 'pair')} compared"),
        (
            "Error rate",
            f"≤ {words.percent(run['settings']['alpha'])}",
            "of the links are expected to be wrong",
        ),
        ("Shuffled copies", _placebo_figure(run), "links where nobody coordinates"),
    ]


def _pairs_apart(pairs: int) -> str:
    return f"and {words.plural(pairs, 'pair')} apart from them" if pairs else "of three accounts or more"


def _placebo_figure(run: dict[str, Any]) -> str:
    copies = run.get("placebo") or []
    return ", ".join(words.number(copy["edges"]) for copy in copies[:5]) or "none"


def _minute_note(run: dict[str, Any]) -> list[str]:
    share = run.get("minute_share")
    if share is None:
        return []
    return [
        f"{words.percent(share)} of the evidence is in the minute: it is gone when the times of the posts "
        "are redrawn within their hour."
    ]
