"""CSV exports of other tools: golden rows of small files, written by hand in the exact shape of the real thing.

A golden file holds what the fixture of the same name gives: for each row the columns that are not empty.
"""

import json

import pytest
from read_files import FIXTURES, as_golden, read_paths

NAMES = sorted(path.stem for path in FIXTURES.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_fixture_gives_the_golden_rows(name: str) -> None:
    golden = json.loads((FIXTURES / f"{name}.golden.json").read_text(encoding="utf-8"))
    assert as_golden(read_paths(FIXTURES / f"{name}.csv")) == golden


@pytest.mark.parametrize("name", NAMES)
def test_fixture_is_recognised_as_its_format(name: str) -> None:
    (file,) = read_paths(FIXTURES / f"{name}.csv").result.inputs
    assert file["format"] == name
