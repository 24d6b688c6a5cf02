"""CSV exports of other tools: golden rows of small files, written by hand in the exact shape of the real thing.

A golden file holds what the fixture of the same name gives: for each row the columns that are not empty.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from read_files import Read, read_paths

FIXTURES = Path(__file__).parent / "fixtures"
NAMES = sorted(path.stem for path in FIXTURES.glob("*.csv"))


def told(row: dict[str, Any]) -> dict[str, Any]:
    """The cells that say something. Where the file lies says nothing of the format."""
    return {
        name: value.replace(f"{FIXTURES}/", "") if isinstance(value, str) else value
        for name, value in row.items()
        if name != "source_file" and value not in (None, [], "")
    }


def as_golden(read: Read) -> dict[str, Any]:
    (file,) = read.result.inputs
    return {
        "format": file["format"],
        "posts": [told(row) for row in read.posts],
        "accounts": [told(row) for row in read.accounts],
        "rejects": [told(row) for row in read.rejects],
        "blind": [each["behaviour"] for each in file["blind"]],
        "notes": file["notes"],
    }


@pytest.mark.parametrize("name", NAMES)
def test_fixture_gives_the_golden_rows(name: str) -> None:
    golden = json.loads((FIXTURES / f"{name}.golden.json").read_text(encoding="utf-8"))
    assert as_golden(read_paths(FIXTURES / f"{name}.csv")) == golden


@pytest.mark.parametrize("name", NAMES)
def test_fixture_is_recognised_as_its_format(name: str) -> None:
    (file,) = read_paths(FIXTURES / f"{name}.csv").result.inputs
    assert file["format"] == name
