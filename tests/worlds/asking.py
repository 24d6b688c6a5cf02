"""Generated worlds as tables to be asked in SQL."""

from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from syncline import worlds

Tables = dict[str, pa.Table]


class World:
    """A world's tables behind one connection."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._connection = duckdb.connect()
        for name, table in tables.items():
            self._connection.register(name, table)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    def row(self, query: str) -> tuple[Any, ...]:
        return self.rows(query)[0]

    def value(self, query: str) -> Any:
        return self.row(query)[0]


@cache
def preset(name: str, seed: int = 1) -> World:
    """A preset's world; generated once, however many tests look at it."""
    return World(worlds.generate(name, seed))
