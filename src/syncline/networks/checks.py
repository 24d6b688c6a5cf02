"""What else might explain a network: the ladder of explanations, and confirmation on days not used to find it."""

import json
import math
from dataclasses import dataclass

import pyarrow as pa

from syncline import words
from syncline.coaction import (
    DAY_US,
    Nulls,
    Tested,
    against_the_crowd,
    discover,
    forget_habits,
    rescore,
    reweigh,
)
from syncline.engines.engine import Engine
from syncline.schema import FINDINGS, LADDER
from syncline.traces import HABITS

# An innocent explanation applies where it covers this share of a network's meetings, or where no more than the rest
# of its links pass without what it covers.
_APPLIES = 0.8
# Of a network's meetings, below which addresses tie few of its accounts, and three days are no event, nor is one
# hashtag a custom: where evidence is thin, whatever is left out takes links with it.
_ADDRESSES_MIN, _HALF = 0.2, 0.5
# Share of its meetings that a network's hours lead to expect, from which on they explain it: whom chance favoured is in
# it, so that people of usual hours alone have met more often than their hours say.
_BY_HOURS = 2 / 3
# Letters of a text that are shown.
_TEXT_SHOWN = 60

# Meetings below which nothing is said on hours.
_MEETINGS_MIN = 20
# Accounts, pairs and objects of each that are looked at, and the widest window: a quarter of the day is nobody's hour.
_USUAL_HOURS = {"most_accounts": 60, "most_pairs": 200, "most_objects": 60, "widest_us": DAY_US // 4}

_RUNGS = {
    "chance": "Chance: everyone picks by popularity",
    "days": "The same days and news",
    "hours": "The same six hours",
    "taste": "Shared taste",
    "one_client": "Without the client app used most",
    "one_domain": "Without the web domain shared most",
    "one_event": "Without the three busiest days",
    "one_custom": "Without what it came back to most",
}


@dataclass(frozen=True)
class Checks:
    """What every check of one scan needs: the nulls, what was tested, and the bar that the links passed."""

    nulls: Nulls
    tested: Tested
    log_bar: float


def explain_networks(engine: Engine) -> None:
    """Make `link_meetings`, `explanations` and `usual_hours`: what each network's meetings have in common."""
    engine.run("networks/linked_meetings.sql")
    engine.put("shortened_addresses", _shortened_addresses(engine))
    engine.run("networks/link_meetings.sql")
    engine.drop("linked_meetings")
    engine.run("networks/explanations.sql", habit_days=HABITS["habit_days"])
    engine.run("networks/usual_hours.sql", **_USUAL_HOURS)


def _shortened_addresses(engine: Engine) -> pa.Table:
    """One column, `object`: addresses that were met on and are shortened (by the list of services in ural)."""
    # Its import takes a quarter of a second, and many logs have no addresses.
    from ural import is_shortened_url

    met = engine.fetch(
        "SELECT object, key FROM objects WHERE behaviour = 1 AND object IN (SELECT object FROM linked_meetings)"
    )
    shortened = [is_shortened_url(key) for key in met.column("key").to_pylist()]
    return met.select(["object"]).filter(pa.array(shortened, pa.bool_()))


def conclude(engine: Engine) -> None:
    """Make `findings` (schema.FINDINGS, gauge "explanation") from `explanations`, `usual_hours` and `ladder`.

    The last of the checks: forgets the meetings, which are the largest tables of all.
    """
    found = {
        (row["network"], row["sign"]): row for row in engine.fetch("SELECT * FROM explanations").to_pylist()
    }
    left = {
        (row["network_id"], row["explanation"]): row
        for row in engine.fetch("SELECT * FROM ladder").to_pylist()
    }
    networks = engine.fetch("SELECT DISTINCT network FROM link_meetings ORDER BY network").column("network")
    rows = [
        _finding(
            network,
            sign,
            found.get((network, sign)),
            left.get((network, _RUNGS.get(sign, ""))),
            found[network, "one_day"]["of"],
        )
        for network in networks.to_pylist()
        for sign in _TITLES
    ]
    hours = {row["network"]: row for row in engine.fetch("SELECT * FROM usual_hours").to_pylist()}
    rows += [_on_hours(network, hours.get(network)) for network in networks.to_pylist()]
    engine.put("findings", pa.Table.from_pylist(rows, schema=FINDINGS))
    engine.drop("usual_hours")
    engine.drop("link_meetings", "covered_meetings", "link_scores", "judged_meetings", "traces_in_blocks")


def ladder(engine: Engine, checks: Checks) -> None:
    """Make `ladder` (schema.LADDER): for each network, the links that still pass under each explanation.

    Must run while the crowd null of the scan itself still stands; leaves another in its place.
    """
    links = engine.fetch("SELECT account_a, account_b FROM network_links WHERE network IS NOT NULL")
    rows = _rung(engine, 1, "chance", "log_e_chance", checks) + _rung(engine, 4, "taste", "log_e", checks)
    if links.num_rows:
        rows += _leave_outs(engine, checks, links)
        forget_habits(engine, checks.nulls, checks.tested, links)
        rows += _rung(engine, 2, "days", "kept.log_e", checks)
        six_hours = DAY_US // 4
        against_the_crowd(
            engine, checks.nulls, checks.tested, block_us=six_hours, habits=False, candidates=links
        )
        rows += _rung(engine, 3, "hours", "kept.log_e", checks)
    rows.sort(key=lambda row: (row["network_id"], row["rung"]))
    engine.put("ladder", pa.Table.from_pylist(rows, schema=LADDER))


def confirm(engine: Engine, checks: Checks) -> None:
    """Make `confirmations` (network, confirmed): found on even UTC days, tested once on odd days, and the reverse.

    A network's e-value on days not used to find it is the mean over the links found on the other days, a missing
    one counting 0; it is confirmed at the number of networks / alpha (Bonferroni). What is split is the pairs'
    evidence, a sum over days; who the crowd is, its popularity and its tastes are the whole log's. Must run while
    the crowd null of the scan itself still stands, and leaves it standing.
    """
    engine.make("whole_meetings", "SELECT * FROM judged_meetings")
    engine.make("whole_blocks", "SELECT * FROM traces_in_blocks")
    found = {}
    for parity in (0, 1):
        _take_half(engine, parity)
        reweigh(engine, checks.nulls, checks.tested)
        discover(engine, checks.nulls, checks.tested)
        found[parity] = engine.fetch("SELECT account_a, account_b FROM discoveries")
    evidence = []
    # The other way round: the odd days are at hand.
    for parity in (1, 0):
        if parity == 0:
            _take_half(engine, parity)
        reweigh(engine, checks.nulls, checks.tested, candidates=found[1 - parity])
        evidence.append(engine.fetch(_HELD_OUT))
    engine.make("judged_meetings", "SELECT * FROM whole_meetings")
    engine.make("traces_in_blocks", "SELECT * FROM whole_blocks")
    engine.drop("whole_meetings", "whole_blocks")
    engine.put("held_out", pa.concat_tables(evidence))
    networks = max(engine.row("SELECT count(DISTINCT network) FROM memberships")[0], 1)
    engine.run("networks/confirmations.sql", log_bar=math.log(networks / checks.nulls.alpha))


# ln e of each link on the half of the days at hand; -inf where it has nothing there.
_HELD_OUT = """
    SELECT c.account_a, c.account_b, coalesce(e.log_e, '-infinity'::DOUBLE) AS log_e
    FROM crowd_candidates AS c
    LEFT JOIN pair_evidence AS e ON e.account_a = c.account_a AND e.account_b = c.account_b
"""


def _take_half(engine: Engine, parity: int) -> None:
    engine.run("networks/half_meetings.sql", parity=parity)
    engine.run("networks/half_blocks.sql", parity=parity)


def _leave_outs(engine: Engine, checks: Checks, links: pa.Table) -> list[dict[str, object]]:
    """The rungs that leave meetings out. Afterwards `judged_meetings` and `crowd_scores` are all those of the links.

    A network has no rung where there is nothing to leave out: all of its links would seem to stand a test.
    """
    known = engine.fetch("SELECT network, sign FROM explanations WHERE value IS NOT NULL").to_pylist()
    engine.run("networks/covered_meetings.sql")
    _judge(engine, "TRUE")
    reweigh(engine, checks.nulls, checks.tested, candidates=links)
    engine.make("link_scores", "SELECT * FROM crowd_scores")
    rows = []
    for rung, sign in enumerate(_LEFT_OUT, start=5):
        tried = {row["network"] for row in known if row["sign"] == sign}
        if tried:
            _judge(engine, f"NOT {sign}")
            rescore(engine, checks.nulls, checks.tested)
            told = _rung(engine, rung, sign, "kept.log_e", checks)
            rows += [row for row in told if row["network_id"] in tried]
    _judge(engine, "TRUE")
    engine.make("crowd_scores", "SELECT * FROM link_scores")
    return rows


_LEFT_OUT = ("one_client", "one_domain", "one_event", "one_custom")


def _judge(engine: Engine, condition: str) -> None:
    """Let `judged_meetings` be the meetings of the networks' links that meet a condition on `covered_meetings`."""
    chosen = f"SELECT * EXCLUDE ({', '.join(_LEFT_OUT)}) FROM covered_meetings WHERE {condition}"
    engine.make("judged_meetings", chosen)


def _rung(engine: Engine, rung: int, sign: str, log_e: str, checks: Checks) -> list[dict[str, object]]:
    kept = "LEFT JOIN pair_evidence AS kept ON kept.account_a = n.account_a AND kept.account_b = n.account_b"
    rows = engine.fetch(
        f"""
        SELECT n.network AS network_id, count(*) FILTER (WHERE {log_e} >= {checks.log_bar!r}) AS edges,
            count(*) AS "of", greatest(median(coalesce({log_e}, -1e9)), -700) / ln(10) AS log10_e
        FROM network_links AS n
        {kept if log_e.startswith("kept.") else ""}
        WHERE n.network IS NOT NULL
        GROUP BY n.network
        """
    ).to_pylist()
    return [
        {**row, "rung": rung, "explanation": _RUNGS[sign], "log10_e": max(row["log10_e"], 0.0)}
        for row in rows
    ]


_TITLES = {
    "one_event": "One event",
    "one_day": "One day",
    "one_client": "One client",
    "one_domain": "One domain",
    "one_custom": "One custom",
}


def _finding(
    network: int, sign: str, row: dict[str, object] | None, rung: dict[str, object] | None, in_all: int
) -> dict[str, object]:
    """`row` of `explanations` and `rung` of `ladder`, where there are such; `in_all` are the network's meetings."""
    meetings, of = (int(str(row["meetings"])), int(str(row["of"]))) if row else (0, 0)
    tried = row is not None and row["value"] is not None
    left, links = (int(str(rung["edges"])), int(str(rung["of"]))) if tried and rung else (0, 0)
    share = covered = meetings / of if of else 0.0
    # Who met on no address met through no domain, and who came back to nothing has no custom; a log without clients
    # does not tell whose they were.
    tells = tried or (row is None and sign != "one_client")
    falls = links > 0 and links - left >= _APPLIES * links
    if sign == "one_domain" and of < _ADDRESSES_MIN * in_all:
        covered = 0.0
    if sign in ("one_event", "one_custom") and share < _HALF:
        falls = False
    return {
        "network_id": network,
        "gauge": "explanation",
        "sign": sign,
        "applies": covered >= _APPLIES or falls if tells else None,
        "statement": f"{_TITLES[sign]}: {_statement(sign, row, meetings, of)}"
        + _hidden(row)
        + _without(sign, left, links),
        "numbers": json.dumps(
            {
                "value": row["value"] if row else None,
                "meetings": meetings,
                "of": of,
                "share": share,
                "links_left": left if links else None,
                "links": links or None,
            }
        ),
        "account_ids": [],
        "post_ids": [],
    }


def _on_hours(network: int, row: dict[str, object] | None) -> dict[str, object]:
    """Whether the usual hours of a network's accounts explain that they meet on what they share."""
    meetings, expected = (int(str(row["meetings"])), float(str(row["expected"]))) if row else (0, 0.0)
    told = meetings >= _MEETINGS_MIN
    said = (
        f"its accounts met {words.plural(meetings, 'time')} on what they share; had each come at its hours of another "
        f"day, {words.number(round(expected))} would be expected."
        if told
        else "too few meetings on several days to compare one day's hours with another's."
    )
    return {
        "network_id": network,
        "gauge": "explanation",
        "sign": "usual_hours",
        "applies": expected >= _BY_HOURS * meetings if told else None,
        "statement": f"Usual hours: {said}",
        "numbers": json.dumps({"meetings": meetings, "expected": round(expected, 1)}),
        "account_ids": [],
        "post_ids": [],
    }


def _hidden(row: dict[str, object] | None) -> str:
    """How many meetings on addresses count towards no domain; empty where the domain of every one is known."""
    hidden = int(str(row["hidden"])) if row else 0
    if not hidden:
        return ""
    part = f"{words.plural(hidden, 'meeting')} {words.verb(hidden, 'was', 'were')}"
    return f" {part} on addresses that do not say where they lead: shortened ones, or such as name no site."


def _without(sign: str, left: int, links: int) -> str:
    """What is left of a network without what an explanation covers; empty where that was not tried."""
    if not links:
        return ""
    return (
        f" Without {'them' if sign == 'one_event' else 'it'}, {words.number(left)} of its "
        f"{words.plural(links, 'link')} {words.verb(left, 'passes', 'pass')}."
    )


_CUSTOMS = {
    "url": "address",
    "hashtag": "hashtag",
    "hashtag_sequence": "row of hashtags",
    "text": "text",
}
_OFTEN = f"on {words.number(HABITS['habit_days'])} days or more"


def _statement(sign: str, row: dict[str, object] | None, meetings: int, of: int) -> str:
    if row is None:
        return {
            "one_client": "the log names no client app that two of its accounts share.",
            "one_domain": "its accounts did not meet on any web address.",
            "one_custom": f"its accounts did not meet on any one hashtag, text or address {_OFTEN}.",
        }[sign]
    if row["value"] is None:
        return "no web address on which its accounts met shows its domain."
    value = str(row["value"])
    part = f"{words.number(meetings)} of its {words.plural(of, 'meeting')}"
    if sign in ("one_event", "one_day"):
        day = words.date(int(value) * DAY_US)
        return f"{part} fell on {'the three days from ' if sign == 'one_event' else ''}{day}."
    if sign == "one_client":
        return f"{part} came from one app, {value}."
    if sign == "one_custom":
        behaviour = str(row["behaviour"])
        shown = value if len(value) <= _TEXT_SHOWN else f"{value[: _TEXT_SHOWN - 1]}…"
        sign_of_it = "#" if behaviour == "hashtag" else ""
        return f"{part} were on one {_CUSTOMS[behaviour]}, {sign_of_it}{shown}, {_OFTEN}."
    return f"{part} on web addresses led to {value}."
