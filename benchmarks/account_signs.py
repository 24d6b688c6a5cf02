"""The accounts' own signs: false claims on organic groups, power against group size, and hours of camps and diasporas.

    python benchmarks/account_signs.py [--draws 1000] [--seeds 10] [--hours 100] [--json FILE] [--page FILE]

Exits with 1 where a requirement does not hold.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from figure import Figure, at_least, at_most, parser, say

from syncline import words
from syncline.accounts.findings import SIGNS
from syncline.benchmarks.account_signs import OFFSET, Rate, hours_of_camps, hours_of_diasporas, organic, power
from syncline.progress import terminal_progress

SIZES, POWER_SIZES, PARTS, ALPHA = (10, 20, 40), (5, 10, 20, 40), 5, 0.05

# What follows this line of the page is written anew.
_MARK = "<!-- what follows is measured -->"

Intervals = Sequence[tuple[float, float] | None]


def main() -> int:
    """Measure, and say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--draws", type=int, default=1000, help="organic groups of each size")
    options.add_argument("--seeds", type=int, default=10, help="worlds with a camp")
    options.add_argument("--hours", type=int, default=100, help="worlds with a camp, and with a diaspora")
    options.add_argument("--page", type=Path, help="Markdown page to put the figures into")
    asked = options.parse_args()
    with terminal_progress() as progress:
        with progress.stage("organic groups"):
            false = organic(SIZES, asked.draws, alpha=ALPHA)
        with progress.stage("parts of camps"):
            found = power(POWER_SIZES, asked.seeds, PARTS, ALPHA)
        with progress.stage("hours of camps and diasporas"):
            seeds = range(1, asked.hours + 1)
            camps, diasporas = hours_of_camps(seeds, ALPHA), hours_of_diasporas(seeds, alpha=ALPHA)
    figures = false_claims(false) + hours(camps, diasporas)
    if asked.page is not None:
        before = asked.page.read_text(encoding="utf-8").split(_MARK)[0]
        text = before + _MARK + written(false, found, camps, diasporas, asked.seeds)
        asked.page.write_text(text, encoding="utf-8")
    return say(f"the accounts' own signs, {asked.draws:,} organic groups of each size", figures, asked.json)


def false_claims(rates: Sequence[Rate]) -> list[Figure]:
    """Claims on groups in which nothing is wrong, as shares of the groups."""
    return [
        at_most(f"organic groups of {rate.size}", rate.sign, rate.claimed / rate.groups, ALPHA)
        for rate in rates
    ]


def hours(camps: Intervals, diasporas: Intervals) -> list[Figure]:
    """How often a camp's interval holds its own offset, and how often nothing is said of a diaspora."""
    return [
        at_least("camps at UTC+1", "share whose interval holds it", _held(camps) / len(camps), 0.95),
        at_least("diasporas", "share of which nothing is said", _silent(diasporas) / len(diasporas), 0.95),
    ]


def _held(camps: Intervals) -> int:
    return sum(each is not None and each[0] <= OFFSET <= each[1] for each in camps)


def _silent(diasporas: Intervals) -> int:
    return sum(each is None for each in diasporas)


def written(
    false: Sequence[Rate], found: Sequence[Rate], camps: Intervals, diasporas: Intervals, seeds: int
) -> str:
    """The figures as Markdown."""
    widths = [each[1] - each[0] for each in camps if each is not None]
    return _FIGURES.format(
        groups=words.number(false[0].groups),
        false=_table(false, lambda rate: f"{rate.claimed}"),
        seeds=words.number(seeds),
        parts=PARTS,
        power=_table(found, lambda rate: f"{rate.claimed} of {rate.groups}"),
        camps=words.number(len(camps)),
        held=words.number(_held(camps)),
        width=words.plural(sum(widths) / max(len(widths), 1), "hour"),
        diasporas=words.number(len(diasporas)),
        silent=words.number(_silent(diasporas)),
    )


def _table(rates: Sequence[Rate], said: Callable[[Rate], str]) -> str:
    sizes = list(dict.fromkeys(rate.size for rate in rates))
    cells = {(rate.sign, rate.size): said(rate) if rate.tested else "too little data" for rate in rates}
    heads = " | ".join(f"{size} accounts" for size in sizes)
    rows = [
        f"| {sign} | {' | '.join(cells[sign, size] for size in sizes)} |"
        for sign in (*SIGNS, "any")
        if (sign, sizes[0]) in cells
    ]
    return "\n".join([f"| sign | {heads} |", f"|---|{'---|' * len(sizes)}", *rows])


_FIGURES = """

## False claims

{groups} groups of each size, drawn at random from ordinary people of the world `quiet`; at most 5% of them may get any
sign at all. The table counts groups of which a sign was claimed.

{false}

## Power

Parts of the camp of the world `demo`: 40 accounts, of which some were made in batches, and some share a template,
portraits, a client or office hours. {parts} parts of each size of each of {seeds} logs, and the whole camp once.
Counted are the parts of which a sign was found. Below 10 accounts nothing is said of hours.

{power}

## Hours

Of {camps} camps that work at UTC+1 and say that they are in a place at UTC+3:30, the interval of offsets held UTC+1 in
{held}; it was {width} wide on average. Of {diasporas} groups of 40 people who live at UTC+1 and say the same place,
nothing was said of {silent}.
"""


if __name__ == "__main__":
    sys.exit(main())
