"""Inputs as people name them - files, folders, globs - become a list of files."""

import glob
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from syncline.errors import SynclineError

# Every case has one; `syncline.case` is further down the road.
_MANIFEST = "manifest.sha256"


@dataclass(frozen=True)
class Found:
    """A file to look into. One that was `named` must be readable; one met in a folder may be skipped.

    `of_case`: it lies in the folder of a case, whose posts are those of other files.
    """

    path: Path
    named: bool
    of_case: bool = False


def discover(inputs: Sequence[str | Path]) -> list[Found]:
    """The files that `inputs` stand for, each once, in the order given and by name within a folder.

    Hidden files are left out. Raises SynclineError for an input that matches nothing.
    """
    found: dict[Path, Found] = {}
    for given in inputs:
        for file in _expand(given):
            found.setdefault(file.path.resolve(), file)
    if not found:
        raise SynclineError("Nothing to read: name a file, a folder or a pattern such as 'posts/*.csv'.")
    return list(found.values())


def _expand(given: str | Path) -> list[Found]:
    path = Path(given)
    if path.is_dir():
        return _in_folder(path)
    if path.exists():
        if not path.is_file():
            raise SynclineError(
                f"{given}: a pipe or device, which can be read only once. Write its posts into a file, and name that."
            )
        return [Found(path, named=True)]
    # Path.glob takes no absolute pattern.
    found = [Path(match) for match in sorted(glob.glob(str(given), recursive=True))]  # noqa: PTH207
    # A link may lead nowhere, or round in a circle.
    matches = [match for match in found if match.exists()]
    if not matches:
        standard_input = (
            " Standard input is not read: write the posts into a file." if str(given) == "-" else ""
        )
        raise SynclineError(
            f"{given}: no such file, folder or pattern match. Check the spelling and the folder.{standard_input}"
        )
    return [
        file
        for match in matches
        for file in (_in_folder(match) if match.is_dir() else [Found(match, named=False)])
    ]


def _in_folder(folder: Path) -> list[Found]:
    try:
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
    except PermissionError as error:
        raise SynclineError(
            f"{folder}: may not be read ({error.strerror}). Check the folder's permissions."
        ) from None
    visible = [
        path for path in paths if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    if not visible:
        raise SynclineError(f"{folder}: the folder holds no files.")
    cases = {path.parent for path in visible if path.name == _MANIFEST and path.parent != folder}
    return [Found(path, named=False, of_case=not cases.isdisjoint(path.parents)) for path in visible]
