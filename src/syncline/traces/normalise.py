"""The text normaliser, under a name and a version: which letters count as one is a forensic decision.

Persian and Arabic forms are merged as in FIELD practice: yeh, kaf, teh marbuta and heh, alef with hamza or
madda; tatweel, diacritics and every invisible character go; digits become ASCII.
"""

import re
import unicodedata
from collections.abc import Iterable

LETTERS = "syncline-text/2"


def _of(kinds: str, codes: Iterable[int]) -> list[int]:
    return [code for code in codes if unicodedata.category(chr(code)) in kinds.split()]


# Diacritics stand above and below letters that are read without them: Latin, Greek, Cyrillic, Hebrew, Arabic.
_DIACRITICS = _of("Mn Me", range(0x0300, 0x0700))
for _block in (0x1AB0, 0x1B00), (0x1DC0, 0x1E00), (0x20D0, 0x2100), (0xFE20, 0xFE30):
    _DIACRITICS += _of("Mn Me", range(*_block))
# Joiners, signs of direction, soft hyphens, variation selectors, tags, and the letters of Hangul that show nothing.
_INVISIBLE = _of("Cf", range(0x80, 0x10000))
_INVISIBLE += [0x115F, 0x1160, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE0200)]
_DROPPED = [0x0640, *_DIACRITICS, *_INVISIBLE]
# The vowels of India and Southeast Asia are marks as well, but a word falls apart without them.
_VOWELS = "".join(map(chr, sorted(set(_of("Mn Mc", range(0x0700, 0x10000))) - set(_DROPPED))))
_MERGED = {
    **dict.fromkeys([0x064A, 0x0649, 0x06D2, 0x0626], 0x06CC),
    0x0643: 0x06A9,
    **dict.fromkeys([0x0629, 0x06C0, 0x06C1, 0x06C2, 0x06C3, 0x06D5], 0x0647),
    **dict.fromkeys([0x0622, 0x0623, 0x0625, 0x0671], 0x0627),
    0x0624: 0x0648,
    **{0x0660 + digit: 0x30 + digit for digit in range(10)},
    **{0x06F0 + digit: 0x30 + digit for digit in range(10)},
}
_FOLDED: dict[int, int | None] = {**_MERGED, **dict.fromkeys(_DROPPED)}
_LINKS = re.compile(r"https?://\S+|www\.\S+")
_LINKS_AND_NAMES = re.compile(rf"{_LINKS.pattern}|(?<!\w)@\w+")
_SIGNS = re.compile(rf"[^\w#{_VOWELS}]+")
_SIGNS_AND_LOW_LINES = re.compile(rf"{_SIGNS.pattern}|_+")


def fold_letters(text: str) -> str:
    """NFKC, case folded, Persian and Arabic forms merged, invisible marks dropped."""
    return _without_marks(unicodedata.normalize("NFKC", text).casefold())


def normalise_text(text: str) -> str:
    """The words of a post, separated by single spaces: links, @names and punctuation dropped, hashtags kept."""
    # What cannot be there is not looked for: that takes longer than all the rest.
    text = unicodedata.normalize("NFKC", text)
    words = (_LINKS_AND_NAMES if "@" in text else _LINKS).sub(" ", text)
    words = _without_marks(words.casefold())
    return (_SIGNS_AND_LOW_LINES if "_" in words else _SIGNS).sub(" ", words).strip()


def _without_marks(folded: str) -> str:
    # After the case, since a Turkish capital leaves its dot behind as a mark.
    return folded if folded.isascii() else folded.translate(_FOLDED)


def fold_hashtag(hashtag: str) -> str:
    """A hashtag without its sign, letters folded, so that spellings of one tag meet."""
    return fold_letters(hashtag.strip().lstrip("#＃"))
