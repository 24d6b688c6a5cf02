"""Text from posts, made harmless for a terminal, a CSV cell or an XML file.

Everything that came from a source is hostile: control and escape sequences that rewrite a terminal,
marks that turn the reading direction so that a line says something else than it is, cells that a
spreadsheet takes for formulas, characters that no XML file may hold. What is taken out is shown as
an escape such as `\\x1b` or `\\u202e`, so that it stays evidence.
"""

import re

# Zero-width joiner and non-joiner stay: Persian spelling and emoji need them.
_UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0 and C1 controls, which start terminal escapes
    "\u2028\u2029"  # line and paragraph separators
    "\u202a-\u202e\u2066-\u2069"  # bidirectional embeddings, overrides and isolates
    "\ufff9-\ufffb\ufeff\ufffe\uffff"  # annotations, byte order mark, noncharacters
    "\U000e0000-\U000e007f"  # invisible tag characters
    "\ud800-\udfff"  # lone surrogates, which no encoding can write
    "]"
)
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
_LINE_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x85\u2028\u2029]+")
# Full-width signs count: spreadsheets with an East Asian locale read them as the plain ones.
_SIGNS = frozenset("=+-@＝＋－＠")
_NEGATIVE = re.compile(r"-[0-9]+")
_FORMULA = re.compile(r"(^|;)(\s*)([=+\-@＝＋－＠])")


def terminal_safe(text: str) -> str:
    """`text` as one line that cannot move the cursor, colour, retitle or reorder a terminal.

    Line breaks and tabs become spaces, direction marks go, the rest becomes visible escapes.
    """
    if text.isascii() and text.isprintable():
        return text
    line = _LINE_BREAKS.sub(" ", text).translate(_DIRECTION_MARKS)
    return _UNSAFE.sub(_escape, line)


def csv_safe(text: str) -> str:
    """`text` as a cell that no spreadsheet runs.

    A cell that begins with = + - @ (a tab or a carriage return has become a space) gets an
    apostrophe in front, as OWASP's "CSV injection" advises. So does the sign after a semicolon:
    where the list separator is a semicolon, a cell would begin there. A negative number runs nothing and stays: groups
    and channels have such ids, which must be found again in other tables.
    """
    line = terminal_safe(text)
    # Most cells need nothing, and exports have millions.
    if ";" not in line and line.lstrip()[:1] not in _SIGNS:
        return line
    return line if _NEGATIVE.fullmatch(line) else _FORMULA.sub(r"\1\2'\3", line)


def xml_safe(text: str) -> str:
    """`text` without what XML 1.0 forbids or a viewer might obey; the XML writer escapes the markup."""
    return terminal_safe(text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
