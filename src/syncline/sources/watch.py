"""How much of a long file has been read, said while the engine reads it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from syncline.progress import Progress

_EVERY_S = 1.0


@contextmanager
def share_told(connection: duckdb.DuckDBPyConnection, progress: Progress) -> Iterator[None]:
    """Add to the stage, once a second, how much of the query that runs inside is done.

    The engine knows it of files that it reads itself, and of no query shorter than two seconds.
    """
    connection.execute("SET enable_progress_bar_print = false")
    connection.execute("SET enable_progress_bar = true")
    over = threading.Event()
    teller = threading.Thread(target=_tell, args=(connection, progress, over), daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()
        connection.execute("SET enable_progress_bar = false")


def _tell(connection: duckdb.DuckDBPyConnection, progress: Progress, over: threading.Event) -> None:
    while not over.wait(_EVERY_S):
        share = connection.query_progress()
        if 0 < share < 100:
            progress.detail(f"{share:.0f}%")
