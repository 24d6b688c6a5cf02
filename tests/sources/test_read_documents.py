"""Records inside JSON documents: streamed one at a time, whatever surrounds them."""

import json
import tracemalloc
from collections.abc import Callable
from io import StringIO
from typing import IO, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_files import FIXTURES, Read

from syncline.sources.document import (
    ENCLOSING,
    BrokenDocumentError,
    beginning,
    records,
    streamed_records,
)

Reader = Callable[..., Read]
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=6)
JSON = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "id", "c.d"]), inner, max_size=3)
    ),
    max_leaves=8,
)
RECORDS = st.lists(st.dictionaries(st.sampled_from(["a", "id", "messages"]), JSON, max_size=3), max_size=4)
LISTS = ("messages", "chats.list.messages")


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["name", "about"]), JSON, max_size=2),
    RECORDS,
    st.lists(RECORDS, max_size=3),
    st.sampled_from([None, 1]),
)
def test_streaming_gives_what_the_parsed_whole_gives(
    about: dict[str, Any], own: list[Any], chats: list[list[Any]], indent: int | None
) -> None:
    whole = {
        **about,
        "chats": {"about": "x", "list": [{"id": n, "messages": each} for n, each in enumerate(chats)]},
        "messages": own,
    }
    streamed = list(streamed_records(StringIO(json.dumps(whole, indent=indent)), LISTS))
    assert streamed == [
        *({**each, ENCLOSING: {"id": n}} for n, chat in enumerate(chats) for each in chat),
        *({**each, ENCLOSING: _plain(about)} for each in own),
    ]
    assert [each | {ENCLOSING: None} for each in records(whole, LISTS)] == [
        each | {ENCLOSING: None} for each in streamed
    ]


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if not isinstance(value, (dict, list))}


@settings(max_examples=25, deadline=None)
@given(RECORDS, st.data())
def test_a_document_cut_anywhere_gives_the_records_before_the_cut(
    own: list[Any], data: st.DataObject
) -> None:
    text = json.dumps({"name": "n", "messages": own})
    cut = data.draw(st.integers(0, len(text) - 1))
    found = []
    with pytest.raises(BrokenDocumentError):
        for each in streamed_records(StringIO(text[:cut]), LISTS):
            found.append(each)
    assert found == [{**each, ENCLOSING: {"name": "n"}} for each in own][: len(found)]
    started = beginning(text[:cut])
    assert started is None or set(started) <= {"name", "messages"}


def test_a_large_document_is_not_held() -> None:
    class Endless:
        """A document of 24 MB that is made as it is read."""

        def __init__(self) -> None:
            self.left = 24

        def read(self, size: int) -> str:
            self.left -= 1
            if self.left < 0:
                return ""
            start = '{"messages": [' if self.left == 23 else ""
            return (
                start + ('{"text": "' + "x" * 1000 + '"},') * (size // 1000)
                if self.left
                else '{"text": "end"}]}'
            )

    tracemalloc.start()
    count = 0
    for _ in streamed_records(cast(IO[str], Endless()), ("messages",)):
        count += 1
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count > 20_000
    assert peak < 12 << 20


def test_a_large_export_is_recognised_by_its_beginning(read: Reader) -> None:
    whole = json.loads((FIXTURES / "telegram-desktop.json").read_text(encoding="utf-8"))
    message = whole["messages"][3]
    whole["messages"] = [message | {"id": n, "text": "x" * 2000} for n in range(10_000)]
    got = read(json.dumps(whole, indent=0), "result.json")
    assert got.result.inputs[0]["format"] == "telegram-desktop"
    assert len(got.posts) == 10_000


@pytest.mark.parametrize("indent", [None, 1])
def test_an_export_on_one_line_reads_as_one_on_many(read: Reader, indent: int | None) -> None:
    whole = json.loads((FIXTURES / "telegram-desktop-export.json").read_text(encoding="utf-8"))
    got = read(json.dumps(whole, indent=indent), "result.json")
    assert got.column("post_id") == ["111-1", "56-1", "113-1"]


def test_a_cut_export_keeps_what_came_before_the_cut(read: Reader) -> None:
    whole = json.loads((FIXTURES / "telegram-desktop.json").read_text(encoding="utf-8"))
    whole["messages"] = [whole["messages"][3] | {"id": n, "text": "x" * 2000} for n in range(10_000)]
    got = read(json.dumps(whole, indent=1)[:-3000], "result.json")
    assert len(got.posts) == 9_998
    assert [each["reason"] for each in got.rejects] == ["broken_row"]


def test_control_characters_as_telegram_desktop_writes_them(read: Reader) -> None:
    text = (FIXTURES / "telegram-desktop.json").read_text(encoding="utf-8")
    got = read(text.replace("forwarded words", r"a \\x41 \x1Fb"), "result.json")
    assert got.posts[1]["text"] == "a \\x41 \x1fb"
