"""Errors of the system and of the engine in a user's words: what is wrong, where, what to do."""

import os
import re
import sys

_CHECK = "check the path, the permissions and the free space."
# How the engine names a file that it cannot make sense of.
_TABLE = re.compile(r"\.parquet['\"]")
_ERRNO = re.compile(r'"?errno"?\W+(\d+)')


def reason(error: BaseException) -> str:
    """The system's own words for what went wrong, such as "No space left on device"."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    text = str(error)
    number = _ERRNO.search(text)
    if number:
        return os.strerror(int(number.group(1)))
    return text.splitlines()[0] if text else type(error).__name__


def in_words(error: BaseException) -> str:
    """One line for an error that is not Syncline's own; what it cannot place it calls a bug."""
    if isinstance(error, MemoryError) or _is_duckdb(error, "OutOfMemoryException"):
        return "not enough memory; give more with --memory, close other programs, or scan a part of the log."
    if isinstance(error, OSError):
        return f"{f'{error.filename}: ' if error.filename else ''}{reason(error)}; {_CHECK}"
    if _is_duckdb(error, "Error") and _TABLE.search(str(error)):
        return (
            f"{reason(error)}; the file is damaged: of a case, syncline verify says which of its files are."
        )
    if _is_duckdb(error, "IOException"):
        return f"{reason(error)}; {_CHECK}"
    return (
        f"a bug in Syncline ({type(error).__name__}: {reason(error)}); please report it with the command "
        "and the lines that SYNCLINE_DEBUG=1 adds."
    )


def _is_duckdb(error: BaseException, name: str) -> bool:
    # Looked up rather than imported: where DuckDB is not loaded, it cannot have failed.
    duckdb = sys.modules.get("duckdb")
    return duckdb is not None and isinstance(error, getattr(duckdb, name))
