"""Near-duplicate texts: which versions of a text are found, by how much of it was edited, and which are wrongly joined.

A labelled set is made of filler words: texts of 8 to 30 words in three languages; versions of each, in which a share of
the words is replaced, dropped, doubled or moved; a version with the slots of a template filled anew; and for each text
another one that shares its first third and is no version of it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from syncline.traces.near_duplicates import cluster_keys
from syncline.traces.normalise import normalise_text
from syncline.worlds.vocabulary import GIVEN_NAMES, WORDS

EDIT_SHARES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)
_LENGTHS = (8, 31)


@dataclass(frozen=True)
class Measured:
    """Pairs of texts: `recall` of pairs of a text and its version, `precision` of all pairs that were joined."""

    edits: str
    language: str
    texts: int
    recall: float
    precision: float


def measure(sources: int = 300, versions: int = 3, seed: int = 1) -> list[Measured]:
    """One row for each share of edited words and language, and one for filled slots."""
    rows = []
    for language in WORDS:
        rng = np.random.default_rng([seed, sorted(WORDS).index(language)])
        originals = [_text(rng, language) for _ in range(sources)]
        others = [text[: len(text) // 3] + _text(rng, language)[len(text) // 3 :] for text in originals]
        for share in EDIT_SHARES:
            made = [[_edited(rng, text, share, language) for _ in range(versions)] for text in originals]
            rows.append(_score(f"{share:.0%}", language, originals, made, others))
        made = [[_filled(rng, text, language) for _ in range(versions)] for text in originals]
        rows.append(_score("slots", language, originals, made, others))
    return rows


def _text(rng: np.random.Generator, language: str) -> list[str]:
    return list(rng.choice(WORDS[language], rng.integers(*_LENGTHS)))


def _edited(rng: np.random.Generator, text: Sequence[str], share: float, language: str) -> list[str]:
    """Each word is edited with a probability of `share`."""
    edited: list[str] = []
    for word in text:
        kind = rng.integers(0, 4) if rng.random() < share else -1
        new = str(rng.choice(WORDS[language]))
        edited += {-1: [word], 0: [new], 1: [], 2: [word, new], 3: [word, word]}[int(kind)]
    return edited


def _filled(rng: np.random.Generator, text: Sequence[str], language: str) -> list[str]:
    """A name, a number, a link and a mention in places that are the same in every version of the text."""
    slots = [
        str(rng.choice(GIVEN_NAMES[language])),
        str(rng.integers(1, 100_000)),
        f"https://t.example/{rng.integers(10**9)}",
        f"@user{rng.integers(10**6)}",
    ]
    return [slots[0], *text[:4], slots[1], *text[4:], slots[2], slots[3]]


def _score(
    edits: str,
    language: str,
    originals: Sequence[Sequence[str]],
    made: Sequence[Sequence[Sequence[str]]],
    others: Sequence[Sequence[str]],
) -> Measured:
    truth: list[int] = []
    texts: list[str] = []
    for number, (original, versions, other) in enumerate(zip(originals, made, others, strict=True)):
        for words in (original, *versions):
            texts.append(normalise_text(" ".join(words)))
            truth.append(number)
        texts.append(normalise_text(" ".join(other)))
        truth.append(-1 - number)
    keys = cluster_keys(texts)
    joined, right, all_right = (_pairs(each) for each in (keys, list(zip(keys, truth, strict=True)), truth))
    return Measured(edits, language, len(texts), right / all_right, right / joined if joined else 1.0)


def _pairs(labels: Sequence[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(labels).values())
