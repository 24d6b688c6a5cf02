"""Hostile text: nothing of it acts, and nothing of it is lost to sight."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import handmade
from syncline.safety import csv_safe, terminal_safe, xml_safe

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()))


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("plain", "plain"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b5n", "\\x9b5n"),
        ("one\r\n\ttwo", "one two"),
        ("\u202etxt", "\\u202etxt"),
        ("\u2066a\u2069", "\\u2066a\\u2069"),
        ("a\u200fb", "ab"),
        ("می\u200cروم", "می\u200cروم"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("\x00", "\\x00"),
    ],
)
def test_terminal_safe(text: str, safe: str) -> None:
    assert terminal_safe(text) == safe


@given(ANY_TEXT)
def test_nothing_that_acts_reaches_a_terminal(text: str) -> None:
    for character in terminal_safe(text):
        assert unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(character) not in {
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        }


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-x", "'-x"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", " '=1"),
        ("\r@x", " '@x"),
        ("\n\n=1", " '=1"),
        ("＝1", "'＝1"),
        ("a;=1", "a;'=1"),
        ("a; =1", "a; '=1"),
        ("1-1=0", "1-1=0"),
        ("mail@example.org", "mail@example.org"),
        # A group's id, by which it is found in other tables.
        ("-1001234567890", "-1001234567890"),
        ("-1;=1", "'-1;'=1"),
        ("-1+1", "'-1+1"),
        (" -1", " '-1"),
        ("-١", "'-١"),
    ],
)
def test_csv_safe(text: str, safe: str) -> None:
    assert csv_safe(text) == safe


@given(ANY_TEXT)
def test_no_cell_begins_as_a_formula_whatever_the_list_separator(text: str) -> None:
    for cell in csv_safe(text).split(";"):
        begins = cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        assert not begins or re.fullmatch("-[0-9]+", csv_safe(text))
    assert not set("\t\r\n\x00") & set(csv_safe(text))


@given(ANY_TEXT)
def test_every_character_is_one_that_xml_allows(text: str) -> None:
    for character in xml_safe(text):
        code = ord(character)
        assert 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def test_persian_stays_as_it_is() -> None:
    assert terminal_safe(handmade.PERSIAN) == csv_safe(handmade.PERSIAN) == handmade.PERSIAN
