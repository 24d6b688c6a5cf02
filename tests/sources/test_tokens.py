"""The quick way to a text's tokens finds what their definition, one regular expression, finds."""

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syncline.sources import text

PIECES = [
    *(
        "#",
        "@",
        "＃",
        "://",
        "http",
        "https",
        "http://",
        "https://",
        "ftp://",
        "s",
        "#tag",
        "@me",
        " #",
        " @",
        "\n#",
    ),
    *(
        " http://",
        " https://",
        "\nhttps://",
        "\n@",
        "x",
        "B9",
        "_",
        ".",
        "-",
        ",",
        ":",
        "!",
        ")",
        "'",
        '"',
        "<",
        ">",
        "&",
        "/",
        "?",
        " ",
        " ",
        "\t",
    ),
    *("\n", "\x0b", "…", "»", "’", "é", "سلام", "می\u200cشود", "\u200c", "٣", "e\u0301", "😀", "日本"),
]
TEXTS = st.none() | st.lists(st.sampled_from(PIECES), max_size=9).map("".join)


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=200))
def test_the_quick_way_finds_what_the_expression_finds(texts: list[str | None]) -> None:
    assert tokens(texts) == defined(texts)


@pytest.mark.parametrize(
    ("words", "urls", "hashtags", "mentions"),
    [
        ("#first, then https://example.com/a?b=c#d.", ["https://example.com/a?b=c#d"], ["first"], []),
        ("سلام #می\u200cشود", [], ["می\u200cشود"], []),
        ("a@example.org wrote to @me.", [], [], ["me"]),
        ("#a#b and @c", [], ["a", "b"], ["c"]),
        ("#http://example.com", [], ["http"], []),
        ("://nothing", [], [], []),
        ("ftp://example.com", [], [], []),
        ("one\nhttp://example.com, #two @three.", ["http://example.com"], ["two"], ["three"]),
        ("https:// alone", [], [], []),
        ("abc://http://example.com", ["http://example.com"], [], []),
        ("＃wide and #narrow", [], ["wide", "narrow"], []),
        (None, [], [], []),
    ],
)
def test_tokens_of_a_text(
    words: str | None, urls: list[str], hashtags: list[str], mentions: list[str]
) -> None:
    assert tokens([words]) == defined([words]) == [(urls, hashtags, mentions)]


def tokens(texts: list[str | None]) -> list[tuple[list[str], ...]]:
    told = text.with_tokens("SELECT text FROM texts")
    return rows(texts, f"SELECT told_urls, told_hashtags, told_mentions FROM ({told})")


def defined(texts: list[str | None]) -> list[tuple[list[str], ...]]:
    parts = ", ".join(part("found") for part in (text.urls, text.hashtags, text.mentions))
    return rows(texts, f"SELECT {parts} FROM (SELECT {text.tokens('text')} AS found FROM texts)")


def rows(texts: list[str | None], query: str) -> list[tuple[list[str], ...]]:
    with duckdb.connect() as connection:
        connection.register("texts", pa.table({"text": pa.array(texts, pa.string())}))
        return connection.execute(query).fetchall()
