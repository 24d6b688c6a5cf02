"""The page and the figures of an accuracy run. Every number on them comes from the run."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from syncline.errors import SynclineError

_HEAD = """\
# Accuracy

Written by `syncline bench accuracy`, not by hand. Cells are means over seeds with 95% bootstrap intervals.
*Organic* accounts are those that belong neither to the camp nor to a labelled innocent coordination (a
fandom, an outlet's feed, a scheduler, one person's second account, ...). Crowds that breaking news or a sports
final drew agreed on nothing: they are organic, and naming them is wrong. Innocent coordination is coordination,
so it is counted apart; columns marked *strict* count it as wrong. Average precision, precision and recall are
against the camp. Detectors are at their published settings for *names* and over their whole threshold curve for
everything else; {reference} is the reference at equal recall.
"""

# Column heading and measure of each table; ranking tables are left out where there is no camp to rank.
_RANKING = {
    "average precision": "average_precision",
    "precision at 50": "precision_at_50",
    "at 100": "precision_at_100",
    "at 500": "precision_at_500",
    "recall at 1 wrong name per 1,000": "recall_at_1",
    "at 10": "recall_at_10",
    "average precision, strict": "average_precision_strict",
    "recall at 1, strict": "recall_at_1_strict",
    "at 10, strict": "recall_at_10_strict",
}
_NAMES = {
    "named": "named",
    "runs with a name": "any_named",
    "wrong per 1,000 organic": "wrong_per_1000",
    "innocent coordination": "named_innocent",
    "wrong per 1,000, strict": "wrong_per_1000_strict",
}
_NAMES_OF_CAMP = {
    "recall": "recall",
    "recall, 10 posts or more": "recall_10_posts",
    "false discovery": "false_discovery",
    "strict": "false_discovery_strict",
}
_EQUAL_RECALL = {
    "fewest wrong names": "wrong_at_equal_recall",
    "strict": "wrong_at_equal_recall_strict",
}

# Okabe and Ito's colours, told apart by colour-blind readers, without the yellow; then line styles.
COLOURS = ("#000000", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
_LINES = ("-", "--", ":")
# A logarithmic axis has no zero: what is below the first point of the curves is drawn at it.
_LEAST_RATE = 0.1


def slug(world: str) -> str:
    """The world's name in a file name."""
    return re.sub(r"[^a-z0-9]+", "-", world.lower()).strip("-")


def render(summary: pd.DataFrame, runs: pd.DataFrame, classes: pd.DataFrame) -> str:
    """The page in Markdown, from `accuracy.summary` and the tables of `accuracy.Accuracy`."""
    seeds = runs["seed"].nunique()
    parts = [
        _HEAD.format(seeds=f"{seeds} seeds" if seeds > 1 else "one seed", reference=runs["detector"].iloc[0])
    ]
    for world in runs["world"].unique():
        parts += _section(
            world,
            summary[summary["world"] == world],
            runs[runs["world"] == world],
            classes[classes["world"] == world],
        )
    return "\n".join(parts)


def _section(world: str, summary: pd.DataFrame, runs: pd.DataFrame, classes: pd.DataFrame) -> Iterator[str]:
    by_row = summary.set_index(["detector", "measure"])[["mean", "low", "high"]]
    cells = {
        key: _cell(*values) for key, values in zip(by_row.index, by_row.to_numpy().tolist(), strict=True)
    }
    measured = runs[runs["error"].isna()]
    detectors = list(measured["detector"].unique())
    yield f"## {world}\n"
    yield _population(measured)
    yield f"![{world}: recall and wrong names](accuracy-{slug(world)}.svg)\n"
    if measured["camp"].max() > 0:
        yield "### Ranking\n"
        yield _table(detectors, _RANKING, cells)
    yield "### Names at published settings\n"
    yield _table(detectors, (_NAMES_OF_CAMP if measured["camp"].max() > 0 else {}) | _NAMES, cells)
    if measured["camp"].max() > 0:
        yield "### Wrong names at the reference's recall, each at its best threshold\n"
        yield _table(detectors, _EQUAL_RECALL, cells)
    yield "### Named innocent accounts by class, mean over seeds\n"
    yield _by_class(classes, detectors)
    for failed in runs[runs["error"].notna()].drop_duplicates(["detector", "error"]).itertuples(index=False):
        yield f"{failed.detector} gave no answer: {failed.error}\n"


def _population(runs: pd.DataFrame) -> str:
    mean = runs.drop_duplicates("seed")[["accounts", "camp", "innocent", "organic"]].mean()
    return (
        f"{mean['accounts']:,.0f} accounts: {mean['camp']:,.0f} of the camp, {mean['innocent']:,.0f} in "
        f"labelled innocent coordination, {mean['organic']:,.0f} organic. Seeds: {runs['seed'].nunique()}.\n"
    )


def _cell(mean: float, low: float, high: float) -> str:
    if pd.isna(mean):
        return "–"
    return number(mean) if low == high else f"{number(mean)} [{number(low)}, {number(high)}]"


def number(value: float) -> str:
    """Three significant digits; whole numbers from two on whole."""
    return f"{value:,.0f}" if value >= 100 or (value == round(value) and value >= 2) else f"{value:.3g}"


def _table(detectors: Sequence[str], columns: dict[str, str], cells: dict[tuple[Any, Any], str]) -> str:
    rows = [[detector, *(cells[detector, measure] for measure in columns.values())] for detector in detectors]
    return markdown(["", *columns], rows)


def _by_class(classes: pd.DataFrame, detectors: Sequence[str]) -> str:
    totals = classes.groupby(["innocent_class", "seed"])["accounts"].first().groupby("innocent_class").mean()
    named = classes.groupby(["innocent_class", "detector"])["named"].mean()
    rows = [
        [str(name), number(totals[name]), *(number(named[name, detector]) for detector in detectors)]
        for name in totals.index
    ]
    return markdown(["class", "accounts", *detectors], rows)


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table."""
    lines = [head, ["---"] * len(head), *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        + "\n"
    )


def draw(curves: pd.DataFrame, runs: pd.DataFrame, out: Path) -> list[Path]:
    """One SVG for each world: recall against wrong names where there is a camp, else the names themselves.

    `curves` and `runs` as in `accuracy.Accuracy`. Raises SynclineError without matplotlib.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise SynclineError("The figures need matplotlib: pip install 'syncline[bench]'.") from error
    written = []
    for world in runs["world"].unique():
        measured = runs[(runs["world"] == world) & runs["error"].isna()]
        figure = Figure(figsize=(9, 6.5), layout="constrained")
        axes = figure.subplots()
        if measured["camp"].max() > 0:
            _draw_curves(axes, curves[curves["world"] == world], measured)
        else:
            _draw_names(axes, measured)
        axes.set_title(world)
        path = out / f"accuracy-{slug(world)}.svg"
        figure.savefig(path, metadata={"Date": None})
        written.append(path)
    return written


def _draw_curves(axes: Any, curves: pd.DataFrame, runs: pd.DataFrame) -> None:
    """Mean recall over seeds with the range over seeds, and each detector's published setting as a point."""
    for place, (detector, of_detector) in enumerate(curves.groupby("detector", sort=False)):
        recall = of_detector.groupby("wrong_per_1000")["recall"]
        colour, line = COLOURS[place % len(COLOURS)], _LINES[place // len(COLOURS) % len(_LINES)]
        axes.plot(recall.mean().index, recall.mean(), color=colour, linestyle=line, label=detector)
        axes.fill_between(
            recall.min().index, recall.min(), recall.max(), color=colour, alpha=0.12, linewidth=0
        )
        named = runs[runs["detector"] == detector][["wrong_per_1000", "recall"]].mean()
        axes.plot(max(named["wrong_per_1000"], _LEAST_RATE), named["recall"], "o", color=colour)
    axes.set_xscale("log")
    axes.set_xlim(_LEAST_RATE, 1000)
    axes.set_ylim(-0.02, 1.02)
    axes.set_xlabel("wrong names per 1,000 organic accounts (none: left edge); points: published settings")
    axes.set_ylabel("share of the camp found")
    axes.grid(alpha=0.3)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=2, frameon=False, fontsize="small")


def _draw_names(axes: Any, runs: pd.DataFrame) -> None:
    """Accounts named in a world without a camp, organic and innocent: every one is a false alarm."""
    mean = runs.groupby("detector", sort=False)[["wrong", "named_innocent"]].mean().iloc[::-1]
    axes.barh(mean.index, mean["wrong"], color="#d55e00", label="organic")
    axes.barh(
        mean.index, mean["named_innocent"], left=mean["wrong"], color="#56b4e9", label="innocent coordination"
    )
    axes.set_xlabel("accounts named, mean over seeds (there is no camp)")
    axes.legend(frameon=False)
