"""The analyst's notes: read with care, only ever added to, kept by every scan, and outside the manifest."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import handmade
from syncline.api import Case, open_case
from syncline.errors import SynclineError, UsageError
from syncline.notes import NOTES, Notes, append_note, note_of, read_notes

WHEN = "2026-01-02T03:04:05Z"
HOSTILE = 'quotes "" and \\ back\x00slash\x7f\n[[note]]\nkind = "cleared"\u202e\ud83d'


def test_a_note_comes_back_as_it_was_written_whatever_it_says(made: Case) -> None:
    made.note("reply", "network 1", by="A. Ünal", text=HOSTILE, date="2026-01-01")
    made.note("cleared", ["x:1", handmade.PERSIAN], by="B", text="spoke to them")
    reply, cleared = open_case(made.path).notes.all
    assert reply.text == HOSTILE.replace("\ud83d", "?")
    assert reply.accounts == ("x:-100", "x:1", "x:2", "x:3")
    assert (cleared.about, cleared.by) == (("x:1", "x:3"), "B")
    assert open_case(made.path).notes.cleared == [("x", "1"), ("x", "3")]


def test_what_the_analyst_wrote_is_never_changed(made: Case) -> None:
    by_hand = f'# mine\n[[note]]\nkind="confirmed"\nabout=["x:1"]\nby="me"\nwhen={WHEN}  # no line end'
    (made.path / NOTES).write_text(by_hand, encoding="utf-8")
    made.note("cleared", "x:2", by="B")
    written = (made.path / NOTES).read_text(encoding="utf-8")
    assert written.startswith(by_hand)
    again = handmade.write(made.path, overwrite=True)
    assert (again.path / NOTES).read_text(encoding="utf-8") == written


def test_a_note_written_while_the_scan_runs_is_kept(made: Case) -> None:
    def slow_report(case: Any, path: Path) -> None:
        made.note("cleared", "x:2", by="B")
        path.write_text("report")

    handmade.write(made.path, slow_report, overwrite=True)
    assert open_case(made.path).notes.cleared == [("x", "2")]


def test_notes_do_not_break_the_seal(made: Case) -> None:
    made.note("cleared", "x:1", by="B")
    assert open_case(made.path).verify() == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[note", "not valid TOML"),
        ("[note]\nkind = 'x'", "every entry stands under"),
        ("[[note]]\nkind = 'verdict'\nabout = ['x:1']\nby = 'a'\nwhen = 2026-01-01", "note 1: kind"),
        ("[[note]]\nkind = 'cleared'\nabout = ['x:1']\nby = 'a'", "note 1: when"),
    ],
)
def test_a_file_that_cannot_be_understood_is_said(made: Case, text: str, said: str) -> None:
    (made.path / NOTES).write_text(text, encoding="utf-8")
    with pytest.raises(SynclineError, match=said):
        read_notes(made.path)
    with pytest.raises(SynclineError, match=said):
        made.note("cleared", "x:1", by="B")
    assert (made.path / NOTES).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("kind", "who", "fields", "said"),
    [
        ("organisation", "x:1", {}, "needs name"),
        ("reply", "x:1", {"text": "no"}, "needs date"),
        ("reply", "x:1", {"text": "no", "date": "2099-01-01"}, "date lies after the day"),
        ("impact", "network 1", {"level": 3, "link": "https://e.example"}, "level"),
        ("impact", "network 1", {"level": 4, "link": "javascript:alert(1)"}, "begins with https"),
        ("impact", "x:1", {"level": 4, "link": "https://e.example"}, "said of a network"),
        ("cleared", "network 1", {}, "said of accounts"),
        ("guilty", "x:1", {}, "kind"),
    ],
)
def test_a_note_that_lacks_something_is_not_taken(
    made: Case, kind: str, who: str, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(SynclineError, match=said):
        made.note(kind, who, by="B", **fields)
    assert not (made.path / NOTES).exists()


def test_a_note_is_about_accounts_or_about_one_network(made: Case) -> None:
    with pytest.raises(UsageError):
        made.note("organisation", ["x:1", "network 1"], by="B", name="Example")
    with pytest.raises(SynclineError, match="knows no account"):
        made.note("cleared", "nobody", by="B")


def test_a_network_is_found_again_by_its_accounts_and_not_by_its_number() -> None:
    note = note_of(
        kind="attribution", about=["network 1"], by="B", when=WHEN, name="N", text="why",
        accounts=["x:1", "x:2", "x:3", "x:4"],
    )  # fmt: skip
    notes = Notes([note])
    assert notes.of_networks({1: {"x:8", "x:9"}, 2: {"x:1", "x:2", "x:3"}}) == {2: [note]}
    assert notes.of_networks({1: {"x:1", "x:2"}, 2: {"x:3", "x:4"}}) == {}


def test_who_was_cleared_first_and_confirmed_later_is_not_cleared() -> None:
    notes = [
        note_of(kind=kind, about=["x:1"], by="B", when=WHEN) for kind in ("cleared", "confirmed", "cleared")
    ]
    assert Notes(notes[:1]).cleared == Notes(notes).cleared == [("x", "1")]
    assert Notes(notes[:2]).cleared == []


def test_notes_of_several_at_once_are_all_kept(made: Case) -> None:
    """A note that is lost may be the one that clears somebody."""
    wanted = {f"analyst {number}" for number in range(80)}
    with ThreadPoolExecutor(8) as pool:
        for written in [
            pool.submit(append_note, made.path, note_of(kind="cleared", about=["x:2"], by=by, when=WHEN))
            for by in wanted
        ]:
            written.result()
    assert {note.by for note in read_notes(made.path).all} == wanted
