"""Locations: a place that more of a group's accounts give than comparable accounts do."""

from syncline import words
from syncline.accounts.concentration import Concentration, concentrated, without_repeats
from syncline.accounts.findings import Candidate, ErrorControl, SignTest
from syncline.accounts.groups import Group, beside
from syncline.traces.normalise import normalise_text

SIGN = "location"
INNOCENT = "people of one place know each other and talk about the same things"


def look(group: Group, control: ErrorControl) -> SignTest:
    """Look for places that `group` gives more often than comparable accounts do."""
    given, rows = group.known("location")
    places, others = (
        [_parts(each) for each in given],
        [_parts(each) for each in group.known_of_others("location")],
    )
    numbers = {"of": len(places), "comparison": group.comparison.as_dict(), "innocent": INNOCENT}
    why = group.cannot_compare(len(places), len(others), "locations")
    if why:
        return SignTest(group.network_id, SIGN, [], why, numbers, sufficient=False)
    found = without_repeats(concentrated(places, others, control.level))
    candidates = [_candidate(group, each, rows, len(others)) for each in found]
    otherwise = (
        f"No place is more frequent among {words.plural(len(places), 'account')} that "
        f"{words.verb(len(places), 'gives', 'give')} one than among "
        f"{words.plural(len(others), 'comparable account')} that {words.verb(len(others), 'does', 'do')}."
    )
    return SignTest(group.network_id, SIGN, candidates, otherwise, numbers)


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
