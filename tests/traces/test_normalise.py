"""The quick way to a text's words finds what their definition, step by step, finds."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from syncline.traces.normalise import _FOLDED, normalise_text

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
    *("سلام", "كتاب", "ی", "٣", "e\u0301", "ﬁ", "２", "＿", "＠me", "＃", "😀", "日本", "\ufe0f"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=12).map("".join)


@given(TEXTS)
def test_the_quick_way_finds_what_the_definition_finds(text: str) -> None:
    without = re.sub(r"https?://\S+|www\.\S+|(?<!\w)@\w+", " ", unicodedata.normalize("NFKC", text))
    folded = without.translate(_FOLDED).casefold()
    assert normalise_text(text) == re.sub(r"[^\w#]+|_+", " ", folded).strip()
