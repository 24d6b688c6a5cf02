"""Fixtures that several folders of tests share."""

import shutil
from pathlib import Path

import pytest

import handmade
from syncline.api import Case, open_case


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `made` is a copy of."""
    return handmade.write(tmp_path_factory.mktemp("made") / "made.case").path


@pytest.fixture
def made(made_once: Path, tmp_path: Path) -> Case:
    """A small case on disk: one network of four, one pair, a bystander, and hostile text throughout."""
    return open_case(shutil.copytree(made_once, tmp_path / "made.case"))
