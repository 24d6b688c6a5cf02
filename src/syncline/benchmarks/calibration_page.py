"""The calibration page and its figure. Every number on them comes from the run."""

from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from syncline.benchmarks.accuracy_page import COLOURS, markdown, number
from syncline.errors import SynclineError

_HEAD = """\
# Calibration

Written by {run}, not by hand.

A scan at *alpha* allows that share of its edges to be false. Here is the share that was false, where the truth is
known. In simulated worlds an edge is true where its two accounts agreed on something: one camp, one labelled innocent
group, one person; a name is true where the account is of a camp or of a labelled innocent coordination. The column
*camps only* counts everything else as false. Where nobody coordinates, and on permuted copies of real logs, whatever is
found is false, and the rate is the share of runs in which anything was found. Crowds that an event drew agreed on
nothing.

Rates are means over runs with 95% intervals: Clopper and Pearson's where everything found is false, else a bootstrap
over runs; fewer than five runs only bound the rate from above. The last column bounds the share of runs with anything
false from above (95%).

e-BH holds for *edges*. It promises nothing for *names*, which ask for more than one edge: their rates are measured, not
guaranteed.
"""

_COLUMNS = (
    *("alpha", "runs", "found, mean", "false, share", "95% interval", "camps only"),
    *("runs with a false one", "at most"),
)


def write(summary: pd.DataFrame, out: Path, run: str) -> list[Path]:
    """Write calibration.md and calibration.svg into the folder, from `calibration.summary` and what `run` was made."""
    out.mkdir(parents=True, exist_ok=True)
    page, figure = out / "calibration.md", out / "calibration.svg"
    page.write_text(render(summary, run), "utf-8")
    draw(summary, figure)
    return [page, figure]


def render(summary: pd.DataFrame, run: str) -> str:
    """The page in Markdown."""
    return "\n".join(
        [
            _HEAD.format(run=run),
            _verdict(summary),
            "![nominal and realised](calibration.svg)\n",
            *_sections(summary),
        ]
    )


def anti_conservative(summary: pd.DataFrame) -> pd.DataFrame:
    """The rows whose whole interval lies above alpha."""
    return summary[summary["low"] > summary["alpha"]]


def _verdict(summary: pd.DataFrame) -> str:
    worse = anti_conservative(summary)
    if not len(worse):
        return "**No rate below lies above its alpha by more than chance.**\n"
    listed = [
        f"- {row['source']}, {row['what']} at alpha {row['alpha']:g}: {number(row['rate'])} "
        f"[{number(row['low'])}, {number(row['high'])}]"
        for row in worse.to_dict("records")
    ]
    return "\n".join(["**The method is anti-conservative here**, by more than chance:\n", *listed, ""])


def _sections(summary: pd.DataFrame) -> Iterator[str]:
    for (source, what), group in summary.groupby(["source", "what"], sort=False):
        yield f"## {source}: {what}\n"
        yield markdown(_COLUMNS, [_row(row) for row in group.to_dict("records")])


def _row(row: dict[Hashable, Any]) -> list[str]:
    interval = f"[{number(row['low'])}, {number(row['high'])}]"
    return [
        f"{row['alpha']:g}",
        *(number(row[name]) for name in ("runs", "found", "rate")),
        interval,
        *(number(row[name]) for name in ("strict", "any_false", "any_high")),
    ]


def draw(summary: pd.DataFrame, path: Path) -> None:
    """Realised against nominal, edges beside names; on the diagonal a rate is what was allowed.

    Raises SynclineError without matplotlib.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise SynclineError("The figures need matplotlib: pip install 'syncline[bench]'.") from error
    figure = Figure(figsize=(9, 5), layout="constrained")
    for axes, what in zip(figure.subplots(1, 2, sharey=True), ("edges", "names"), strict=True):
        _draw_one(axes, summary[summary["what"] == what])
        axes.set_title(what)
    axes.legend(frameon=False, fontsize="small")
    figure.savefig(path, metadata={"Date": None})


def _draw_one(axes: Any, summary: pd.DataFrame) -> None:
    alphas = sorted(summary["alpha"].unique())
    axes.plot(alphas, alphas, color="grey", linewidth=1)
    for place, (source, group) in enumerate(summary.groupby("source", sort=False)):
        # A little apart, so that intervals do not hide each other.
        nominal = group["alpha"] * 1.04 ** (place - 2)
        spread = [group["rate"] - group["low"], group["high"] - group["rate"]]
        axes.errorbar(
            nominal,
            group["rate"],
            yerr=spread,
            fmt="o",
            capsize=2,
            color=COLOURS[place % len(COLOURS)],
            label=source,
        )
    axes.set_xscale("log")
    axes.set_xticks(alphas, [f"{alpha:g}" for alpha in alphas])
    axes.minorticks_off()
    axes.set_ylim(bottom=-0.01)
    axes.set_xlabel("alpha: the false share that is allowed")
    axes.set_ylabel("the false share that was found")
    axes.grid(alpha=0.3)
