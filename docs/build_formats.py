"""Writes docs/formats.md from what the formats declare: `python docs/build_formats.py`."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from syncline.sources.blind import blind_behaviours
from syncline.sources.format import Field, Format
from syncline.sources.formats import formats

PAGE = Path(__file__).parent / "formats.md"
_ABOUT = """\
# Formats

Written by `docs/build_formats.py` from what the formats declare in `src/syncline/sources/formats/`.

`syncline scan FILE` opens each of these without an option. `syncline formats FILE` says what a file looks like, why,
how each column was understood, and shows five of its posts as Syncline sees them. What is in none of these formats is
read by usual column names, or with a mapping file: see [What can be read](input.md).

| name | files | what |
|---|---|---|
"""


def render() -> str:
    """The page."""
    known = formats()
    rows = "".join(f"| [`{one.name}`](#{one.name}) | {_files(one)} | {one.title} |\n" for one in known)
    return _ABOUT + rows + "".join("\n" + "\n".join(_section(one)) + "\n" for one in known)


def _files(one: Format) -> str:
    names = {"csv": "CSV", "parquet": "Parquet", "jsonl": "JSON Lines", "json": "JSON"}
    return ", ".join(names[kind] for kind in one.kinds)


def _section(one: Format) -> Iterator[str]:
    yield f"## {one.name}\n"
    yield f"{one.title}. {_files(one)}.\n"
    yield f"- Recognised by: {' or '.join(_columns(needs) for needs in (one.needs, *one.also))}" + _without(
        one
    )
    yield f"- Source of the names: {one.source}"
    yield from (f"- {note}" for note in one.notes.values())
    yield from (
        f"- Cannot show {each['behaviour']}: {each['why']}" for each in blind_behaviours(one) if one.posts
    )
    if one.refused:
        yield f"- Not read: {one.refused}"
    elif not one.verbatim:
        yield "\n| column | made from |\n|---|---|"
        yield "\n".join([*_made("", one.posts), *_made("accounts.", one.accounts)])
    else:
        yield "\nThe columns are Syncline's own, taken as they are."


def _columns(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _without(one: Format) -> str:
    return f", without {_columns(one.without)}" if one.without else ""


def _made(prefix: str, fields: Mapping[str, Field]) -> Iterator[str]:
    for column, made in fields.items():
        cells = ", ".join(f"`{name}`" for name in made.columns)
        yield f"| {prefix}{column} | {cells or 'always the same'} |"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
