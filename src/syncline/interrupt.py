"""Ctrl-C that reaches the engine at once.

While DuckDB streams a result it does not look for signals, so that Python's own handler would only
run when the query is over. A thread that hears of the signal through the wake-up descriptor tells
the connection to stop; the query then fails and Python raises KeyboardInterrupt.
"""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

_STOP = frozenset({signal.SIGINT, signal.SIGTERM})


@contextmanager
def interruptible(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Stop whatever `connection` runs when the process is interrupted. Main thread only, else no effect."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard, told = socket.socketpair()
    told.setblocking(False)
    previous = signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
    watcher = threading.Thread(target=_watch, args=(heard, connection), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(previous)
        told.close()
        watcher.join()
        heard.close()


def _watch(heard: socket.socket, connection: duckdb.DuckDBPyConnection) -> None:
    while number := heard.recv(1):
        if number[0] in _STOP:
            connection.interrupt()
