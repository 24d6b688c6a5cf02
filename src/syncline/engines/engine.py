"""What the rooms ask of an engine, whichever it is."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

import pyarrow as pa


class Engine(Protocol):
    """Holds tables by their names, and makes new ones from them.

    The tables that sorting makes faster than SQL are made in arrays (traces/first_actions.py, coaction/kernels/), with
    `kernels` pairs of traces at a time, some 32 bytes each; 0 leaves these tables to SQL. `arrays` are the bytes that
    they take in all.
    """

    kernels: int
    arrays: int

    def run(self, path: str, **parameters: int | float) -> None:
        """Run the step at `path`, such as "coaction/bursts.sql", making or extending its table."""

    def make(self, table: str, query: str) -> None:
        """Make `table`, or replace it, by `query`."""

    def beside(self, arrays: int) -> AbstractContextManager[None]:
        """Make room for `arrays` bytes that the caller will hold, where memory is bounded."""

    def put(self, name: str, table: pa.Table) -> None:
        """Store an Arrow table under `name`."""

    def fetch(self, query: str) -> pa.Table:
        """The answer to `query` as an Arrow table."""

    def stream(self, query: str, rows: int) -> Iterator[pa.RecordBatch]:
        """The answer to `query` in batches of `rows` at most."""

    def row(self, query: str) -> tuple[Any, ...]:
        """The first row of the answer to `query`."""

    def has(self, table: str) -> bool:
        """Whether `table` exists."""

    def drop(self, *tables: str) -> None:
        """Forget tables that no later step reads."""

    def keep_only(self, *tables: str) -> None:
        """Forget every table but these."""
