"""Syncline finds accounts that act in lockstep on social media, and says how sure it is.

    import syncline
    case = syncline.scan("tweets.jsonl")
    case.networks, case.members, case.edges
    case.explain("1234567890")
    case.report("report.html")

Names are loaded on first use, so that importing the package costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from syncline.api import Case, open_case, scan, simulate
    from syncline.errors import SynclineError
    from syncline.settings import Settings

__version__ = "0.1.0"
__all__ = ["Case", "Settings", "SynclineError", "__version__", "open_case", "scan", "simulate"]

_HOMES = {
    "Case": "syncline.api",
    "Settings": "syncline.settings",
    "SynclineError": "syncline.errors",
    "open_case": "syncline.api",
    "scan": "syncline.api",
    "simulate": "syncline.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'syncline' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
