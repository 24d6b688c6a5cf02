"""JSON objects that fill a file, walked without holding them: the records of their lists, one at a time.

A list is named by its dotted path, such as `messages` or `chats.list.messages`; lists on the way are
walked through. Under `*` stand the lists, or else the objects, that an object holds under whatever keys: `tweets.*`
is for `{"tweets": {"17": {...}, "18": {...}}}`. Each record gets, as `enclosing`, the plain values that stand before
its list in the object around it, and where that has any key, as `list`; or its own, as `key`.
"""

import json
import re
from collections.abc import Iterator
from typing import IO, Any

from syncline.sources.format import Probe, Record

ENCLOSING = "enclosing"
#: In a path, for every key.
EVERY = "*"
_PART = 1 << 20
_PATH_DEPTH = 4
# More are no names but keys of records.
_MOST_NAMES = 1_000
_LONGEST_VALUE = 64 << 20
_BLANK = " \t\r\n"
_NO_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")


class BrokenDocumentError(Exception):
    """The text is no JSON from here on; holds where it broke off."""


def inner(value: object, *keys: str) -> Record:
    """The object at the end of `keys`; an empty one where something on the way is missing."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def records(value: Any, lists: tuple[str, ...], path: str = "") -> Iterator[Any]:
    """The records of `lists` in a parsed value; the value itself if it has none of the lists."""
    if not path and not (isinstance(value, dict) and any(_begins(each, value) for each in lists)):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            deeper = _deeper(path, key, lists)
            if isinstance(inner, list) and deeper in lists:
                around = _around(_plain(value), deeper, key)
                yield from (_within(each, around) for each in inner)
            elif _holds_records(deeper, lists) and (isinstance(inner, dict) or is_id(key)):
                yield _within(inner, {"key": key})
            elif _leads(deeper, lists):
                yield from records(inner, lists, deeper)
    elif isinstance(value, list):
        for each in value:
            yield from records(each, lists, path)


def first_records(look: Probe, lists: tuple[str, ...]) -> list[Record]:
    """The records of `lists` among the first values of a file, but for those that are no object."""
    return [each for value in look.sample for each in records(value, lists) if isinstance(each, dict)]


def streamed_records(stream: IO[str], lists: tuple[str, ...]) -> Iterator[Any]:
    """The same of a whole document, of which one record at a time is held, and of those that follow it.

    Raises BrokenDocumentError where the text ends early or is no JSON.
    """
    walk = _Walk(stream, lists)
    yield from walk.value("", {})
    while not walk.at_end():
        yield from walk.value("", {})


def documents(text: str) -> Iterator[Any]:
    """The JSON values that stand in `text` one after the other. Raises JSONDecodeError where it is none."""
    decoder, at = json.JSONDecoder(), _after(text, 0)
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        at = _after(text, at)
        yield value


def beginning(text: str) -> Any:
    """As much of a JSON value as the cut `text` holds whole: lists and objects may lack their end."""
    value, _, _ = _begun(json.JSONDecoder(), text, 0)
    return value


def mended(text: str) -> str:
    r"""`text` with `\x1F` as `\u001F`: Telegram Desktop writes control characters so, which JSON does not know."""
    return _NO_ESCAPE.sub(r"\1\\u00\2", text) if "\\x" in text else text


def dotted_paths(record: Record, depth: int = _PATH_DEPTH) -> Iterator[str]:
    """Every path to a value of a JSON object: `author`, `author.username`."""
    for key, value in record.items():
        yield key
        if depth > 1 and isinstance(value, dict) and len(value) <= _MOST_NAMES:
            for rest in dotted_paths(value, depth - 1):
                yield f"{key}.{rest}"


def paths_of(records: tuple[Record, ...]) -> dict[str, str]:
    """The paths that occur in `records`, in order of appearance, as columns of text."""
    return {path: "VARCHAR" for record in records for path in dotted_paths(record)}


class _Walk:
    def __init__(self, stream: IO[str], lists: tuple[str, ...]) -> None:
        self._stream, self._lists = stream, lists
        self._decoder = json.JSONDecoder()
        self._held, self._at = stream.read(_PART).lstrip("\ufeff"), 0

    def at_end(self) -> bool:
        """Whether nothing but blanks is left."""
        try:
            self._next()
        except BrokenDocumentError:
            return True
        return False

    def value(self, path: str, around: Record) -> Iterator[Any]:
        """Walk the value that comes next, which stands at `path` in the object whose plain values are `around`."""
        opening = self._next()
        if opening == "{":
            yield from self._object(path)
        elif opening == "[":
            for _ in self._elements():
                if path in self._lists:
                    yield _within(self._whole(), around)
                else:
                    yield from self.value(path, around)
        else:
            self._whole()

    def _object(self, path: str) -> Iterator[Any]:
        plain: Record = {}
        self._at += 1
        while self._next() != "}":
            key = self._whole()
            self._expect(":")
            deeper = _deeper(path, str(key), self._lists)
            opening = self._next()
            if opening == "{" and _holds_records(deeper, self._lists):
                yield _within(self._whole(), {"key": key})
            elif opening in ("{", "[") and _leads(deeper, self._lists):
                yield from self.value(deeper, _around(plain, deeper, str(key)))
            else:
                inner = self._whole()
                if _holds_records(deeper, self._lists) and is_id(str(key)):
                    yield inner
                plain |= _plain({key: inner})
            if self._next() != "}":
                self._expect(",")
        self._at += 1

    def _elements(self) -> Iterator[None]:
        """Step into the list that comes next and stop before each of its elements."""
        self._at += 1
        while self._next() != "]":
            yield
            if self._next() != "]":
                self._expect(",")
        self._at += 1

    def _expect(self, mark: str) -> None:
        if self._next() != mark:
            raise BrokenDocumentError(self._held[self._at :])
        self._at += 1

    def _next(self) -> str:
        """The next character that is not blank."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                raise BrokenDocumentError("")

    def _whole(self) -> Any:
        """The value that comes next, decoded."""
        self._next()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._held, self._at)
                # A number at the end of what is held may go on.
                if end < len(self._held) or not self._more():
                    self._at = end
                    return value
            except RecursionError:
                raise BrokenDocumentError(self._held[self._at :]) from None
            except json.JSONDecodeError:
                if not self._mend() and not self._more():
                    raise BrokenDocumentError(self._held[self._at :]) from None

    def _mend(self) -> bool:
        rest = self._held[self._at :]
        self._held, self._at = mended(rest), 0
        return self._held != rest

    def _more(self) -> bool:
        """Read on; False at the end. What was walked is let go, and what is held doubles at most."""
        rest = self._held[self._at :]
        if len(rest) > _LONGEST_VALUE:
            return False
        part = self._stream.read(max(_PART, len(rest)))
        self._held, self._at = rest + part, 0
        return bool(part)


def _begins(path: str, value: Record) -> bool:
    first = path.split(".")[0]
    return first == EVERY or first in value


def _deeper(path: str, key: str, lists: tuple[str, ...]) -> str:
    """The path of `key` below `path`, as one of `lists` spells it."""
    own, every = (f"{path}.{each}" if path else each for each in (key, EVERY))
    return own if _leads(own, lists) or not _leads(every, lists) else every


def _holds_records(path: str, lists: tuple[str, ...]) -> bool:
    return path in lists and path.split(".")[-1] == EVERY


def is_id(key: str) -> bool:
    """Whether a key is the number or id of what stands under it, and no name."""
    return any(map(str.isdigit, key))


def _leads(path: str, lists: tuple[str, ...]) -> bool:
    return any(each == path or each.startswith(path + ".") for each in lists)


def _plain(around: Record) -> Record:
    return {key: value for key, value in around.items() if not isinstance(value, (dict, list))}


def _around(plain: Record, path: str, key: str) -> Record:
    """What is said of a list: of one of many its key too."""
    return {**plain, "list": key} if path.split(".")[-1] == EVERY else plain


def _within(record: Any, around: Record) -> Any:
    return {**record, ENCLOSING: dict(around)} if isinstance(record, dict) else record


def _begun(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int, bool]:
    """The value at `at` as far as it goes, where it ends, and whether it is whole."""
    at = _after(text, at)
    try:
        return *decoder.raw_decode(text, at), True
    except json.JSONDecodeError:
        if text[at : at + 1] == "{":
            return _begun_object(decoder, text, at + 1)
        if text[at : at + 1] == "[":
            return _begun_list(decoder, text, at + 1)
        return None, len(text), False


def _begun_list(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int, bool]:
    found, whole = [], True
    while whole and (at := _after(text, at)) < len(text):
        value, at, whole = _begun(decoder, text, at)
        if whole or isinstance(value, dict):
            found.append(value)
        at = _after(text, at) + 1
    return found, len(text), False


def _begun_object(decoder: json.JSONDecoder, text: str, at: int) -> tuple[Any, int, bool]:
    found: Record = {}
    whole = True
    while whole and (at := _after(text, at)) < len(text):
        key, at, whole = _begun(decoder, text, at)
        at = _after(text, at)
        if not whole or text[at : at + 1] != ":":
            break
        found[str(key)], at, whole = _begun(decoder, text, at + 1)
        at = _after(text, at) + 1
    return found, len(text), False


def _after(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at
