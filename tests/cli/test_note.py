"""`syncline note`, `report` and the options of `export`, as they are typed."""

import json
from pathlib import Path

import pytest

from syncline.api import Case, open_case
from syncline.cli import run


def test_a_note_is_written_listed_and_shown_in_a_new_report(
    made: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # The report goes beside the case, wherever one stands.
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    case = str(made.path)
    assert (
        run(
            [
                "note",
                case,
                "reply",
                "network",
                "1",
                "--by",
                "A",
                "--text",
                "We deny\x1b[2J it.",
                "--date",
                "2026-01-01",
            ]
        )
        == 0
    )
    assert run(["note", case, "cleared", "x:1", "x:2", "--by", "B"]) == 0
    assert run(["note", case]) == 0
    shown = capsys.readouterr().out
    assert "network 1: Right of reply; 2026-01-01; We deny\\x1b[2J it. (A, " in shown
    assert "x:1, x:2: Cleared (B, " in shown
    assert run(["report", case, "--quiet"]) == 0
    assert "We deny" in (tmp_path / "made.html").read_text(encoding="utf-8")
    assert run(["report", case, "--quiet"]) == 1
    assert run(["report", case, "--quiet", "-o", str(tmp_path / "absent" / "r.html")]) == 1
    assert "the report could not be written" in capsys.readouterr().err
    assert open_case(made.path).verify() == {}


def test_notes_as_json(made: Case, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["note", str(made.path), "confirmed", "x:1", "--by", "B", "--json"]) == 0
    (note,) = json.loads(capsys.readouterr().out)["notes"]
    assert (note["kind"], note["about"], note["by"]) == ("confirmed", ["x:1"], "B")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["cleared", "x:1"], 2, "--by"),
        (["cleared"], 2, "--by"),
        (["cleared", "nobody", "--by", "B"], 1, "knows no account"),
        (["impact", "network", "1", "--by", "B", "--level", "3", "--link", "https://e.example"], 2, "level"),
    ],
)
def test_what_is_missing_is_said(
    made: Case, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert run(["note", str(made.path), *arguments]) == code
    assert said in capsys.readouterr().err


def test_exports_with_a_key_and_a_marking(made: Case, tmp_path: Path) -> None:
    pytest.importorskip("stix2")
    key, out = tmp_path / "key", tmp_path / "b.json"
    arguments = ["export", str(made.path), "--to", "stix", "-o", str(out), "--tlp", "green", "--quiet"]
    assert run([*arguments, "--pseudonymise", str(key)]) == 0
    assert key.is_file()
    assert '"tlp": "green"' in out.read_text(encoding="utf-8")
    assert run([*arguments[:-3], "--tlp", "pink", "--overwrite"]) == 2


def test_a_case_without_notes_says_so(made: Case, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["note", str(made.path)]) == 0
    assert capsys.readouterr().out == f"No notes yet beside {made.path}.\n"
