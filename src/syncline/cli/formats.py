"""The command that tells of formats: which there are, and how a file is understood."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from syncline.cli.options import Json
from syncline.cli.output import say
from syncline.errors import UsageError

if TYPE_CHECKING:
    from syncline.sources.understand import Understood

_SHOWN_LENGTH = 160


def formats(
    file: Annotated[
        Path | None, typer.Argument(help="Say how this file is understood.", metavar="FILE")
    ] = None,
    format: Annotated[str | None, typer.Option(help="Format of the file [default: recognised].")] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file that names the columns.")] = None,
    as_json: Json = False,
) -> None:
    """List what can be read, or say what FILE looks like, why, and how its columns are understood."""
    if file is None:
        if format is not None or mapping is not None:
            raise UsageError("--format and --mapping say how to read a file: name one.")
        _list_formats(as_json)
    else:
        from dataclasses import asdict

        from syncline.sources.understand import understand

        understood = understand(file, format=format, mapping=mapping)
        say(asdict(understood), _understood_lines(understood), as_json)


def _list_formats(as_json: bool) -> None:
    from syncline.sources.formats import formats as known

    described = [
        {
            "name": one.name,
            "title": one.title,
            "files": list(one.kinds),
            "blind": dict(one.blind),
            "notes": list(one.notes.values()),
            "source": one.source,
        }
        for one in known()
    ]
    width = max(len(str(one["name"])) for one in described)
    lines = [f"{one['name']:<{width}}  {one['title']} ({', '.join(one['files'])})" for one in described]
    say({"formats": described}, lines, as_json)


def _understood_lines(file: "Understood") -> list[str]:
    from syncline import words
    from syncline.safety import terminal_safe

    lines = [f"{file.path}: {file.title} ({file.format})", f"Why:  {file.why}", f"File: {file.kind}", ""]
    made = {name: ", ".join(columns) for name, columns in file.columns.items()}
    made |= dict.fromkeys(file.found_in_text, "found in the text")
    width = max(map(len, made))
    lines += [f"  {name:<{width}}  {what}" for name, what in made.items()]
    if file.unused:
        lines += ["", f"Not used: {', '.join(file.unused)}"]
    lines += [f"Cannot show {words.BEHAVIOUR_NOUNS[each['behaviour']]}: {each['why']}" for each in file.blind]
    lines += file.notes
    for row in file.rows:
        lines += ["", f"Row {row['row']}:"]
        lines += [f"  {name:<{width}}  {_shown(name, value)}" for name, value in row.items() if name != "row"]
    return [terminal_safe(line) for line in lines]


def _shown(name: str, value: Any) -> str:
    """A cell in one line of a terminal."""
    if name.endswith("_us"):
        return str(datetime.fromtimestamp(value / 1_000_000, UTC))
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"
