"""Fixtures that several folders of tests share."""

from pathlib import Path

import pytest

import handmade
from syncline.api import Case


@pytest.fixture
def made(tmp_path: Path) -> Case:
    """A small case on disk: one network of four, one pair, a bystander, and hostile text throughout."""
    return handmade.write(tmp_path / "made.case")
