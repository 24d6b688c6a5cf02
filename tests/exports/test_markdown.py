"""Markdown: the case in words, in which nothing that came from a post is markup."""

from pathlib import Path

import pytest
from test_stix import with_campaign

import handmade
from syncline.api import Case, open_case
from syncline.case import write_case
from syncline.exports.markdown import markdown_safe


def test_the_summary_says_who_how_sure_what_and_what_not(tmp_path: Path) -> None:
    case = with_campaign(tmp_path / "made.case")
    case.note("reply", "network 1", by="A. Analyst", text="We deny it.", date="2026-01-01")
    (file,) = open_case(case.path).export("markdown", tmp_path / "case.md")
    text = file.read_text(encoding="utf-8")
    for needed in ("## Network 1", "4 accounts, 3 named", "at most 5%", "### Directives with most evidence",
                   "3 of 4 active", "applies: All posts came from one client", "We deny it.", "A. Analyst",
                   "Coordination is not inauthenticity", "SHA-256 0000"):  # fmt: skip
        assert needed in text
    assert handmade.PERSIAN in text
    assert "<script" not in text.replace("\\<script", "")
    assert "\x1b" not in text and "\u202e" not in text


@pytest.mark.parametrize("pseudonymise", [False, True])
def test_the_outcome_is_counted_without_the_cleared(made: Case, tmp_path: Path, pseudonymise: bool) -> None:
    made.note("cleared", ["x:1"], by="B", text="Our own.")
    key = tmp_path / "key" if pseudonymise else None
    (file,) = open_case(made.path).export("markdown", tmp_path / "case.md", pseudonymise=key)
    text = file.read_text(encoding="utf-8")
    assert "Outcome: networks. 1 network found, 0 accounts named in it." in text
    assert "3 accounts, 0 named, 2 links" in text
    assert text.count("were measured before clearing") == 1


def test_where_there_are_no_links_none_can_be_wrong(tmp_path: Path) -> None:
    changes = {"edges": 0, "outcome": "nothing found"}
    connection = handmade.connect({name: [] for name in handmade.tables()})
    write_case(connection, handmade.run() | changes, tmp_path / "a.case")
    (file,) = open_case(tmp_path / "a.case").export("markdown", tmp_path / "a.md")
    assert "can be expected to be wrong" not in file.read_text()


def test_evidence_against_the_crowd_is_not_called_chance(tmp_path: Path) -> None:
    (file,) = with_campaign(tmp_path / "made.case").export("markdown", tmp_path / "a.md")
    text = file.read_text()
    assert "by chance" not in text
    assert (
        "what the others choose that day show as much as the typical link with a probability of at most"
        in text
    )


def test_nothing_is_markup() -> None:
    assert (
        markdown_safe("[a](http://b) *c* | `d` <e>") == "\\[a\\]\\(http\\://b\\) \\*c\\* \\| \\`d\\` \\<e\\>"
    )
    assert markdown_safe("line\n# two") == "line \\# two"
