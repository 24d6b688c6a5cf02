"""Bio templates: bios of a group that are one text, or one text with slots filled differently.

Links, @names, emoji, punctuation and the account's own location are masked, all digits are alike. Two things are
then compared with the bios of comparable accounts: clusters of near-duplicate bios, and ordered pairs of words at
most three apart, which survive when the words in a template's slots change. What its accounts' bios have in
common is put together again as the template, its slots as "…". Single words that are more frequent than in other
bios are listed beside it; they are no sign, since people of one interest share words.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from typing import Any

from syncline import words
from syncline.accounts.concentration import (
    FEWEST,
    Concentration,
    concentrated,
    fisher,
    without_repeats,
)
from syncline.accounts.findings import Candidate, ErrorControl, SignTest
from syncline.accounts.groups import Group, beside
from syncline.traces.near_duplicates import cluster_keys
from syncline.traces.normalise import normalise_text

SIGN = "bio_template"
INNOCENT = (
    "staff of one organisation, members of one movement, a line that a platform or an app suggests, a quotation "
    "that many like"
)

_APART = 3
_FEWEST_WORDS = 3
# A template's fixed words are in this share of its bios and make up this share of each.
_FIXED_IN, _FIXED_OF = 0.8, 0.4
_WORDS_SHOWN = 10
_SLOT = "…"

Bio = tuple[str, ...]


def look(group: Group, control: ErrorControl) -> SignTest:
    """Look for templates in the bios of `group`."""
    bios, rows = _bios(group.members)
    others, _ = _bios(group.others)
    numbers: dict[str, Any] = {
        "of": len(bios),
        "comparison": group.comparison.as_dict(),
        "innocent": INNOCENT,
    }
    why = group.cannot_compare(len(bios), len(others), "bios")
    if why:
        return SignTest(group.network_id, SIGN, [], why, numbers, sufficient=False)
    found = concentrated(*_features(bios, others), control.level)
    candidates: list[Candidate] = []
    for each in without_repeats(found):
        template = _template([bios[place] for place in each.members])
        if template and all(one.numbers["template"] != template for one in candidates):
            candidates += _candidate(group, each, template, bios, rows, others)
    numbers["words"] = _frequent_words(bios, others, control.level)
    otherwise = (
        f"No template: no wording is more frequent in {words.plural(len(bios), 'bio')} than in those of "
        f"{words.plural(len(others), 'comparable account')}."
    )
    return SignTest(group.network_id, SIGN, candidates, otherwise, numbers)


def masked(bio: str, location: str | None) -> Bio:
    """The words of a bio that a template may fix."""
    place = set(normalise_text(location or "").split())
    return tuple(
        "0" * len(word) if word.isdigit() else word
        for word in normalise_text(bio).split()
        if word not in place
    )


def _bios(accounts: Any) -> tuple[list[Bio], list[int]]:
    texts = zip(accounts.column("bio").to_pylist(), accounts.column("location").to_pylist(), strict=True)
    bios = [masked(bio or "", location) for bio, location in texts]
    rows = [row for row, bio in enumerate(bios) if bio]
    return [bios[row] for row in rows], rows


def _features(bios: Sequence[Bio], others: Sequence[Bio]) -> tuple[list[set[Hashable]], list[set[Hashable]]]:
    both = [*bios, *others]
    clusters = cluster_keys([" ".join(bio) for bio in both])
    features = [
        {("cluster", cluster), *_pairs(bio)} if len(bio) >= _FEWEST_WORDS else set()
        for bio, cluster in zip(both, clusters, strict=True)
    ]
    return features[: len(bios)], features[len(bios) :]


def _pairs(bio: Bio) -> set[Hashable]:
    return {
        ("pair", first, second)
        for place, first in enumerate(bio)
        for second in bio[place + 1 : place + 1 + _APART]
    }


def _template(bios: Sequence[Bio]) -> list[str]:
    """The words that most of the bios fix, in order, "…" where they differ; empty if that is no template."""
    counts = Counter(word for bio in bios for word in set(bio))
    fixed = {word for word, count in counts.items() if count >= _FIXED_IN * len(bios)}
    shapes = Counter(_shape(bio, fixed) for bio in bios)
    shape = max(shapes, key=lambda each: (shapes[each], each))
    return list(shape) if sum(word != _SLOT for word in shape) >= _FEWEST_WORDS else []


def _shape(bio: Bio, fixed: set[str]) -> Bio:
    shape: list[str] = []
    for word in bio:
        if word in fixed:
            shape.append(word)
        elif not shape or shape[-1] != _SLOT:
            shape.append(_SLOT)
    return tuple(shape)


def _follows(bio: Bio, template: Sequence[str]) -> bool:
    """Whether a bio holds the template's fixed words in their order, and not much else."""
    fixed = [word for word in template if word != _SLOT]
    rest = iter(bio)
    return len(fixed) >= _FIXED_OF * len(bio) and all(word in rest for word in fixed)


def _candidate(
    group: Group,
    found: Concentration,
    template: list[str],
    bios: Sequence[Bio],
    rows: Sequence[int],
    others: Sequence[Bio],
) -> list[Candidate]:
    """The template, if enough bios follow it."""
    following = [place for place, bio in enumerate(bios) if _follows(bio, template)]
    count, elsewhere = len(following), sum(_follows(bio, template) for bio in others)
    if count < FEWEST:
        return []
    p = max(found.p, fisher(count, count + elsewhere, len(bios), len(others)))
    whole = _SLOT not in template
    statement = (
        f"{words.number(count)} of {words.plural(len(bios), 'bio')} {words.verb(count, 'follows', 'follow')} one "
        f"{'text' if whole else 'template'}: “{' '.join(template)}”{beside(elsewhere, len(others))}."
    )
    numbers = {"template": template, "others": elsewhere, "others_of": len(others)}
    return [group.candidate(p, statement, [rows[place] for place in following], len(bios), numbers)]


def _frequent_words(bios: Sequence[Bio], others: Sequence[Bio], level: float) -> list[dict[str, Any]]:
    found = concentrated([set(bio) for bio in bios], [set(bio) for bio in others], level)
    return [
        {"word": each.feature, "accounts": len(each.members), "others": each.others, "p_bound": each.p}
        for each in found[:_WORDS_SHOWN]
    ]
