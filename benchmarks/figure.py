"""One measured figure with what is asked of it, and how a benchmark says its figures."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

import syncline
from syncline.benchmarks.accuracy_page import number

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Figure:
    """`asked` is the requirement in words, empty where a figure is only reported."""

    about: str
    what: str
    measured: float | int | str
    asked: str = ""
    holds: bool = True


def at_least(about: str, what: str, measured: float, bar: float) -> Figure:
    """A figure that must not be below the bar."""
    return Figure(about, what, measured, f"at least {bar:,}", bool(measured >= bar))


def at_most(about: str, what: str, measured: float, bar: float) -> Figure:
    """A figure that must not be above the bar."""
    return Figure(about, what, measured, f"at most {bar:,}", bool(measured <= bar))


def below(about: str, what: str, measured: float, bar: float) -> Figure:
    """A figure that must be below the bar."""
    return Figure(about, what, measured, f"below {bar:,}", bool(measured < bar))


def in_words(measured: float | str) -> str:
    """A measured value as it stands in a table."""
    return measured if isinstance(measured, str) else number(measured)


def rows(figures: Sequence[Figure]) -> list[tuple[str, str, str, str, str]]:
    """The table of the figures, its head first."""
    body = [
        (
            one.about,
            one.what,
            in_words(one.measured),
            one.asked,
            ("yes" if one.holds else "NO") if one.asked else "",
        )
        for one in figures
    ]
    return [("", "", "measured", "asked", "holds"), *body]


def parser(description: str) -> argparse.ArgumentParser:
    """A command line with the option that all benchmarks have."""
    made = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    made.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    return made


def data_folder() -> Path:
    """Where the real sets are. Exits with a line where they are not."""
    folder = Path(os.environ.get("SYNCLINE_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        sys.exit(f"{folder}: there are no real sets. SYNCLINE_DATA names their folder.")
    return folder


def say(title: str, figures: Sequence[Figure], file: Path | None) -> int:
    """Print the table, write the JSON, and give the exit code: 1 where a requirement does not hold."""
    table = rows(figures)
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    print(title)
    for row in table:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        document = {
            "title": title,
            "command": _command(),
            **_circumstances(),
            "figures": [asdict(one) for one in figures],
        }
        file.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return 0 if all(one.holds for one in figures) else 1


def _command() -> str:
    """How this run was asked for, without where its figures go."""
    asked = sys.argv[1:]
    if "--json" in asked:
        place = asked.index("--json")
        asked = asked[:place] + asked[place + 2 :]
    return " ".join(["python", f"benchmarks/{Path(sys.argv[0]).name}", *asked])


def _circumstances() -> dict[str, str | int]:
    return {
        "measured": datetime.now(UTC).date().isoformat(),
        "syncline": syncline.__version__,
        "duckdb": duckdb.__version__,
        "python": platform.python_version(),
        "cores": os.cpu_count() or 1,
    }
