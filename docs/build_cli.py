"""Writes docs/command-line.md from what `syncline --help` says: `python docs/build_cli.py`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from typer.testing import CliRunner

from syncline.cli import app

PAGE = Path(__file__).parent / "command-line.md"
_WIDTH = "100"
_ABOUT = """\
# Command line

Written by `docs/build_cli.py` from the commands' own help.

Whatever goes wrong, one line on standard error says what, where and what to do. Progress is shown on
standard error for work that takes longer than two seconds.

| exit code | meaning |
|---|---|
| 0 | done, whatever was found |
| 1 | could not: the input cannot be read, the output cannot be written |
| 2 | wrong usage: an unknown command, option or value |
| 130 | interrupted; nothing half done is left |

`--quiet` prints nothing but errors. `--json` prints one JSON document on standard output instead of text; an
error is then `{"error": ..., "exit_code": ...}`. `SYNCLINE_DEBUG=1` shows the traceback of what is reported
as a bug. What a scan cannot hold in memory is written beside the case while it runs, in a hidden folder
that is taken away at its end.
"""


def render() -> str:
    """The page."""
    # Without Rich the help has no frames and takes no bracket for markup.
    app.rich_markup_mode = None
    return "\n".join([_ABOUT, *(_section(*command) for command in _commands(typer.main.get_command(app)))])


def _commands(command: Any, *names: str) -> Iterator[tuple[str, ...]]:
    """The words of the command and of every command below it."""
    yield names
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands(below, *names, name)


def _section(*command: str) -> str:
    environment = {"COLUMNS": _WIDTH, "TERMINAL_WIDTH": _WIDTH}
    said = CliRunner().invoke(app, [*command, "--help"], prog_name="syncline", env=environment).output
    lines = "\n".join(f"    {line}".rstrip() for line in said.strip().splitlines())
    return f"## {' '.join(['syncline', *command])}\n\n{lines}\n"


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
