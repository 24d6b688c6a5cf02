"""One command from its words to its exit code, whatever goes wrong on the way."""

import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from syncline.cli.application import app
from syncline.cli.exit_codes import COULD_NOT, DONE, INTERRUPTED, WRONG_USAGE
from syncline.errors import SynclineError, UsageError
from syncline.faults import in_words

_OPTION_WITHOUT_VALUE = re.compile(r"--[^=]+=")


def main() -> NoReturn:
    """Run the command line and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code. No exception but a bug under SYNCLINE_DEBUG leaves it."""
    _make_streams_safe()
    as_json = "--json" in arguments
    with _signals_as_interruption() as came:
        try:
            _refuse_empty(arguments)
            code = app(args=arguments, prog_name="syncline", standalone_mode=False)
            sys.stdout.flush()
            # Typer makes an exit of a KeyboardInterrupt.
            return _interrupted(as_json) if came else (code or DONE)
        except BrokenPipeError:
            return _leave_broken_pipe()
        except SystemExit:
            # How Typer leaves a closed pipe.
            return _leave_broken_pipe()
        except BaseException as error:
            if came or isinstance(error, KeyboardInterrupt | typer.Abort):
                return _interrupted(as_json)
            if os.environ.get("SYNCLINE_DEBUG") == "1":
                raise
            return _fail(*_in_words(error), as_json)


def _refuse_empty(arguments: list[str]) -> None:
    """Raises UsageError for an empty argument: as a path it would be the current folder, which nobody named."""
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if argument == "" or _OPTION_WITHOUT_VALUE.fullmatch(argument):
            option = (argument or before).removesuffix("=")
            where = f"{option}: " if option.startswith("-") else ""
            raise UsageError(f"{where}an argument is empty; name a file or a value (is a variable not set?).")


@contextmanager
def _signals_as_interruption() -> Iterator[list[int]]:
    """Let SIGINT and SIGTERM raise KeyboardInterrupt; the list fills with the signals that came.

    Engines may turn an interruption into an error of their own, so the list is what counts.
    """
    came: list[int] = []

    def stop(number: int, frame: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _make_streams_safe() -> None:
    # A terminal that lacks a character gets an escape rather than an error.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _leave_broken_pipe() -> int:
    """The reader has gone: stop without a word, and give Python's last flush somewhere to go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return COULD_NOT


def _in_words(error: BaseException) -> tuple[str, int]:
    """One line for `error`, and the exit code that goes with it."""
    if isinstance(error, UsageError):
        return str(error), WRONG_USAGE
    if isinstance(error, SynclineError):
        return str(error), COULD_NOT
    if isinstance(error, typer.TyperException):
        return f"{error.format_message().rstrip('.')}. See 'syncline --help'.", error.exit_code
    return in_words(error), COULD_NOT


def _fail(message: str, code: int, as_json: bool) -> int:
    from syncline.safety import terminal_safe

    line = terminal_safe(message)
    if as_json:
        print(json.dumps({"error": line, "exit_code": code}))
    else:
        print(f"syncline: {line}", file=sys.stderr)
    return code


def _interrupted(as_json: bool) -> int:
    return _fail("interrupted; nothing half done is left.", INTERRUPTED, as_json)
