"""Progress that a person can read, on the terminal or nowhere."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from syncline.safety import terminal_safe

# Seconds before the first plain line, and between the next ones.
_FIRST_LINE = 2.0
_NEXT_LINES = 10.0


class Progress:
    """Names the stage at work and keeps its wall and CPU seconds for `run.json`.

    `show` is called with what is being done whenever that changes; nothing is drawn without it.
    """

    def __init__(self, show: Callable[[str], None] | None = None) -> None:
        self._show = show or (lambda message: None)
        self._stages: list[str] = []
        self.timings: dict[str, dict[str, float]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside under `name`; repeated stages add up."""
        self._stages.append(name)
        self._show(name)
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            spent = self.timings.setdefault(name, {"wall_s": 0.0, "cpu_s": 0.0})
            spent["wall_s"] += time.perf_counter() - wall
            spent["cpu_s"] += time.process_time() - cpu
            self._stages.pop()
            if self._stages:
                self._show(self._stages[-1])

    def detail(self, text: str) -> None:
        """Say how far the stage is, as in "edges, 5 of 10"."""
        self._show(": ".join([*self._stages[-1:], text]))


@contextmanager
def terminal_progress(quiet: bool = False) -> Iterator[Progress]:
    """Progress on standard error: a spinner with the seconds, or plain lines where nothing can be redrawn.

    Stages may carry file names, which are as hostile as posts.
    """
    if quiet:
        yield Progress()
    elif sys.stderr.isatty():
        with _spinner() as show:
            yield Progress(lambda message: show(terminal_safe(message)))
    else:
        with _lines() as show:
            yield Progress(lambda message: show(terminal_safe(message)))


@contextmanager
def _spinner() -> Iterator[Callable[[str], None]]:
    from rich.console import Console
    from rich.progress import Progress as Bars
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    # Rich's own markup is not obeyed either.
    text = TextColumn("{task.description}", markup=False)
    columns: list[Any] = [SpinnerColumn(), text, TimeElapsedColumn()]
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("starting", total=None)
        yield lambda message: bars.update(task, description=message)


@contextmanager
def _lines() -> Iterator[Callable[[str], None]]:
    """A line after two seconds and then every ten, so that a log shows that work goes on."""
    started = time.monotonic()
    over = threading.Event()
    now = ["starting"]

    def speak() -> None:
        wait = _FIRST_LINE
        while not over.wait(wait):
            print(f"{now[0]} ({time.monotonic() - started:.0f} s)", file=sys.stderr, flush=True)
            wait = _NEXT_LINES

    speaker = threading.Thread(target=speak, daemon=True)
    speaker.start()
    try:
        yield lambda message: now.__setitem__(0, message)
    finally:
        over.set()
        speaker.join()
