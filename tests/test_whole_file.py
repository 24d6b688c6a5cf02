"""A file is written whole or not at all."""

from pathlib import Path

import pytest

from syncline.whole_file import whole_file


def test_what_stood_there_stays_until_all_is_written(tmp_path: Path) -> None:
    place = tmp_path / "out.txt"
    place.write_text("before")
    with whole_file(place) as unfinished:
        unfinished.write_text("after")
        assert place.read_text() == "before"
    assert place.read_text() == "after"
    assert list(tmp_path.iterdir()) == [place]


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    place = tmp_path / "out.txt"
    place.write_text("before")
    with pytest.raises(ZeroDivisionError), whole_file(place) as unfinished:
        unfinished.write_text("half")
        raise ZeroDivisionError
    assert place.read_text() == "before"
    assert list(tmp_path.iterdir()) == [place]
