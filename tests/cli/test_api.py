"""The Python API, as a notebook uses it."""

from pathlib import Path

import pytest

import handmade
import syncline


def test_the_public_names_are_there() -> None:
    for name in syncline.__all__:
        assert getattr(syncline, name) is not None
    assert set(dir(syncline)) == set(syncline.__all__)
    with pytest.raises(AttributeError, match="no attribute 'frobnicate'"):
        syncline.frobnicate  # noqa: B018


def test_a_case_is_opened_queried_explained_and_exported(made: syncline.Case, tmp_path: Path) -> None:
    case = syncline.open_case(str(made.path))
    assert len(case.networks) == 2
    assert case.sql("SELECT count(*) FROM members WHERE named").fetchall() == [(3,)]
    assert repr(case.explain("x:1")).startswith("@=one (x:1)")
    assert case.export("gexf", str(tmp_path / "a.gexf")) == [tmp_path / "a.gexf"]


def test_no_case_is_a_syncline_error(tmp_path: Path) -> None:
    with pytest.raises(syncline.SynclineError):
        syncline.open_case(tmp_path)


def test_dataframes_keep_hostile_text_as_it_is(made: syncline.Case) -> None:
    assert handmade.ESCAPES in set(made.posts["text"])


@pytest.mark.parametrize("nothing", [[], "", ["a.csv", ""]])
def test_a_scan_of_nothing_says_so(nothing: str | list[str]) -> None:
    with pytest.raises(syncline.SynclineError, match="Nothing to read: name a file"):
        syncline.scan(nothing)
