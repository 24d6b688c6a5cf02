"""Writes docs/speed.md and its figure from the runs in benchmarks/results/speed/: `python docs/build_speed.py`."""

import json
from pathlib import Path

from syncline.benchmarks.speed_page import draw
from syncline.benchmarks.speed_page import render as page_of

PAGE = Path(__file__).parent / "speed.md"
RESULTS = Path(__file__).parents[1] / "benchmarks" / "results"


def render() -> str:
    """The page."""
    return page_of(_runs(), json.loads((RESULTS / "speed_before.json").read_text(encoding="utf-8")))


def _runs() -> list[dict[str, object]]:
    files = sorted((RESULTS / "speed").glob("*.json"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
    draw(_runs(), PAGE.with_suffix(".svg"))
