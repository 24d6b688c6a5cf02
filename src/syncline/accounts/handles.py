"""Handle patterns: forms, stems and improbable letters that a group's handles share.

A form is the handle's classes of characters (Elmas et al. 2021 call them handle masks): "2 capitalised words,
then 8 digits". A stem is its longest run of letters. Improbable is a handle whose letters a trigram model of all
handles in the comparison finds less likely than 95% of them (after Beskow and Carley 2019).
"""

import math
import re
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np

from syncline import words
from syncline.accounts.concentration import Concentration, concentrated, without_repeats
from syncline.accounts.findings import Candidate, ErrorControl, SignTest
from syncline.accounts.groups import Group, beside

SIGN = "handle_pattern"
INNOCENT = (
    "handles that the platform itself suggests, members of one organisation, fans who name themselves after "
    "one star"
)

_SHORTEST_STEM = 5
_IMPROBABLE = 0.05
_EXAMPLES = 12
_WORDS = re.compile(r"[^\W\d_]+")

Form = tuple[tuple[str, int], ...]


def look(group: Group, control: ErrorControl) -> SignTest:
    """Look for patterns in the handles of `group`."""
    handles, rows = group.known("username")
    others = group.known_of_others("username")
    numbers = {"of": len(handles), "comparison": group.comparison.as_dict(), "innocent": INNOCENT}
    why = group.cannot_compare(len(handles), len(others), "handles")
    if why:
        return SignTest(group.network_id, SIGN, [], why, numbers, sufficient=False)
    found = without_repeats(concentrated(*_features(handles, others), control.level))
    candidates = [_candidate(group, each, handles, rows, len(others)) for each in found]
    otherwise = (
        f"No pattern: no form, stem or kind of letters is more frequent in "
        f"{words.plural(len(handles), 'handle')} than in those of "
        f"{words.plural(len(others), 'comparable account')}."
    )
    return SignTest(group.network_id, SIGN, candidates, otherwise, numbers)


def form(handle: str) -> Form:
    """Runs of the handle's classes of characters with their lengths: "JoeB_12" -> Aa3 A1 _1 9 2.

    Classes: Aa a capitalised word, A capitals, a small letters, 9 digits, _ the underscore, others as they are.
    """
    runs = [(kind, len(list(run))) for kind, run in groupby(handle, key=_kind)]
    joined: list[tuple[str, int]] = []
    for kind, length in runs:
        if kind == "a" and joined and joined[-1] == ("A", 1):
            joined[-1] = ("Aa", length + 1)
        else:
            joined.append((kind, length))
    return tuple(joined)


def described(shape: Form, exact: bool) -> str:
    """A form in words: "14 small letters and 1 digit", or if not `exact`, "2 capitalised words and 8 digits"."""
    if exact:
        return words.listing([_counted(kind, length) for kind, length in shape])
    return words.listing(
        [_loose(kind, [length for _, length in run]) for kind, run in groupby(shape, itemgetter(0))]
    )


def _kind(character: str) -> str:
    if character.isdigit():
        return "9"
    if character.isupper():
        return "A"
    return "a" if character.isalpha() else character


def _counted(kind: str, length: int) -> str:
    if kind == "Aa":
        return f"a capitalised word of {words.number(length)} letters"
    names = {"A": "capital", "a": "small letter", "9": "digit", "_": "underscore"}
    return words.plural(length, names[kind]) if kind in names else f"{words.number(length)} “{kind}”"


def _loose(kind: str, lengths: Sequence[int]) -> str:
    if kind == "Aa":
        return words.plural(len(lengths), "capitalised word") if len(lengths) > 1 else "a capitalised word"
    if kind in ("A", "a"):
        return "capitals" if kind == "A" else "small letters"
    return _counted(kind, lengths[0])


def _features(
    handles: Sequence[str], others: Sequence[str]
) -> tuple[list[set[Hashable]], list[set[Hashable]]]:
    features = [_of_handle(handle) for handle in [*handles, *others]]
    for place in _improbable([*handles, *others]):
        features[place].add(("improbable", ""))
    return features[: len(handles)], features[len(handles) :]


def _of_handle(handle: str) -> set[Hashable]:
    shape = form(handle)
    loose = tuple((kind, 0 if kind in ("Aa", "A", "a") else length) for kind, length in shape)
    features: set[Hashable] = {("form", shape), ("loose form", loose)}
    stem = max(_WORDS.findall(handle.casefold()), key=len, default="")
    if len(stem) >= _SHORTEST_STEM:
        features.add(("stem", stem))
    return features


def _improbable(handles: Sequence[str]) -> list[int]:
    """The places of the 5% of handles whose letters a trigram model of all the others finds least likely."""
    padded = [f"^^{handle.casefold()}$" for handle in handles]
    triples = [[text[place : place + 3] for place in range(len(text) - 2)] for text in padded]
    seen = Counter(triple for each in triples for triple in each)
    pairs = Counter(triple[:2] for each in triples for triple in each)
    alphabet = len({letter for text in padded for letter in text})
    scores = np.array([_per_letter(each, seen, pairs, alphabet) for each in triples])
    return np.flatnonzero(scores < np.quantile(scores, _IMPROBABLE)).tolist()


def _per_letter(triples: Sequence[str], seen: Counter[str], pairs: Counter[str], alphabet: int) -> float:
    """Mean log probability of a handle's letters, its own share of the counts left out, add-one smoothed."""
    own, own_pairs = Counter(triples), Counter(triple[:2] for triple in triples)
    return sum(
        math.log((seen[triple] - own[triple] + 1) / (pairs[triple[:2]] - own_pairs[triple[:2]] + alphabet))
        for triple in triples
    ) / len(triples)


def _candidate(
    group: Group, found: Concentration, handles: Sequence[str], rows: Sequence[int], others: int
) -> Candidate:
    kind, value = found.feature
    text = value if kind in ("stem", "improbable") else described(value, exact=kind == "form")
    count = len(found.members)
    statement = (
        f"{words.number(count)} of {words.plural(len(handles), 'handle')} {_have(kind, text, count)}"
        f"{beside(found.others, others)}."
    )
    numbers = {
        "pattern": kind,
        "text": text,
        "others": found.others,
        "others_of": others,
        "examples": sorted(handles[place] for place in found.members)[:_EXAMPLES],
    }
    return group.candidate(found.p, statement, [rows[each] for each in found.members], len(handles), numbers)


def _have(kind: str, text: str, count: int) -> str:
    if kind == "stem":
        return f"{words.verb(count, 'holds', 'hold')} “{text}”"
    if kind == "improbable":
        said = f"as rare as the rarest {words.percent(_IMPROBABLE)} of all"
        return f"{words.verb(count, 'has', 'have')} sequences of letters {said}"
    return f"{words.verb(count, 'has', 'have')} one form: {text}"
