"""Streams that were filled from an archive: the server's time is then that of the filling, not of the post.

Whole days of posts by many accounts come within seconds there, and would look like lockstep.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from syncline.sources.cells import moment
from syncline.sources.format import Format, Probe

_LATE = timedelta(days=1)
_NOTE = (
    "Bluesky: the server saw most of these posts a day or more after the time that they name, as in a stream"
    " filled from an archive; so their times are those that the poster's own program wrote."
)


def dated(server: str, client: str) -> Callable[[Format, Probe], Format]:
    """Takes the times of a file from `client` if most of its first posts reached `server` a day later or more."""

    def adapt(declared: Format, look: Probe) -> Format:
        pairs = [(_time(_at(each, server)), _time(_at(each, client))) for each in look.sample]
        gaps = [seen - written for seen, written in pairs if seen and written]
        if 2 * sum(gap > _LATE for gap in gaps) <= len(gaps):
            return declared
        posts = {**declared.posts, "time_us": moment(client)}
        return replace(declared, posts=posts, notes={**declared.notes, "": _NOTE})

    return adapt


def _at(value: Any, path: str) -> Any:
    for key in path.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _time(value: Any) -> datetime | None:
    try:
        if isinstance(value, str):
            read = datetime.fromisoformat(value)
            return read if read.tzinfo else read.replace(tzinfo=UTC)
        return datetime.fromtimestamp(value / 1_000_000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None
