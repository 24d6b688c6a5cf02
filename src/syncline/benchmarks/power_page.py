"""The page of a power run and its figure. Every number on them comes from the run."""

from pathlib import Path
from typing import Any

import pandas as pd

from syncline import words
from syncline.benchmarks.accuracy_page import COLOURS, markdown, number
from syncline.benchmarks.power import (
    CAMOUFLAGES,
    GRID_CAMOUFLAGES,
    GRID_JITTERS_S,
    GRID_SIZES,
    JITTERS_S,
    SIZES,
    Hidden,
)
from syncline.errors import SynclineError
from syncline.worlds import World

_HEAD = """\
# What cannot be seen

Written by `{command}`, not by hand: {measured}.

The share of a simulated camp that a scan at default settings names, over how the camp hides. Recall is of the camp's
accounts with ten posts or more, the mean over {seeds} of each point, with the range that a bootstrap over them gives
(95%). Beside it stand the wrong names per 1,000 organic accounts.

The world: {people:,} people over {days} days, with innocent groups and two events. Its camp, unless a table says
otherwise, has {accounts} accounts, a jitter of {jitter}, {camouflage:.0%} camouflage, a dropout of {dropout:.0%},
{rewording:.0%} of words replaced, and {quota:g} posts of an account on a working day, whatever they are. Settings are
explained in [Worlds](worlds.md).

Read it as what this kind of camp can hide from this kind of scan. Where recall is low, `nothing found` says little:
a camp of that kind may be there all the same.

![recall over jitter, camouflage and size](power.svg)
"""

_VARIED = (
    ("Jitter", "mean delay", "jitter_s", JITTERS_S),
    ("Camouflage", "share of posts that look ordinary", "camouflage", CAMOUFLAGES),
    ("Size", "accounts", "accounts", SIZES),
)


def write(summary: pd.DataFrame, world: World, base: Hidden, run: dict[str, Any], out: Path) -> list[Path]:
    """Write power.md and power.svg into the folder, from `power.summary`; `run` has command, measured and seeds."""
    page, figure = out / "power.md", out / "power.svg"
    page.write_text(render(summary, world, base, run), "utf-8")
    draw(summary, base, figure)
    return [page, figure]


def render(summary: pd.DataFrame, world: World, base: Hidden, run: dict[str, Any]) -> str:
    """The page in Markdown."""
    camp = world.camps[0]
    head = _HEAD.format(
        **{**run, "seeds": words.plural(run["seeds"], "log")},
        people=world.people.accounts,
        days=world.days,
        accounts=base.accounts,
        jitter=words.duration(round(base.jitter_s * 1e6)),
        camouflage=base.camouflage,
        dropout=camp.dropout,
        rewording=camp.rewording,
        quota=camp.quota,
    )
    parts = [head]
    for title, what, name, values in _VARIED:
        varied = along(summary, base, name, values)
        rows = [[_shown(name, row[name]), _recall(row), number(row["wrong_per_1000"])] for row in varied]
        parts += [f"## {title}\n", markdown([what, "recall", "wrong per 1,000"], rows)]
    for size in GRID_SIZES:
        parts += [f"## Together, {size} accounts\n", _grid(summary, size)]
    return "\n".join(parts)


def along(summary: pd.DataFrame, base: Hidden, name: str, values: tuple[float, ...]) -> list[dict[str, Any]]:
    """The rows of the base with one setting varied, in the order of its values."""
    others = {key: value for key, value in vars(base).items() if key != name}
    kept = summary
    for key, value in others.items():
        kept = kept[kept[key] == value]
    kept = kept[kept[name].isin(values)].sort_values(name)
    return [{str(key): value for key, value in row.items()} for row in kept.to_dict("records")]


def _grid(summary: pd.DataFrame, size: int) -> str:
    cells = {(row["jitter_s"], row["camouflage"], row["accounts"]): row for row in summary.to_dict("records")}
    rows = [
        [
            _shown("jitter_s", jitter),
            *(_recall(cells[jitter, camouflage, size]) for camouflage in GRID_CAMOUFLAGES),
        ]
        for jitter in GRID_JITTERS_S
    ]
    return markdown(["jitter", *(f"camouflage {share:.0%}" for share in GRID_CAMOUFLAGES)], rows)


def _shown(name: str, value: float) -> str:
    if name == "jitter_s":
        return words.duration(round(value * 1e6))
    return f"{value:.0%}" if name == "camouflage" else f"{value:.0f}"


def _recall(row: Any) -> str:
    mean, low, high = (f"{row[name]:.0%}" for name in ("recall", "low", "high"))
    return mean if low == high else f"{mean} [{low}, {high}]"


def draw(summary: pd.DataFrame, base: Hidden, path: Path) -> None:
    """Recall along each setting, the others at the base's.

    Raises SynclineError without matplotlib.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise SynclineError("The figures need matplotlib: pip install 'syncline[bench]'.") from error
    figure = Figure(figsize=(10, 3.6), layout="constrained")
    panels = figure.subplots(1, 3, sharey=True)
    for axes, (title, what, name, values) in zip(panels, _VARIED, strict=True):
        rows = pd.DataFrame(along(summary, base, name, values))
        places = range(len(rows))
        spread = [rows["recall"] - rows["low"], rows["high"] - rows["recall"]]
        axes.errorbar(places, rows["recall"], yerr=spread, fmt="o-", capsize=2, color=COLOURS[1])
        axes.set_xticks(places, [_shown(name, value).replace(" ", "\n") for value in rows[name]])
        axes.set_title(title)
        axes.set_xlabel(what)
        axes.grid(alpha=0.3)
    panels[0].set_ylim(-0.03, 1.03)
    panels[0].set_ylabel("share of the camp named")
    figure.savefig(path, metadata={"Date": None})
