"""The default engine: DuckDB, embedded, spilling to disk."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import duckdb
import pyarrow as pa

from syncline import memory
from syncline.engines.step import load_step


def connect(config: Mapping[str, Any] | None = None) -> duckdb.DuckDBPyConnection:
    """A connection in memory that fetches nothing from anywhere: no extension comes by itself. `config` says more."""
    sealed = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    return duckdb.connect(config={**sealed, **(config or {})})


def execute(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Run `statement`; where memory does not suffice again on one thread, as each thread keeps rows of its own, then
    with what the program really leaves of the bound, and at last with all of the engine's part, of which it is told
    less: a bound is rather passed than a scan given up."""
    try:
        connection.execute(statement).fetchall()
    except duckdb.OutOfMemoryException:
        with _setting(connection, "threads", "1"):
            _execute_on_one_thread(connection, statement)


def _execute_on_one_thread(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    try:
        connection.execute(statement).fetchall()
    except duckdb.OutOfMemoryException as error:
        _execute_with_more(connection, statement, error)


def _execute_with_more(
    connection: duckdb.DuckDBPyConnection, statement: str, failed: duckdb.OutOfMemoryException
) -> None:
    for limit in _higher_limits(connection):
        with _setting(connection, "memory_limit", f"{limit}B"):
            try:
                connection.execute(statement).fetchall()
            except duckdb.OutOfMemoryException as error:
                failed = error
            else:
                return
    raise failed


def _higher_limits(connection: duckdb.DuckDBPyConnection) -> list[int]:
    memory.give_back()
    told, held = connection.execute(
        "SELECT current_setting('memory_limit'), (SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory())"
    ).fetchall()[0]
    return memory.higher(memory.in_bytes(told), held)


@contextmanager
def _setting(connection: duckdb.DuckDBPyConnection, name: str, value: str) -> Iterator[None]:
    (before,) = connection.execute(f"SELECT current_setting('{name}')").fetchall()[0]
    connection.execute(f"SET {name} = '{value}'")
    try:
        yield
    finally:
        # What cannot be spilled stays.
        with suppress(duckdb.OutOfMemoryException):
            connection.execute(f"SET {name} = '{before}'")


class DuckDBEngine:
    """Runs steps on one DuckDB connection, which holds every table by its name. An `Engine`."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, *, kernels: int = 64_000_000, bound: int | None = None
    ) -> None:
        self.connection = connection
        self.kernels = kernels
        self._bound = bound
        self.arrays = 0
        self._limit = 0
        # Nothing is kept in a file: to rewrite the tables at commits, as for one, costs time and moves their rows.
        connection.execute("SET checkpoint_threshold = '1TB'")
        if bound is not None:
            self._set_limit(memory.alone(bound))

    def run(self, path: str, **parameters: int | float) -> None:
        """Run the step at `path`, such as "coaction/bursts.sql", making or extending its table."""
        step = load_step(path)
        query = step.bound(parameters)
        if step.appends and self.has(step.table):
            execute(self.connection, f"INSERT INTO {step.table} {query}")
        else:
            self.make(step.table, query)

    def view(self, path: str) -> None:
        """Let the table of the step at `path` be a view: it takes no room, and is computed whenever it is read."""
        step = load_step(path)
        if self.has(step.table):
            self.drop(step.table)
        self.connection.execute(f"CREATE OR REPLACE VIEW {step.table} AS {step.select}").fetchall()

    def make(self, table: str, query: str) -> None:
        """Make `table`, or replace it, by `query`."""
        execute(self.connection, f"CREATE OR REPLACE TABLE {table} AS {query}")

    def has(self, table: str) -> bool:
        """Whether `table` exists."""
        query = "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?"
        return bool(self.connection.execute(query, [table]).fetchall()[0][0])

    def drop(self, *tables: str) -> None:
        """Forget tables that no later step reads."""
        for table in tables:
            self.connection.execute(f"DROP TABLE IF EXISTS {table}")

    def keep_only(self, *tables: str) -> None:
        """Forget every table but these."""
        for (table,) in self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            if table not in tables:
                self.connection.execute(f'DROP TABLE "{table}"')

    def share(self, traces: int) -> None:
        """Let engine and kernels keep the bound together, if there is one, for so many traces."""
        if self._bound is not None:
            self.arrays, self.kernels = memory.with_traces(self._bound, traces)

    def _set_limit(self, size: int) -> None:
        self.connection.execute(f"SET memory_limit = '{size}B'")
        self._limit = size

    @contextmanager
    def beside(self, arrays: int) -> Iterator[None]:
        """Make room for `arrays` bytes that the caller will hold, where memory is bounded."""
        if self._bound is None:
            yield
            return
        before = self._limit
        # What cannot be spilled stays.
        with suppress(duckdb.OutOfMemoryException):
            self._set_limit(min(memory.beside(self._bound, arrays), before))
        memory.give_back()
        try:
            yield
        finally:
            memory.give_back()
            self._set_limit(before)

    def put(self, name: str, table: pa.Table) -> None:
        """Store an Arrow table under `name`."""
        self.connection.register("incoming", table)
        self.make(name, "SELECT * FROM incoming")
        self.connection.unregister("incoming")

    def fetch(self, query: str) -> pa.Table:
        """The answer to `query` as an Arrow table."""
        return self.connection.sql(query).to_arrow_table()

    def stream(self, query: str, rows: int) -> Iterator[pa.RecordBatch]:
        """The answer to `query` in batches of `rows` at most."""
        # A cursor of its own, because an open result owns its connection.
        yield from self.connection.cursor().sql(query).to_arrow_reader(rows)

    def row(self, query: str) -> tuple[Any, ...]:
        """The first row of the answer to `query`."""
        return tuple(self.connection.execute(query).fetchall()[0])
