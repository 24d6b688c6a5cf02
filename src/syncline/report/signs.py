"""What the accounts themselves show: each network's signs in words, with figures, comparison and innocent reading.

Signs are never added up into a score: how many were found, were not, or could not be tested is all that is said.
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from syncline import words
from syncline.accounts.findings import HINTS, of_accounts_alone
from syncline.case.contract import ReportCase

#: The signs, in the order in which they are shown, and what they are called.
TITLES = {
    "creation_batch": "Made together",
    "handle_pattern": "Handles",
    "bio_template": "Bios",
    "portrait_reuse": "Portraits",
    "hours": "Hours",
    "location": "Places",
    "client": "Client apps",
    "handle_change": "Changed handles",
    "deletion": "Posts taken down",
    "across_platforms": "Other platforms",
    "eye_position": "Eyes, a hint",
}
FOUND, NOT_FOUND, UNTESTED = "found", "not found", "not tested"

INTRODUCTION = (
    "Signs that accounts were made up, or that clear them, each beside comparable accounts of the same log. They "
    "are a question of their own: people who act together can all be genuine, and made-up accounts need not act "
    "together.",
    "No sign is a proof, and none says who runs an account. A sign that was not found does not show that accounts "
    "are genuine.",
)

_FINDINGS = """
SELECT network_id, sign, applies, statement, numbers, account_ids FROM findings
WHERE gauge = 'authenticity' ORDER BY network_id NULLS FIRST, sign, applies DESC, statement
"""
_ACCOUNTS_LISTED = 200
_PICTURES_SHOWN = 24
_LINKS_SHOWN = 50

Row = Mapping[str, Any]


def build(
    case: ReportCase, networks: Sequence[dict[str, Any]], accounts: Sequence[dict[str, Any]]
) -> dict[str, Any] | None:
    """The payload's `signs`: the whole log first, then networks as listed; None where nothing was looked for."""
    columns = ("network_id", "sign", "applies", "statement", "numbers", "account_ids")
    rows = [dict(zip(columns, record, strict=True)) for record in case.sql(_FINDINGS).fetchall()]
    if not rows:
        return None
    places, names = _places(accounts), _names(case)
    shown = [(None, _whole(case.run))] + [
        (each["id"], each["label"]) for each in networks if each["kind"] == "network"
    ]
    gauges = []
    for network_id, label in shown:
        own = [row for row in rows if row["network_id"] == network_id]
        if own:
            told = gauge(own, places.get(network_id, {}), names if network_id is None else None)
            gauges.append({"network": network_id, "label": label, **told})
    return {
        "introduction": list(INTRODUCTION),
        "gauges": gauges,
        "across": _dotted(rows, accounts),
    }


def gauge(
    rows: Sequence[Row], places: Mapping[str, int] | None = None, names: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """One network's signs (rows of schema.FINDINGS, gauge "authenticity"), in the order of `TITLES`.

    `places` maps account ids to places in the payload's `accounts`; `names` to names, where the accounts are in no
    network and so have no such place.
    """
    signs = [
        _sign(name, [row for row in rows if row["sign"] == name], places or {}, names) for name in TITLES
    ]
    known = [sign for sign in signs if sign is not None]
    states = [sign["state"] for sign in known if sign["sign"] not in HINTS]
    hints = sum(sign["state"] == FOUND for sign in known if sign["sign"] in HINTS)
    counts = {state: states.count(state) for state in (FOUND, NOT_FOUND, UNTESTED)}
    return {
        "sentence": _sentence(counts, hints),
        "compared": _compared([json.loads(row["numbers"]) for row in rows]),
        "signs": known,
    }


def lines(rows: Sequence[Row]) -> list[str]:
    """The same for the terminal."""
    told = gauge(rows)
    said = [told["sentence"], *([told["compared"]] if told["compared"] else [])]
    for sign in told["signs"]:
        if sign["state"] == FOUND:
            for claim in sign["claims"]:
                said.append(f"{sign['title']}: {claim['statement']}{_space(claim['chance'])}")
            said.append(f"  {sign['innocent']}")
    for state, title in ((NOT_FOUND, "Not found"), (UNTESTED, "Could not be tested")):
        for sign in told["signs"]:
            if sign["state"] == state:
                said.append(f"{title}, {sign['title'].lower()}: {sign['claims'][0]['statement']}")
    return said


def _space(text: str) -> str:
    return f" {text}" if text else ""


def _whole(run: Mapping[str, Any]) -> str:
    return "The list of accounts" if of_accounts_alone(run) else "The whole log"


def _places(accounts: Sequence[dict[str, Any]]) -> dict[int, dict[str, int]]:
    places: dict[int, dict[str, int]] = {}
    for place, account in enumerate(accounts):
        places.setdefault(account["network"], {})[account["id"]] = place
    return places


def _sentence(counts: Mapping[str, int], hints: int) -> str:
    """ "3 of 9 signs found; 4 looked for and not found; 2 could not be tested. Beside them 1 hint." """
    of = sum(counts.values())
    found = words.number(counts[FOUND]) if counts[FOUND] else "None"
    said = [f"{found} of {words.plural(of, 'sign')} found"]
    if counts[NOT_FOUND]:
        said.append(f"{words.number(counts[NOT_FOUND])} looked for and not found")
    if counts[UNTESTED]:
        said.append(f"{words.number(counts[UNTESTED])} could not be tested")
    return "; ".join(said) + "." + (f" Beside them {words.plural(hints, 'hint')}." if hints else "")


def _compared(numbers: Sequence[Mapping[str, Any]]) -> str:
    """Who the comparable accounts are; empty where there are none."""
    comparison = next(
        (each["comparison"] for each in numbers if each.get("comparison", {}).get("size")), None
    )
    if comparison is None:
        return ""
    size = comparison["size"]
    if comparison["given"]:
        given = words.verb(size, "was", "were")
        return f"Compared with {words.plural(size, 'account')} that {given} given as controls."
    alike = [
        f"{words.number(count)} in {words.listing(match.split(', '))}"
        for match, count in comparison["matched"].items()
    ]
    belong = words.verb(size, "belongs", "belong")
    return (
        f"Compared with {words.plural(size, 'account')} of this log that {belong} to no network and "
        f"{words.verb(size, 'is', 'are')} alike: {words.listing(alike)}."
    )


def _names(case: ReportCase) -> dict[str, str]:
    """Of the accounts that signs of the whole log are about, those that have a name."""
    return dict(case.sql(_NAMES).fetchall())


_NAMES = """
SELECT account_id, max(username) FROM accounts
SEMI JOIN (
    SELECT unnest(account_ids) AS account_id FROM findings
    WHERE gauge = 'authenticity' AND network_id IS NULL AND applies
) USING (account_id)
WHERE username <> '' GROUP BY account_id
"""


def _sign(
    name: str, rows: Sequence[Row], places: Mapping[str, int], names: Mapping[str, str] | None
) -> dict[str, Any] | None:
    if not rows:
        return None
    applies = bool(rows[0]["applies"])
    known = [(json.loads(row["numbers"]), row) for row in rows]
    if applies:
        # The surest first, of equals the one with most accounts.
        known.sort(key=lambda each: (each[0]["p_bound"], -each[0]["accounts"]))
    numbers = [each for each, _ in known]
    state = FOUND if applies else NOT_FOUND if numbers[0].get("sufficient", True) else UNTESTED
    return {
        "sign": name,
        "title": TITLES[name],
        "state": state,
        "claims": [_claim(row, each, places, names) for each, row in known],
        "innocent": f"Innocent readings: {numbers[0]['innocent']}." if applies else "",
        "figure": _figure(name, numbers) if state != UNTESTED else None,
    }


def _claim(
    row: Row, numbers: Mapping[str, Any], places: Mapping[str, int], names: Mapping[str, str] | None
) -> dict[str, Any]:
    ids = row["account_ids"] or []
    people = ids if names is not None and row["applies"] else []
    listed = [places[account_id] for account_id in ids if account_id in places]
    compared = "others_of" in numbers and row["applies"]
    return {
        "statement": row["statement"],
        "chance": _chance(row["sign"], numbers["p_bound"]) if row["applies"] else "",
        "accounts": listed[:_ACCOUNTS_LISTED],
        "people": [[(names or {}).get(one, one), one] for one in people[:_ACCOUNTS_LISTED]],
        "more": max(0, len(people) - _ACCOUNTS_LISTED),
        "shares": [numbers["accounts"], numbers["of"], numbers["others"], numbers["others_of"]]
        if compared
        else None,
    }


def _chance(sign: str, p: float) -> str:
    bound = words.one_in(-math.log10(max(p, 1e-300)))
    if sign == "across_platforms":
        return f"For two different people the chance of it is at most {bound}."
    return f"Were nothing special about these accounts, the chance of it would be at most {bound}."


def _figure(name: str, numbers: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    make = _FIGURES.get(name)
    return make(numbers) if make else None


def _histogram(numbers: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    histogram = numbers[0].get("histogram")
    if histogram is None:
        return None
    width = histogram["width_us"]
    first, last = histogram["start_us"], histogram["start_us"] + width * len(histogram["accounts"]) - 1
    others = sum(histogram["others"])
    return {
        "kind": "histogram",
        "accounts": histogram["accounts"],
        "others": histogram["others"],
        "first": words.date(first),
        "last": words.date(last),
        "batches": [_bins(each, first, width) for each in numbers if each.get("first_us") is not None],
        "caption": f"Accounts by creation time, {words.duration(width)} to a bar: above, "
        f"{words.plural(sum(histogram['accounts']), 'account')} of this group"
        + (f"; below, {words.plural(others, 'comparable account')}." if others else "."),
    }


def _bins(numbers: Mapping[str, Any], start: int, width: int) -> list[int]:
    return [(numbers["first_us"] - start) // width, (numbers["last_us"] - start) // width]


def _week(numbers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    posts, others = numbers[0]["week"], numbers[0]["week_of_others"]
    return {
        "kind": "week",
        "posts": posts,
        "others": others,
        "break": numbers[0].get("break_utc_h"),
        "caption": f"Posts by hour of the day and day of the week, UTC: {words.plural(sum(posts), 'post')} of this "
        f"group as bars, {words.plural(sum(others), 'post')} by comparable accounts as the line.",
    }


def _templates(numbers: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    templates = [each["template"] for each in numbers if "template" in each]
    frequent = numbers[0].get("words") or []
    if not templates and not frequent:
        return None
    return {
        "kind": "templates",
        "templates": templates,
        "words": [[each["word"], each["accounts"], each["others"]] for each in frequent],
        "caption": "The wording that the bios share; an open box stands for what differs.",
    }


def _handles(numbers: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    examples = [each["examples"] for each in numbers if "examples" in each]
    if not examples:
        return None
    return {"kind": "handles", "examples": examples, "caption": "Handles that have it, the first by letters."}


def _portraits(numbers: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    sheets = [picture for each in numbers for picture in each.get("pictures", [])]
    if not sheets:
        return None
    shown = sheets[:_PICTURES_SHOWN]
    return {
        "kind": "portraits",
        "pictures": [
            {
                "name": each["path"],
                "thumbnail": each.get("thumbnail"),
                "words": f"shown by {words.plural(len(each['accounts']), 'account')}",
            }
            for each in shown
        ],
        "caption": f"{words.number(len(shown))} of {words.plural(len(sheets), 'picture')}."
        if len(shown) < len(sheets)
        else f"{words.plural(len(sheets), 'picture')}.",
    }


def _pairs(numbers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    links = [link for each in numbers for link in each["links"]]
    return {
        "kind": "pairs",
        "pairs": [
            {
                "a": f"{link['platform_a']}:{link['account_a']}",
                "b": f"{link['platform_b']}:{link['account_b']}",
                "words": _shared(link),
            }
            for link in links[:_LINKS_SHOWN]
        ],
        "caption": f"{words.number(min(len(links), _LINKS_SHOWN))} of {words.plural(len(links), 'pair')}.",
    }


def _shared(link: Mapping[str, Any]) -> str:
    said = [name for name, key in (("handle", "same_handle"), ("portrait", "same_portrait")) if link[key]]
    texts = words.plural(len(link["posts"]), "text")
    return f"one {words.listing(said)}, {texts} within an hour; evidence {words.log10(link['log10_e'])} (log10 e)"


_FIGURES = {
    "creation_batch": _histogram,
    "hours": _week,
    "bio_template": _templates,
    "handle_pattern": _handles,
    "portrait_reuse": _portraits,
    "eye_position": _portraits,
    "across_platforms": _pairs,
}


def _dotted(rows: Sequence[Row], accounts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Links across platforms between two accounts that the page shows, for the map."""
    place = {(account["platform"], account["id"]): number for number, account in enumerate(accounts)}
    links = [
        link
        for row in rows
        if row["sign"] == "across_platforms"
        for link in json.loads(row["numbers"])["links"]
    ]
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for link in links:
        a = place.get((link["platform_a"], link["account_a"]))
        b = place.get((link["platform_b"], link["account_b"]))
        if a is not None and b is not None:
            found[a, b] = {"a": a, "b": b, "words": _shared(link)}
    return list(found.values())
