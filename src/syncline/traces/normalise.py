"""The text normaliser, under a name and a version: which letters count as one is a forensic decision.

Persian and Arabic forms are merged as in FIELD practice: yeh, kaf, teh marbuta and heh, alef with hamza or
madda; tatweel, harakat, bidi marks and the zero-width non-joiner go; digits become ASCII.
"""

import re
import unicodedata

LETTERS = "syncline-text/1"

_DROPPED = [
    0x0640,
    *range(0x064B, 0x0653),
    0x0670,
    0x200B,
    0x200C,
    0x200D,
    0x200E,
    0x200F,
    0x061C,
    0xFEFF,
    0xFE0F,
]
_DROPPED += [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]
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
_SIGNS = re.compile(r"[^\w#]+")
_SIGNS_AND_LOW_LINES = re.compile(rf"{_SIGNS.pattern}|_+")


def fold_letters(text: str) -> str:
    """NFKC, case folded, Persian and Arabic forms merged, invisible marks dropped."""
    return unicodedata.normalize("NFKC", text).translate(_FOLDED).casefold()


def normalise_text(text: str) -> str:
    """The words of a post, separated by single spaces: links, @names and punctuation dropped, hashtags kept."""
    # What cannot be there is not looked for: that takes longer than all the rest.
    text = unicodedata.normalize("NFKC", text)
    words = (_LINKS_AND_NAMES if "@" in text else _LINKS).sub(" ", text)
    words = (words if words.isascii() else words.translate(_FOLDED)).casefold()
    return (_SIGNS_AND_LOW_LINES if "_" in words else _SIGNS).sub(" ", words).strip()


def fold_hashtag(hashtag: str) -> str:
    """A hashtag without its sign, letters folded, so that spellings of one tag meet."""
    return fold_letters(hashtag.strip().lstrip("#＃"))
