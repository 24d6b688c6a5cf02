"""Locations: a place that more of a group's accounts give than others do.

It must be more frequent than among comparable accounts and than in the whole log: comparable accounts post in the
group's language, which need not be the language at home.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from syncline import words
from syncline.accounts.concentration import Concentration, concentrated, fisher, without_repeats
from syncline.accounts.findings import Candidate, ErrorControl, SignTest
from syncline.accounts.groups import Group, beside
from syncline.traces.normalise import normalise_text

SIGN = "location"
INNOCENT = "people of one place know each other and talk about the same things"


@dataclass(frozen=True)
class Elsewhere:
    """How many accounts outside all networks give each place, and how many give one at all."""

    places: Counter[str] = field(default_factory=Counter)
    accounts: int = 0


def elsewhere(locations: Iterable[str | None]) -> Elsewhere:
    """Count the places that these accounts give."""
    given = [_parts(location) for location in locations if location and location.strip()]
    return Elsewhere(Counter(place for places in given for place in places), len(given))


def look(group: Group, control: ErrorControl, log: Elsewhere | None = None) -> SignTest:
    """Look for places that `group` gives more often than comparable accounts and those of the whole `log` do."""
    given, rows = group.known("location")
    places, others = (
        [_parts(each) for each in given],
        [_parts(each) for each in group.known_of_others("location")],
    )
    numbers = {"of": len(places), "comparison": group.comparison.as_dict(), "innocent": INNOCENT}
    why = group.cannot_compare(len(places), len(others), "locations")
    if why:
        return SignTest(group.network_id, SIGN, [], why, numbers, sufficient=False)
    found = without_repeats(
        [
            each
            for each in concentrated(places, others, control.level)
            if log is None or _stands_out(each, len(places), log, control.level)
        ]
    )
    candidates = [_candidate(group, each, rows, len(others)) for each in found]
    otherwise = (
        f"No place is more frequent among {words.plural(len(places), 'account')} that "
        f"{words.verb(len(places), 'gives', 'give')} one than among "
        f"{words.plural(len(others), 'comparable account')} that {words.verb(len(others), 'does', 'do')}."
    )
    return SignTest(group.network_id, SIGN, candidates, otherwise, numbers)


def _stands_out(found: Concentration, of: int, log: Elsewhere, level: float) -> bool:
    there, count = log.places[str(found.feature)], len(found.members)
    return fisher(count, count + there, of, log.accounts) <= level


def _parts(location: str) -> set[str]:
    """The location and, where commas part it, its parts: "Lyon, France" is in Lyon and in France."""
    parts = {normalise_text(part) for part in [location, *location.replace("،", ",").split(",")]}
    return parts - {""}


def _candidate(group: Group, found: Concentration, rows: list[int], others: int) -> Candidate:
    count = len(found.members)
    statement = (
        f"{words.number(count)} of {words.plural(len(rows), 'account')} that "
        f"{words.verb(len(rows), 'gives', 'give')} a location {words.verb(count, 'gives', 'give')} "
        f"“{found.feature}”{beside(found.others, others)}. People of one place have much in common: this alone is "
        "no sign of made-up accounts."
    )
    numbers = {"place": found.feature, "others": found.others, "others_of": others}
    return group.candidate(found.p, statement, [rows[place] for place in found.members], len(rows), numbers)
