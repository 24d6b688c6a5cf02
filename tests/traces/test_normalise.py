"""The quick way to a text's words finds what their definition, step by step, finds."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syncline.traces.normalise import _FOLDED, _VOWELS, fold_hashtag, normalise_text

PIECES = [
    *(
        "https://",
        "http://",
        "www.",
        "://",
        "@",
        "@me",
        "#",
        "#tag",
        "_",
        "__",
        " _ ",
        "snake_case",
        "a",
        "B9",
        "ß",
        "İ",
    ),
    *(
        " ",
        "  ",
        "\n",
        "\u00a0",
        ".",
        ",",
        "!",
        "?",
        "-",
        "'",
        "&",
        "/",
        "\u200c",
        "\u0640",
        "\u064b",
        "\ufeff",
    ),
    *(
        "سلام",
        "كتاب",
        "ی",
        "٣",
        "e\u0301",
        "कि",
        "\u2060",
        "ﬁ",
        "２",
        "＿",
        "＠me",
        "＃",
        "😀",
        "日本",
        "\ufe0f",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=12).map("".join)


@given(TEXTS)
def test_the_quick_way_finds_what_the_definition_finds(text: str) -> None:
    without = re.sub(r"https?://\S+|www\.\S+|(?<!\w)@\w+", " ", unicodedata.normalize("NFKC", text))
    folded = without.casefold().translate(_FOLDED)
    assert normalise_text(text) == re.sub(rf"[^\w#{_VOWELS}]+|_+", " ", folded).strip()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("शुभ प्रभात मित्रों", 3),  # Hindi: vowels are marks, and a word of five letters was four
        ("வணக்கம் நண்பா", 2),
        ("မင်္ဂလာပါ", 1),
        ("สวัสดี ครับ", 2),
        ("בְּרֵאשִׁית", 1),
        ("İZMİR", 1),  # leaves a dot behind when its case is folded
        ("d\u0336e\u0336l\u0336e\u0336t\u0336e\u0336d", 1),
    ],
)
def test_marks_part_no_words(text: str, words: int) -> None:
    assert len(normalise_text(text).split()) == words


def test_vowels_tell_words_apart() -> None:
    assert normalise_text("किताब") != normalise_text("कुतुब")


@pytest.mark.parametrize(
    "code", [0xAD, 0x034F, 0x180E, 0x200B, 0x2060, 0x2063, 0x206A, 0x3164, 0xFE0E, 0xE0061]
)
def test_what_cannot_be_seen_changes_nothing(code: int) -> None:
    assert normalise_text(f"he{chr(code)}llo there") == "hello there"
    assert fold_hashtag(f"#he{chr(code)}llo") == "hello"
