"""Syncline finds accounts that act in lockstep on social media, and says how sure it is.

    import syncline
    case = syncline.scan("tweets.jsonl")
    case.networks, case.members, case.edges
    case.explain("1234567890")
    case.report("report.html")

Names are loaded on first use, so that importing the package costs next to nothing.
"""

import sys
from importlib import import_module
from types import ModuleType
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


class _Package(ModuleType):
    """Keeps `syncline.scan` the function.

    Whoever imports the module `syncline/scan.py` would else put it in the function's place, as Python
    sets a submodule on its package.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _HOMES or not isinstance(value, ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
