"""What accounts did over time, and with what: handles changed, posts taken down again, clients.

Changes and deletions show only where accounts were observed at least twice: the table `account_history` has the
columns of schema.ACCOUNTS and a row for each observation of an account. All three signs ask of how many accounts
something is true, beside comparable accounts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from syncline import words
from syncline.accounts.concentration import Concentration, concentrated, without_repeats
from syncline.accounts.findings import ErrorControl, SignTest
from syncline.accounts.groups import Group, beside
from syncline.engines.duckdb import DuckDBEngine

Key = tuple[str, str]

#: Posts taken down again, from which an account counts as one that deletes.
_FEWEST_DELETED = 3


@dataclass(frozen=True)
class Habit:
    """A sign of this kind: what is true of each account for which it is known, and how to say it.

    `known` maps (platform, account id) to features; `said` tells feature, count and total in words; `otherwise`
    has a place for the group's accounts and one for the others.
    """

    sign: str
    known: Mapping[Key, set[str]]
    what: str
    said: Callable[[str, int, int], str]
    otherwise: str
    innocent: str


def habits(engine: DuckDBEngine, compared: pa.Table) -> list[Habit]:
    """The three signs, as far as the tables posts and account_history can tell.

    They are known of the accounts `compared` (columns platform and account_id), and of nobody else: a log has millions.
    """
    history = engine.has("account_history")
    engine.put("habits_asked", compared.select(["platform", "account_id"]))
    found = [
        _handle_changes(engine if history else None),
        _deletions(engine if history else None),
        _clients(engine),
    ]
    engine.drop("habits_asked")
    return found


_ASKED = "SEMI JOIN habits_asked USING (platform, account_id)"


def look(group: Group, control: ErrorControl, habit: Habit) -> SignTest:
    """Look for `habit` in `group`."""
    keys = _keys(group.members)
    rows = [row for row, key in enumerate(keys) if key in habit.known]
    members = [habit.known[keys[row]] for row in rows]
    others = [habit.known[key] for key in _keys(group.others) if key in habit.known]
    numbers = {"of": len(rows), "comparison": group.comparison.as_dict(), "innocent": habit.innocent}
    why = group.cannot_compare(len(rows), len(others), habit.what)
    if why:
        return SignTest(group.network_id, habit.sign, [], why, numbers, sufficient=False)
    candidates = []
    for found in without_repeats(concentrated(members, others, control.level)):
        chosen = [rows[place] for place in found.members]
        statement = f"{habit.said(found.feature, len(chosen), len(rows))}{beside(found.others, len(others))}."
        candidates.append(
            group.candidate(found.p, statement, chosen, len(rows), _numbers(found, len(others)))
        )
    otherwise = habit.otherwise.format(
        words.plural(len(rows), "account"), words.plural(len(others), "comparable account")
    )
    return SignTest(group.network_id, habit.sign, candidates, otherwise, numbers)


def _numbers(found: Concentration, others: int) -> dict[str, Any]:
    return {"kind": found.feature, "others": found.others, "others_of": others}


def _keys(accounts: Any) -> list[Key]:
    return list(
        zip(accounts.column("platform").to_pylist(), accounts.column("account_id").to_pylist(), strict=True)
    )


def _handle_changes(engine: DuckDBEngine | None) -> Habit:
    known: dict[Key, set[str]] = {}
    if engine is not None:
        engine.run("accounts/account_handles.sql")
        rows = engine.fetch(f"SELECT * FROM account_handles {_ASKED} WHERE observations > 1").to_pylist()
        for row in rows:
            features = {"changed"} if row["handles"] > 1 else set()
            known[row["platform"], row["account_id"]] = features | (
                {"handed on"} if row["handed_on"] else set()
            )

    def said(kind: str, count: int, of: int) -> str:
        who = f"{words.number(count)} of {words.plural(of, 'account')} observed more than once"
        if kind == "changed":
            return f"{who} {words.verb(count, 'has changed its handle', 'have changed their handles')}"
        return f"{who} {words.verb(count, 'has', 'have')} had a handle that was another account's as well"

    return Habit(
        "handle_change",
        known,
        "handles at two times",
        said,
        "Handles changed no more often among {} than among {}.",
        "a new name after marriage or transition, a joke for a season, fans who rename themselves together",
    )


def _deletions(engine: DuckDBEngine | None) -> Habit:
    known: dict[Key, set[str]] = {}
    if engine is not None:
        engine.run("accounts/account_deletions.sql")
        for row in engine.fetch(f"SELECT * FROM account_deletions {_ASKED}").to_pylist():
            deleted = row["seen"] - row["grown"] >= _FEWEST_DELETED
            known[row["platform"], row["account_id"]] = {"deleted"} if deleted else set()

    def said(kind: str, count: int, of: int) -> str:
        return (
            f"{words.number(count)} of {words.plural(of, 'account')} with two dated counts of posts "
            f"{words.verb(count, 'has', 'have')} taken down {words.number(_FEWEST_DELETED)} posts or more in between"
        )

    return Habit(
        "deletion",
        known,
        "counts of posts at two times",
        said,
        "Posts were taken down no more often by {} than by {}.",
        "people who delete their old posts as a rule, posts that a platform removed",
    )


def _clients(engine: DuckDBEngine) -> Habit:
    engine.run("accounts/account_clients.sql")
    rows = engine.fetch(f"SELECT * FROM account_clients {_ASKED}").to_pylist()
    known = {(row["platform"], row["account_id"]): {row["client"]} for row in rows}

    def said(client: str, count: int, of: int) -> str:
        return (
            f"{words.number(count)} of {words.plural(of, 'account')} whose client is known "
            f"{words.verb(count, 'posts', 'post')} mostly through “{' '.join(client.split())[:60]}”"
        )

    return Habit(
        "client",
        known,
        "main clients",
        said,
        "No client is more frequent among {} than among {}.",
        "an application for planning posts, one organisation's software, a country where one phone is common",
    )
