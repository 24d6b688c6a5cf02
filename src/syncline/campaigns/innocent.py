"""Innocent explanations that only what a network did can show: whose posts bring it together, its rhythm, its names."""

import json
from typing import Any

from syncline import words
from syncline.engines.duckdb import DuckDBEngine

# Share from which an explanation is said to apply.
_APPLIES = 0.5
# Meetings on reposts and answers below which nothing is said on whose posts they are.
_MEETINGS_MIN = 20
# Posts below which an account's rhythm says nothing.
_POSTS_MIN = 30
# Similarity from which two handles are nearly the same.
_ALIKE_MIN = 0.92
# Accounts of nearly its name that an account may be linked with and still be one person's.
_OTHERS_MAX = 2

_TITLES = {
    "fandom": "Fandom",
    "commenters": "One account's commenters",
    "pod": "Mutual support (a pod)",
}

Row = dict[str, Any]


def check_behaviour(engine: DuckDBEngine) -> list[Row]:
    """Rows of `findings`: whose posts, and scheduler, for every network. Reads what `find_roles` leaves."""
    engine.run("campaigns/innocent.sql", posts_min=_POSTS_MIN)
    found = {
        (row["network_id"], row["sign"]): row
        for row in engine.fetch("SELECT * FROM campaign_innocent").to_pylist()
    }
    networks = engine.fetch(
        "SELECT DISTINCT network_id FROM campaign_people WHERE network_id IS NOT NULL ORDER BY network_id"
    )
    return [
        _finding(network, sign, found.get((network, sign)))
        for network in networks.column("network_id").to_pylist()
        for sign in (*_TITLES, "scheduler")
    ]


def check_second_accounts(engine: DuckDBEngine) -> list[Row]:
    """Rows of `findings`: for every network and pair, whether its links join accounts of nearly the same name."""
    engine.run("campaigns/second_accounts.sql", alike_min=_ALIKE_MIN, others_max=_OTHERS_MAX)
    rows = engine.fetch("SELECT * FROM campaign_second_accounts ORDER BY network_id").to_pylist()
    return [_finding(row["network_id"], "second_account", row) for row in rows]


def _finding(network_id: int, sign: str, row: Row | None) -> Row:
    counted, of = (row["counted"], row["of"]) if row else (0, 0)
    share = counted / of if of else 0.0
    # Links whose accounts' names are known are few in logs that have ids alone.
    told = row.get("known", of) if row else 0
    if sign in _TITLES and of < _MEETINGS_MIN:
        told = 0
    accounts: list[str] = list(dict.fromkeys(row["accounts"])) if row else []
    return {
        "network_id": network_id,
        "gauge": "explanation",
        "sign": sign,
        "applies": share >= _APPLIES if told else None,
        "statement": _statement(sign, counted, of, row.get("value") if row else None)
        if told or sign != "second_account"
        else "One person's second account: no names of accounts that are tied to each other are known.",
        "numbers": json.dumps({"counted": counted, "of": of, "share": share}),
        "account_ids": accounts,
        "post_ids": [],
    }


def _statement(sign: str, counted: int, of: int, value: str | None) -> str:
    if sign in _TITLES:
        on = "reposts" if sign == "fandom" else "reposts and answers"
        if of < _MEETINGS_MIN:
            return f"{_TITLES[sign]}: too few meetings on {on} to tell."
        what = {
            "fandom": f"with posts of one account, {value}",
            "commenters": f"answers to one account, {value}",
            "pod": "with posts of each other, or of accounts linked to them",
        }[sign]
        part = f"{words.number(counted)} of its {words.plural(of, 'meeting')} on {on}"
        return f"{_TITLES[sign]}: {part} {words.verb(counted, 'was', 'were')} {what}."
    if sign == "scheduler":
        if not of:
            return "Scheduler: no rhythm can be told, since no account has posts enough or the clock knows no minutes."
        return (
            f"Scheduler: {words.number(counted)} of the {words.plural(of, 'account')} with posts enough to tell "
            f"{words.verb(counted, 'posts', 'post')} like a clock, as scheduling services and feeds do."
        )
    return (
        f"One person's second account: {words.number(counted)} of its {words.plural(of, 'link')} "
        f"{words.verb(counted, 'joins', 'join')} accounts of nearly the same name, three at most."
    )
