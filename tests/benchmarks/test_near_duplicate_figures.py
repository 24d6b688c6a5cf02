"""Near-duplicates by the share of edited words: what must hold at any size of the set."""

from syncline.benchmarks.near_duplicates import EDIT_SHARES, measure
from syncline.worlds.vocabulary import WORDS


def test_what_was_edited_little_meets_and_what_is_another_text_does_not() -> None:
    rows = {(row.language, row.edits): row for row in measure(sources=40, versions=2)}
    assert len(rows) == len(WORDS) * (len(EDIT_SHARES) + 1)
    for language in WORDS:
        assert rows[language, "0%"].recall == 1
        assert rows[language, "5%"].recall > 0.9
        assert rows[language, "slots"].recall > 0.95
        assert rows[language, "40%"].recall < 0.5
    assert all(row.precision > 0.99 for row in rows.values())


def test_the_same_seed_gives_the_same_set() -> None:
    assert measure(sources=5, versions=1, seed=3) == measure(sources=5, versions=1, seed=3)
