"""Two cases side by side: how each was made, whom it names, and which network of one is which of the other.

For the same log scanned with other settings or by another version, for the next month's export, or for a case before
and after clearing. Networks are numbered anew by every scan, so that they are matched by their accounts.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from syncline import words
from syncline.case.folder import Case
from syncline.case.outcome import as_left
from syncline.safety import terminal_safe

# Accounts and networks that are shown in words; the data has them all.
_SHOWN = 20
_COUNTS = ("posts", "accounts", "edges", "networks", "pairs", "named", "cleared")
_OF_ROWS = ("posts", "accounts")
_CALLED = {"edges": "links"}
_MADE = ("syncline", "normaliser", "resolution_us")

_MEMBERS = """
SELECT platform, account_id, members.network_id, kind, members.named, reason
FROM members JOIN networks USING (network_id)
"""
# Of accounts that are asked for, those that the log has, once with what it calls them.
_IN_THE_LOG = """
WITH asked AS (SELECT unnest($platforms) AS platform, unnest($account_ids) AS account_id)
SELECT platform, account_id, max(username) AS username, count(cleared.account_id) > 0 AS cleared
FROM asked JOIN (
    SELECT platform, account_id, username FROM accounts
    UNION ALL SELECT platform, account_id, NULL FROM posts SEMI JOIN asked USING (platform, account_id)
) USING (platform, account_id)
LEFT JOIN cleared USING (platform, account_id)
GROUP BY platform, account_id
"""

_Key = tuple[str, str]
_Rows = dict[_Key, dict[str, Any]]
_Networks = dict[int, set[_Key]]


@dataclass(frozen=True)
class Comparison:
    """What differs between two cases: `data` holds all of it, `str()` the most of it in words.

    `data` has, for "first" and "second", the case's place and time; "made" (what, first, second) where settings,
    version or input files differ; "counts" (what, first, second); "accounts" (platform, account_id, username, first,
    second) that are named in one case alone; "named_in_both", how many are named in both; and "networks" (first,
    second, accounts_first, accounts_second, in_both), one row for two networks that share accounts, with null for the
    other where a network shares none.
    """

    data: dict[str, Any]

    def __str__(self) -> str:
        return "\n".join(terminal_safe(line) for line in _text(self.data))

    __repr__ = __str__


def compare(first: Case, second: Case) -> Comparison:
    """What differs between two cases, each without the accounts that its own notes clear."""
    cases = (first, second)
    members = [_by_account(case.rows(_MEMBERS, {})) for case in cases]
    named = [{key for key, row in of_case.items() if row["named"]} for of_case in members]
    in_one = sorted(named[0] ^ named[1])
    in_log = [_by_account(case.rows(_IN_THE_LOG, _asked(in_one))) for case in cases]
    return Comparison(
        {
            "first": _introduced(first),
            "second": _introduced(second),
            "made": [*_made(first, second), *_inputs(first, second)],
            "counts": _counts(as_left(first), as_left(second)),
            "named_in_both": len(named[0] & named[1]),
            "accounts": [_account(key, members, in_log) for key in in_one],
            "networks": _networks(*(_by_network(of_case) for of_case in members)),
        }
    )


def _by_account(rows: list[dict[str, Any]]) -> _Rows:
    return {(row["platform"], row["account_id"]): row for row in rows}


def _asked(keys: list[_Key]) -> dict[str, list[str]]:
    return {"platforms": [platform for platform, _ in keys], "account_ids": [account for _, account in keys]}


def _introduced(case: Case) -> dict[str, Any]:
    return {"case": str(case.path), "created": case.run.get("created"), "syncline": case.run.get("syncline")}


def _made(first: Case, second: Case) -> list[dict[str, Any]]:
    return _differing(_told(first), _told(second))


def _told(case: Case) -> dict[str, Any]:
    return {**case.run["settings"], **{name: case.run.get(name) for name in _MADE}}


def _differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {"what": name, "first": first.get(name), "second": second.get(name)}
        for name in dict.fromkeys((*first, *second))
        if first.get(name) != second.get(name)
    ]


def _inputs(first: Case, second: Case) -> list[dict[str, Any]]:
    """Files that one of them did not read, by content: a file that only moved is the same."""
    read = [{each["sha256"]: each["path"] for each in case.run["inputs"]} for case in (first, second)]
    return [
        {"what": "file", "first": read[0].get(digest), "second": read[1].get(digest)}
        for digest in dict.fromkeys((*read[0], *read[1]))
        if digest not in read[0] or digest not in read[1]
    ]


def _counts(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[dict[str, Any]]:
    counted = [
        {"cleared": 0, **run, **{name: run["rows"][name] for name in _OF_ROWS}} for run in (first, second)
    ]
    return [{"what": name, "first": counted[0][name], "second": counted[1][name]} for name in _COUNTS]


def _account(key: _Key, members: list[_Rows], in_log: list[_Rows]) -> dict[str, Any]:
    first, second = (
        _standing(of_case.get(key), log.get(key)) for of_case, log in zip(members, in_log, strict=True)
    )
    usernames = (log[key]["username"] for log in reversed(in_log) if key in log)
    return {
        "platform": key[0],
        "account_id": key[1],
        "username": next(filter(None, usernames), None),
        "first": first,
        "second": second,
    }


def _standing(member: dict[str, Any] | None, in_log: dict[str, Any] | None) -> str:
    if member is not None:
        place = f"{member['kind']} {member['network_id']}"
        return (
            f"named in {place}" if member["named"] else f"in {place}, not named: {_why_not(member['reason'])}"
        )
    if in_log is None:
        return "not in the log"
    return "cleared by an analyst" if in_log["cleared"] else "in no network"


def _why_not(reason: str) -> str:
    return reason.removeprefix("not named: ")


def _networks(first: _Networks, second: _Networks) -> list[dict[str, Any]]:
    place = {key: number for number, keys in second.items() for key in keys}
    rows = []
    for number, keys in sorted(first.items()):
        shared = Counter(place[key] for key in keys if key in place)
        if not shared:
            rows.append(_row(number, keys, None, None, 0))
        for other, in_both in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
            rows.append(_row(number, keys, other, second[other], in_both))
    met = {row["second"] for row in rows}
    return rows + [
        _row(None, None, number, keys, 0) for number, keys in sorted(second.items()) if number not in met
    ]


def _by_network(members: _Rows) -> _Networks:
    found: _Networks = defaultdict(set)
    for key, row in members.items():
        found[row["network_id"]].add(key)
    return found


def _row(
    first: int | None,
    of_first: set[_Key] | None,
    second: int | None,
    of_second: set[_Key] | None,
    in_both: int,
) -> dict[str, Any]:
    return {
        "first": first,
        "second": second,
        "accounts_first": of_first and len(of_first),
        "accounts_second": of_second and len(of_second),
        "in_both": in_both,
    }


def _text(data: dict[str, Any]) -> Iterator[str]:
    for which in ("first", "second"):
        about = data[which]
        yield (
            f"{which.capitalize()}: {about['case']}, scanned {about['created']} by Syncline {about['syncline']}"
        )
    yield ""
    yield from _made_lines(data["made"])
    yield ""
    yield from _count_lines(data["counts"])
    yield ""
    yield from _account_lines(data)
    yield ""
    yield from _network_lines(data["networks"])
    yield ""
    yield "What this does not say"
    yield (
        "  Who passes in one log and not in another has not changed for that: an account close to the bar falls on "
        "either side of it. Read the evidence in each case."
    )


def _made_lines(made: list[dict[str, Any]]) -> Iterator[str]:
    if not made:
        yield "Both read the same files, with the same settings and version."
        return
    yield "How they were made"
    for row in made:
        if row["what"] != "file":
            yield f"  {row['what']}: {_plain(row['first'])} in the first, {_plain(row['second'])} in the second"
        elif row["second"] is None:
            yield f"  {row['first']}: read by the first alone"
        else:
            yield f"  {row['second']}: read by the second alone"


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    if isinstance(value, float):
        return f"{value:g}"
    return "default" if value is None else str(value)


def _count_lines(counts: list[dict[str, Any]]) -> Iterator[str]:
    shown = [
        (_CALLED.get(row["what"], row["what"]), words.number(row["first"]), words.number(row["second"]))
        for row in counts
    ]
    widths = [max(len(row[column]) for row in [("", "first", "second"), *shown]) for column in range(3)]
    for name, first, second in [("", "first", "second"), *shown]:
        yield f"  {name:<{widths[0]}}  {first:>{widths[1]}}  {second:>{widths[2]}}"


def _account_lines(data: dict[str, Any]) -> Iterator[str]:
    yield f"Named in both: {words.plural(data['named_in_both'], 'account')}"
    for which, other in (("first", "second"), ("second", "first")):
        alone = [row for row in data["accounts"] if row[which].startswith("named in ")]
        yield f"Named in the {which} alone: {words.plural(len(alone), 'account')}"
        for row in alone[:_SHOWN]:
            who = words.account(row["platform"], row["account_id"], row["username"])
            yield f"  {who}: {row[which]}; in the {other} case {row[other]}"
        yield from _more(len(alone), "account")


def _network_lines(networks: list[dict[str, Any]]) -> Iterator[str]:
    changed = [
        row for row in networks if not row["accounts_first"] == row["accounts_second"] == row["in_both"]
    ]
    alike = words.number(len(networks) - len(changed))
    yield f"Networks and pairs of the same accounts in both: {alike}; others: {words.number(len(changed))}"
    for row in changed[:_SHOWN]:
        yield f"  {_matched(row)}"
    yield from _more(len(changed), "row")


def _matched(row: dict[str, Any]) -> str:
    sides = [_side(row, which) for which in ("first", "second") if row[which] is not None]
    if len(sides) == 2:
        return f"{sides[0]} and {sides[1]}: {words.plural(row['in_both'], 'account')} in both"
    return f"{sides[0]}: none of its accounts is in a network of the {'second' if row['second'] is None else 'first'}"


def _side(row: dict[str, Any], which: str) -> str:
    return f"network {row[which]} of the {which} ({words.plural(row[f'accounts_{which}'], 'account')})"


def _more(count: int, noun: str) -> Iterator[str]:
    if count > _SHOWN:
        yield f"  {words.more_in_json(count - _SHOWN, noun)}"
