"""A whole scan from the command line to the case, in this process, and what must hold however it ends."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from syncline.api import Case, open_case

#: Content or a file, then the file's name, then options; see the fixture `scan`.
Scan = Callable[..., "Ended"]
_ALIVE = re.compile(r".* \(\d+ s\)")


@dataclass(frozen=True)
class Ended:
    """How a scan ended: exit code, what it printed, and where its case is or would have been."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def case(self) -> Case:
        return open_case(self.folder)

    @property
    def message(self) -> str:
        """The one line of standard error beside those that only say that work goes on."""
        (line,) = (line for line in self.err.splitlines() if not _ALIVE.fullmatch(line))
        return line

    @property
    def run(self) -> dict[str, Any]:
        return self.case.run

    @property
    def reasons(self) -> list[tuple[int, str]]:
        """Row and reason of every reject."""
        rejects = self.case.sql("SELECT source_row, reason FROM rejects ORDER BY ALL").fetchall()
        return [(row, reason) for row, reason in rejects]


def check_whole_or_nothing(ended: Ended) -> None:
    """Exit code 0 and a whole case in which every row is accounted for, or one line and nothing at all."""
    assert "Traceback" not in ended.out + ended.err
    assert "bug" not in ended.err
    left = [path.name for path in ended.folder.parent.iterdir()]
    if ended.code:
        assert (left, ended.out) == ([], "")
        assert ended.message.startswith("syncline: ")
        return
    assert left == [ended.folder.name]
    assert ended.case.verify() == {}
    rows = ended.run["rows"]
    assert rows["in"] == rows["posts"] + rows["merged"] + rows["rejects"]
    assert (len(ended.case.posts), len(ended.case.rejects)) == (rows["posts"], rows["rejects"])
