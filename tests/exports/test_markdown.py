"""Markdown: the case in words, in which nothing that came from a post is markup."""

from pathlib import Path
from typing import Any

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


def test_pairs_and_members_that_are_not_named_stand_there_with_the_reason(tmp_path: Path) -> None:
    (file,) = with_campaign(tmp_path / "made.case").export("markdown", tmp_path / "a.md")
    network, pair = file.read_text(encoding="utf-8").split("## Pair 2")
    assert "Not named:\n\n- four" in network and ": reason 3" in network
    assert "- five (x:50): reason 4" in pair and "- x:60: reason 5" in pair


def test_the_strongest_links_stand_there_with_the_ids_of_their_posts(tmp_path: Path) -> None:
    (file,) = with_campaign(tmp_path / "made.case").export("markdown", tmp_path / "a.md")
    text = file.read_text(encoding="utf-8")
    links = text.split("### The strongest links, and posts behind them\n\n")[1].split("\n\n")[0]
    assert links.startswith(
        "- =one (x:1) and \\@two (x:2): 2 objects in common, 2 co-actions; without coordination"
    )
    assert "; \\@two at 2016-01-03 12:00:12 UTC in post 1202, 12 seconds later" in links
    # The earlier one first, whichever end it is of.
    assert (
        ": \\@two at 2016-01-03 12:59:20 UTC in post 1212; =one at 2016-01-03 13:00:00 UTC in post 1211,"
        in links
    )


def test_the_twelve_directives_with_most_evidence_stand_there_day_by_day(tmp_path: Path) -> None:
    """Of fourteen, the later the stronger, the first two are left out."""
    rows = handmade.tables()
    rows["directives"] = [
        {"directive_id": number, "network_id": 1, "leads": True, "day_us": number * 86_400_000_000, "kind": "hashtag",
         "label": f"tag{number:02}", "followers": 3, "active": 4, "log10_e": 3.0 + number}
        for number in range(14)
    ]  # fmt: skip
    write_case(handmade.connect(rows), handmade.run(), tmp_path / "a.case")
    (file,) = open_case(tmp_path / "a.case").export("markdown", tmp_path / "a.md")
    table = [
        line.split("|")[2].split()[-1] for line in file.read_text().splitlines() if "hashtag tag" in line
    ]
    assert table == [f"tag{number:02}" for number in range(2, 14)]


def written(tmp_path: Path, run: dict[str, Any], findings: list[dict[str, Any]] | None = None) -> str:
    rows = handmade.tables()
    rows["findings"] += findings or []
    write_case(handmade.connect(rows), handmade.run() | run, tmp_path / "w.case")
    (file,) = open_case(tmp_path / "w.case").export("markdown", tmp_path / "w.md")
    return file.read_text(encoding="utf-8")


def test_how_the_error_rate_was_checked_and_the_notes_of_the_scan_stand_there(tmp_path: Path) -> None:
    assert "On 1 shuffled copy of the log: 0 links." in (text := written(tmp_path, {}))
    assert "The clock ticks in minutes." in text


def test_without_copies_it_says_that_nothing_was_checked(tmp_path: Path) -> None:
    assert "the error rate was not checked on this log" in written(tmp_path, {"placebo": []})


def test_what_was_not_used_stands_there(tmp_path: Path) -> None:
    custom = {"behaviour": "hashtag", "what": "morning", "accounts": 13, "days": 9}
    window = {"window_s": 60.0, "why": "the clock is coarser"}
    text = written(tmp_path, {"customs": [custom], "customs_in_all": 1, "windows_refused": [window]})
    for needed in (
        "## What was not used, and why", "“morning” is a custom of 13 accounts",
        "The window of a minute was not used: the clock is coarser.", "- 1 row: its time cannot be read",
    ):  # fmt: skip
        assert needed in text


def test_files_that_were_skipped_stand_there_and_are_not_named_in_a_pseudonymised_export(
    tmp_path: Path,
) -> None:
    skipped = [{"path": "logs/of-ann.txt", "why": "Ann is no table"}]
    assert "- logs/of-ann.txt was not read: Ann is no table." in written(tmp_path, {"skipped": skipped})
    case = open_case(tmp_path / "w.case")
    (file,) = case.export("markdown", tmp_path / "p.md", pseudonymise=tmp_path / "key")
    text = file.read_text(encoding="utf-8")
    assert "- skipped file 1 was not read: " in text and "ann" not in text.lower().replace("cannot", "")


def test_no_custom_tells_who_it_is_in_a_pseudonymised_export(tmp_path: Path) -> None:
    customs = [{"behaviour": kind, "what": what, "accounts": 13, "days": 9}
               for kind, what in (("mention", "x:river"), ("hashtag", "morning"))]  # fmt: skip
    written(tmp_path, {"customs": customs, "customs_in_all": 2, "notes": ["Above all “x:river”."]})
    case = open_case(tmp_path / "w.case")
    (file,) = case.export("markdown", tmp_path / "p.md", pseudonymise=tmp_path / "key")
    text = file.read_text(encoding="utf-8")
    assert "river" not in text and "morning" in text


def test_signs_of_the_whole_log_list_their_accounts(tmp_path: Path) -> None:
    sign = {"network_id": None, "gauge": "authenticity", "sign": "creation_batch", "applies": True,
            "statement": "60 accounts were made together.", "numbers": "{}",
            "account_ids": [f"a{number}" for number in range(60)]}  # fmt: skip
    text = written(tmp_path, {}, [sign, sign | {"applies": False, "statement": "Nothing.", "sign": "hours"}])
    assert "## What accounts of the whole log show" in text and "- 60 accounts were made together." in text
    assert "a49 and 10 more, in findings.parquet." in text and "a50" not in text
    assert "- Nothing." not in text


def test_nothing_is_markup() -> None:
    assert (
        markdown_safe("[a](http://b) *c* | `d` <e>") == "\\[a\\]\\(http\\://b\\) \\*c\\* \\| \\`d\\` \\<e\\>"
    )
    assert markdown_safe("line\n# two") == "line \\# two"


def test_groups_in_the_same_second_are_told_of(tmp_path: Path) -> None:
    text = written(tmp_path, {"outcome": "nothing found", "synchronous_groups": 2})
    assert "Besides, 2 groups of accounts came to several popular things in the same second" in text
    assert "nobody is named for it. Who was there each time is in synchronous.parquet." in text


def test_what_the_log_cannot_show_stands_before_the_networks(tmp_path: Path) -> None:
    text = written(tmp_path, {"behaviours": [{"behaviour": "reply", "blind": "no column says so"}]})
    said = "Not looked at, since this log does not show them: replies."
    assert said in text and text.index(said) < text.index("## Network 1")
