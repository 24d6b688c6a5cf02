"""A relational step: one `.sql` file that makes one table, with a header that says so.

    -- title: how bursty is each object?
    -- reads: traces, objects
    -- writes: bursts (object, window_us, accounts, pairs_in_window)
    -- formula: ...

`writes` replaces the table, `appends` adds to it. `$name` stands for a number given by the caller.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HEADER = re.compile(r"^-- (writes|appends): *(\w+)", re.MULTILINE)
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class Step:
    """One `.sql` file: `table` is what it makes, `select` the query, parameters still open."""

    path: str
    table: str
    appends: bool
    select: str

    def bound(self, parameters: dict[str, int | float]) -> str:
        """The query with every `$name` replaced. Raises KeyError for a missing parameter."""
        return _PARAMETER.sub(lambda match: repr(parameters[match.group(1)]), self.select)


@cache
def load_step(path: str) -> Step:
    """Read the step at `path`, such as "coaction/bursts.sql". Raises ValueError without a header."""
    text = files("syncline").joinpath(path).read_text(encoding="utf-8")
    header = _HEADER.search(text)
    if header is None:
        raise ValueError(f"{path}: no '-- writes: TABLE' or '-- appends: TABLE' line in its header")
    select = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return Step(path, header.group(2), header.group(1) == "appends", select.strip().rstrip(";"))
