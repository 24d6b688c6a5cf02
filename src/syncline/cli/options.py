"""What commands share: their options, and how the words that were given become values."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from syncline.errors import UsageError

if TYPE_CHECKING:
    from syncline.settings import Settings

Inputs = Annotated[list[str], typer.Argument(help="Files, folders or globs.", metavar="INPUT...")]
CaseFolder = Annotated[Path, typer.Argument(help="A case folder.", metavar="CASE")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what an earlier run wrote.")]


def settings_of(**given: Any) -> "Settings":
    """The defaults, changed by the options that were given. Raises UsageError for a value out of range."""
    from pydantic import ValidationError

    from syncline.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        option = _OPTIONS.get(str(first["loc"][0]), str(first["loc"][0]))
        given_as = first["input"]
        shown = ",".join(f"{one:g}" for one in given_as) if isinstance(given_as, tuple) else repr(given_as)
        said = first["msg"][:1].lower() + first["msg"][1:]
        raise UsageError(f"--{option} {shown}: {said}.") from None


_OPTIONS = {"placebo_copies": "placebo"}


def seconds_of(text: str) -> tuple[float, ...]:
    """The seconds of --windows. Raises UsageError where they are none."""
    try:
        given = tuple(float(part) for part in text.split(","))
    except ValueError:
        given = ()
    if not given or not all(0 < number < float("inf") for number in given):
        raise UsageError(f"--windows {text!r}: give seconds with commas between, such as 60,600,3600.")
    return given


def whole_numbers(option: str, text: str) -> tuple[int, ...]:
    """The numbers of `option`. Raises UsageError where they are none."""
    try:
        return tuple(int(part.replace("_", "")) for part in text.split(","))
    except ValueError:
        raise UsageError(f"--{option} {text!r}: give whole numbers with commas between.") from None


def behaviours_of(text: str) -> tuple[str, ...]:
    """The names of --behaviours. Raises UsageError for one that is not known."""
    from syncline.schema import BEHAVIOURS

    names = tuple(part.strip() for part in text.split(","))
    unknown = [name for name in names if name not in BEHAVIOURS]
    if unknown:
        raise UsageError(f"--behaviours: {unknown[0]!r} is not one; choose from {', '.join(BEHAVIOURS)}.")
    return names
