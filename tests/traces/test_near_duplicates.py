"""Near-duplicate texts: versions of one text meet, different texts do not, whatever the script."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from syncline.traces import near_duplicates
from syncline.traces.near_duplicates import SIMILAR, _jaccard, cluster_keys
from syncline.traces.normalise import normalise_text
from syncline.worlds.vocabulary import WORDS

PLEA = "they asked the council of the old harbour town to open the bridge again before the winter"


def shingles(text: str) -> set[str]:
    return {text[place : place + 5] for place in range(len(text) - 4)}


def exact(a: str, b: str) -> float:
    return len(shingles(a) & shingles(b)) / len(shingles(a) | shingles(b))


def words(rng: np.random.Generator, language: str = "en", size: int = 16) -> list[str]:
    return [WORDS[language][number] for number in rng.integers(0, len(WORDS[language]), size)]


def test_keys_are_texts_and_a_text_without_any_like_it_is_its_own() -> None:
    texts = [PLEA, "something else altogether, said in as many words", PLEA]
    assert cluster_keys(texts) == texts
    assert cluster_keys([]) == []
    assert cluster_keys(["one"]) == ["one"]


@pytest.mark.parametrize(
    "version",
    [
        PLEA + " please",
        PLEA.replace("old ", ""),
        PLEA.replace("harbour", "market"),
        "dear anna " + PLEA,
    ],
)
def test_versions_of_one_text_meet(version: str) -> None:
    assert cluster_keys([PLEA, PLEA, version]) == [PLEA] * 3


def test_long_texts_are_looked_at_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that they take no more memory than short ones, and with the same result."""
    rng = np.random.default_rng(5)
    long = [" ".join(words(rng, size=int(size))) for size in rng.integers(5, 300, 60)]
    texts = [*long, *(text + " again" for text in long), PLEA * 500]
    at_once = cluster_keys(texts)
    letters: list[int] = []
    cut = near_duplicates._shingles

    def counted(some: Sequence[str]) -> tuple[near_duplicates.Hashes, near_duplicates.Hashes]:
        letters.append(sum(map(len, some)))
        return cut(some)

    monkeypatch.setattr(near_duplicates, "_LETTERS", 5_000)
    monkeypatch.setattr(near_duplicates, "_shingles", counted)
    assert cluster_keys(texts) == at_once
    assert len(set(at_once)) < 100
    assert sorted(letters)[-1] == len(PLEA) * 500
    assert all(size <= 5_000 for size in letters if size != len(PLEA) * 500)


def test_slots_for_names_numbers_and_links_may_differ() -> None:
    text = "Dear {}, sign petition no. {} today, we need ten thousand names by Friday: {}"
    filled = [
        text.format("Anna", 1284, "https://one.example/a"),
        text.format("@bert", 97, "http://two.example/b?c=d"),
        text.format("Carlo", 5, "www.three.example"),
    ]
    assert len(set(cluster_keys([normalise_text(each) for each in filled]))) == 1


def test_arabic_and_persian_spellings_of_one_sentence_meet_and_different_sentences_do_not() -> None:
    persian = "این یک متن کوتاه دربارهٔ کتاب‌های قدیمی کتابخانهٔ شهر ماست و شمارهٔ آن ۱۲۳ است"
    arabic_keyboard = "اين يك متن كوتاه درباره كتابهاي قديمي كتابخانه شهر ماست و شماره آن ١٢٣ است"
    other = "این یک متن دیگر است که دربارهٔ باران و رودخانه و باغ‌های شمال نوشته شده است"
    keys = cluster_keys([normalise_text(each) for each in (persian, arabic_keyboard, other)])
    assert keys[0] == keys[1] != keys[2]


@pytest.mark.parametrize("language", ["en", "fr", "fa"])
def test_different_texts_of_one_small_vocabulary_stay_apart(language: str) -> None:
    rng = np.random.default_rng(1)
    texts = [" ".join(words(rng, language)) for _ in range(500)]
    assert cluster_keys(texts) == texts


def test_similarity_is_not_passed_on_along_a_chain() -> None:
    rng = np.random.default_rng(2)
    chain = [words(rng)]
    for place in range(16):
        chain.append([*chain[-1]])
        chain[-1][place] = "other" + "abcdefghijklmnop"[place]
    texts = [" ".join(each) for each in chain]
    keys = cluster_keys(texts)
    assert all(exact(a, b) > SIMILAR for a, b in pairwise(texts))
    assert keys[0] != keys[-1]
    assert all(exact(text, key) >= SIMILAR for text, key in zip(texts, keys, strict=True))


def test_every_text_is_similar_to_its_key_and_nearly_every_similar_pair_of_keys_was_met() -> None:
    rng = np.random.default_rng(3)
    texts = []
    for _ in range(150):
        base = words(rng, size=20)
        for _ in range(4):
            version = [*base]
            version[int(rng.integers(20))] = "changed"
            texts.append(" ".join(version))
    keys = cluster_keys(texts)
    assert all(exact(text, key) >= SIMILAR for text, key in zip(texts, keys, strict=True))
    leaders = sorted(set(keys))
    missed = sum(exact(a, b) >= SIMILAR for n, a in enumerate(leaders) for b in leaders[:n])
    assert missed <= 0.02 * len(texts)


def test_the_order_of_the_texts_does_not_matter() -> None:
    rng = np.random.default_rng(4)
    texts = [PLEA, PLEA + " please", PLEA + " now", *(" ".join(words(rng)) for _ in range(50))] * 2
    shuffled = [texts[place] for place in rng.permutation(len(texts))]
    assert dict(zip(texts, cluster_keys(texts), strict=True)) == dict(
        zip(shuffled, cluster_keys(shuffled), strict=True)
    )


def test_the_index_is_that_of_the_shingles() -> None:
    rng = np.random.default_rng(5)
    texts = [" ".join(words(rng, size=int(rng.integers(2, 12)))) for _ in range(60)]
    texts += [text.replace("a", "b") for text in texts]
    first, second = np.arange(60), np.arange(60, 120)
    expected = [exact(texts[a], texts[b]) for a, b in zip(first, second, strict=True)]
    lengths = np.array([len(text) for text in texts])
    assert _jaccard(texts, lengths, first, second).tolist() == pytest.approx(expected)


def test_digits_are_alike_in_the_comparison_but_not_in_the_key() -> None:
    texts = ["the bus number 12 leaves the station at 7", "the bus number 98 leaves the station at 5"]
    assert len(set(cluster_keys(texts))) == 1
    assert cluster_keys(texts)[0] in texts


def test_short_and_strange_texts_are_their_own_keys() -> None:
    texts = ["", "a", "\ud800", "😀😀", "سلام"]
    assert cluster_keys(texts) == texts
