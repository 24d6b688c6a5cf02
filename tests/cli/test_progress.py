"""Progress: truthful, quiet when it is short, and alive when it is long."""

import sys
import time

import pytest

from syncline import progress
from syncline.progress import Progress, terminal_progress


def test_stages_are_timed_and_add_up() -> None:
    work = Progress()
    for _ in range(2):
        with work.stage("reading"):
            time.sleep(0.01)
    assert 0.02 <= work.timings["reading"]["wall_s"] < 5
    assert work.timings["reading"]["cpu_s"] < work.timings["reading"]["wall_s"] + 0.05


def test_a_stage_within_a_stage_gives_the_word_back() -> None:
    shown: list[str] = []
    work = Progress(shown.append)
    with work.stage("writing"):
        work.detail("edges, 5 of 10")
        with work.stage("report"):
            pass
    assert shown == ["writing", "writing: edges, 5 of 10", "report", "writing"]


def test_a_failing_stage_is_timed_too() -> None:
    work = Progress()
    with pytest.raises(ValueError), work.stage("reading"):
        raise ValueError
    assert "reading" in work.timings


def test_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with terminal_progress() as work, work.stage("reading"):
        pass
    assert capsys.readouterr() == ("", "")


def test_long_work_says_what_it_is_at(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_FIRST_LINE", 0.05)
    monkeypatch.setattr(progress, "_NEXT_LINES", 0.05)
    with terminal_progress() as work, work.stage("reading"):
        time.sleep(0.3)
    out, err = capsys.readouterr()
    assert out == ""
    assert 2 <= err.count("reading (0 s)\n") <= 6


@pytest.mark.parametrize("terminal", [False, True])
def test_a_file_name_cannot_act_on_the_terminal(
    terminal: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "_FIRST_LINE", 0.05)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with terminal_progress() as work, work.stage("reading \x1b]0;owned\x07\u202efdp.csv"):
        time.sleep(0.2)
    err = capsys.readouterr().err
    assert "\x1b]0" not in err and "\u202e" not in err
    assert "reading \\x1b]0;owned\\x07\\u202efdp.csv" in err


def test_quiet_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "_FIRST_LINE", 0.01)
    with terminal_progress(quiet=True) as work, work.stage("reading"):
        time.sleep(0.05)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_spinner_without_markup(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    with terminal_progress() as work, work.stage("reading [bold]a.csv[/nothing]"):
        time.sleep(0.2)
    assert "reading [bold]a.csv[/nothing]" in capsys.readouterr().err
