"""The formats: one module each, found here by itself. `generic` is the one that is built file by file."""

import importlib
import pkgutil
from functools import cache

from syncline.sources.format import Format


@cache
def formats() -> tuple[Format, ...]:
    """Every declared format, by name."""
    found = []
    for module in pkgutil.iter_modules(__path__):
        loaded = importlib.import_module(f"{__name__}.{module.name}")
        if hasattr(loaded, "FORMAT"):
            found.append(loaded.FORMAT)
    return tuple(sorted(found, key=lambda each: each.name))
