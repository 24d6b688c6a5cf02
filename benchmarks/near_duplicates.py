"""Near-duplicate texts: precision and recall by how much of a text was edited, and what a million texts cost.

    python benchmarks/near_duplicates.py [--sources 300] [--texts 1000000] [--json FILE] [--page FILE]

Exits with 1 where a requirement does not hold; they are set for 1,000,000 texts.
"""

import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from figure import Figure, at_least, below, in_words, parser, say

from syncline.benchmarks.near_duplicates import Measured, measure
from syncline.traces.near_duplicates import leaders

MOST_CPU_S, MOST_BYTES = 180.0, 3 * 2**30


def main() -> int:
    """Measure, and say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--sources", type=int, default=300, help="texts of each language that have versions")
    options.add_argument("--texts", type=int, default=1_000_000, help="distinct texts that are timed")
    options.add_argument("--page", type=Path, help="Markdown page to write")
    asked = options.parse_args()
    measured = measure(asked.sources)
    costs = cost(asked.texts)
    if asked.page is not None:
        asked.page.write_text(page(measured, costs, asked.sources), encoding="utf-8")
    figures = quality(measured) + costs
    return say(f"near-duplicate texts, {asked.texts:,} timed", figures, asked.json)


def quality(measured: Sequence[Measured]) -> list[Figure]:
    """Recall and precision over pairs of texts."""
    figures = []
    for row in measured:
        about = (
            f"{row.language}, {row.edits} edited" if row.edits != "slots" else f"{row.language}, slots filled"
        )
        figures.append(Figure(about, "recall", row.recall))
        figures.append(at_least(about, "precision", row.precision, 0.99))
    return figures


def page(measured: Sequence[Measured], costs: Sequence[Figure], sources: int) -> str:
    """The figures as a page of the documentation."""
    languages = list(dict.fromkeys(row.language for row in measured))
    rows = []
    for edits in dict.fromkeys(row.edits for row in measured):
        alike = {row.language: row for row in measured if row.edits == edits}
        recalls = " | ".join(f"{alike[language].recall:.3f}" for language in languages)
        lowest = min(row.precision for row in alike.values())
        rows.append(f"| {edits} | {recalls} | {lowest:.3f} |")
    heads = " | ".join(f"recall, {language}" for language in languages)
    spent = "; ".join(f"{each.what}: {in_words(each.measured)}" for each in costs)
    return _PAGE.format(
        sources=sources,
        heads=heads,
        rule="|".join(["---"] * (len(languages) + 2)),
        rows="\n".join(rows),
        about=costs[0].about,
        spent=spent,
    )


_PAGE = """# Near-duplicate texts

Which versions of a text count as one object of the behaviour `text`, measured on texts of 8 to 30 filler words with
known truth: {sources} texts a language, three versions of each, in which a share of the words is replaced, dropped,
doubled or gets a neighbour, and as many other texts that share their first third with one. Recall is over pairs of
versions of one text, precision over all pairs that were joined, the lowest of the languages. In the line *slots* a
name, a number, a link and an @name differ and nothing else.

    .venv/bin/python benchmarks/near_duplicates.py --page docs/near-duplicates.md

| words edited | {heads} | precision |
|{rule}|
{rows}

The threshold is strict on purpose. Copies edited in one word of ten are found; rewordings are not, and no text is
joined with another because both begin alike. What an edit share does depends on the length of the words: in languages
with shorter words an edit touches more of a text's five-character shingles.

Cost of clustering {about}, half of them versions of others: {spent}.
"""


def cost(count: int) -> list[Figure]:
    """CPU seconds and peak memory of clustering distinct texts, of which half are versions of others."""
    texts = made(count)
    began = time.process_time()
    leaders(texts)
    spent = time.process_time() - began
    # Linux counts the peak in KiB, macOS in bytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    about = f"{len(texts):,} distinct texts"
    return [
        below(about, "CPU seconds", spent, MOST_CPU_S),
        below(about, "bytes at the peak", peak, MOST_BYTES),
    ]


def made(count: int, seed: int = 1) -> list[str]:
    """Distinct texts of 8 to 24 words from 20,000, the second half versions of the first with 8% of words changed."""
    rng = np.random.default_rng(seed)
    letters = rng.integers(ord("a"), ord("z") + 1, (20_000, 8))
    vocabulary = np.array(["".join(map(chr, word[: 2 + word[0] % 7])) for word in letters])
    # Zipf and Mandelbrot's law, as words in a language.
    frequency = np.cumsum(1 / (np.arange(vocabulary.size) + 2.7))
    ranks = np.searchsorted(frequency / frequency[-1], rng.random((count, 24)))
    lengths = rng.integers(8, 25, count)
    half = count // 2
    of = rng.integers(0, half, count - half)
    lengths[half:] = lengths[of]
    ranks[half:] = np.where(rng.random((count - half, 24)) < 0.08, ranks[half:], ranks[of])
    texts = (" ".join(vocabulary[row[:length]]) for row, length in zip(ranks, lengths, strict=True))
    return list(dict.fromkeys(texts))


if __name__ == "__main__":
    sys.exit(main())
