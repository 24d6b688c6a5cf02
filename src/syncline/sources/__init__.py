"""Files as people have them, read into `posts`, `accounts` and `rejects`.

`read` is loaded on first use, so that a list of the formats need not wait for the engine.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syncline.sources.reading import ReadResult, read

__all__ = ["ReadResult", "read"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'syncline.sources' has no attribute {name!r}")
    from syncline.sources import reading

    return getattr(reading, name)
