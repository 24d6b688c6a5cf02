"""The engine for logs that one machine cannot hold: the same steps, translated, on Apache Spark.

The driver, this process, holds a DuckDB engine beside it. `traces` live on Spark; a step runs there if a table that it
reads lives there, and in DuckDB otherwise. What a step makes stays on Spark if it is large and comes to the driver if
it is small, as do the links and their meetings always; the graph of tastes the driver makes of its own traces. So Spark
has what grows with the log, and nothing waits for a cluster to add up a few rows. Only numbers are sent: no text, name,
address or id of a platform leaves the driver.
"""

import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from syncline.engines.duckdb import DuckDBEngine
from syncline.engines.spark_sql import in_spark_sql, tables_of
from syncline.engines.step import load_step
from syncline.errors import SynclineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
    from pyspark.sql.types import StructType

# Where the road enters Spark, and where it leaves it, whatever the size.
_SENT = frozenset({"traces"})
_BROUGHT = frozenset({"links", "linked_meetings", "meetings"})
# What the driver makes, whoever has the tables: it needs all of these rows, and has the traces to make them of.
_MADE_HERE = frozenset({"crowd_links"})
# Tables of this many rows are made by DuckDB in less time than Spark takes to plan; some 40 MB.
SMALL_ROWS = 1_000_000
# Traces for each partition of a shuffle, so that one is some tens of megabytes when pairs are made of them.
_TRACES_PER_PARTITION = 250_000


@dataclass(frozen=True)
class _Stored:
    """A table as Parquet files that every worker can read."""

    folders: tuple[str, ...]
    schema: "StructType | None"

    @property
    def files(self) -> list[str]:
        """Every file, in the order of the rows."""
        return [str(file) for folder in self.folders for file in sorted(Path(folder).glob("*.parquet"))]

    @property
    def rows(self) -> int:
        """How many rows there are, by the files' own word."""
        return sum(pq.read_metadata(file).num_rows for file in self.files)


class SparkEngine:
    """Runs steps on Spark, and on `driver` those whose tables are all there. An `Engine`.

    Tables on Spark are Parquet files in `scratch`, a folder that the driver and all workers see at the same path.
    Each is written when it is made: nothing is computed twice, and a worker that is lost loses nothing.
    Raises SynclineError where Spark cannot finish a step.
    """

    kernels = arrays = 0

    def __init__(
        self,
        session: "SparkSession",
        driver: DuckDBEngine,
        scratch: Path,
        *,
        small_rows: int = SMALL_ROWS,
    ) -> None:
        self.session = session
        self.driver = driver
        self._scratch = scratch
        self._small_rows = small_rows
        self._tables: dict[str, _Stored] = {}
        self._copies: dict[str, _Stored] = {}
        self._written = 0

    def run(self, path: str, **parameters: int | float) -> None:
        """Run the step at `path`, such as "coaction/bursts.sql", making or extending its table."""
        step = load_step(path)
        query = step.bound(parameters)
        here = step.table in _MADE_HERE
        if here:
            self._bring(query)
        if here or not self._lives_on_spark(query):
            self.driver.run(path, **parameters)
            self._made_here(step.table)
        else:
            self._made_there(step.table, query, extends=step.appends)

    def make(self, table: str, query: str) -> None:
        """Make `table`, or replace it, by `query`."""
        if self._lives_on_spark(query):
            self._made_there(table, query)
        else:
            self.driver.make(table, query)
            self._made_here(table)

    def beside(self, arrays: int) -> AbstractContextManager[None]:
        """Make room for `arrays` bytes on the driver, where memory is bounded."""
        return self.driver.beside(arrays)

    def put(self, name: str, table: pa.Table) -> None:
        """Store an Arrow table under `name`."""
        self.driver.put(name, table)
        self._made_here(name)

    def fetch(self, query: str) -> pa.Table:
        """The answer to `query` as an Arrow table."""
        if not self._lives_on_spark(query):
            return self.driver.fetch(query)
        answer = self._write("answer", query)
        try:
            return pq.read_table(answer.folders[0])
        finally:
            _remove(answer)

    def stream(self, query: str, rows: int) -> Iterator[pa.RecordBatch]:
        """The answer to `query` in batches of `rows` at most."""
        if self._lives_on_spark(query):
            yield from self.fetch(query).to_batches(rows)
        else:
            yield from self.driver.stream(query, rows)

    def row(self, query: str) -> tuple[Any, ...]:
        """The first row of the answer to `query`."""
        if not self._lives_on_spark(query):
            return self.driver.row(query)
        self._share(query)
        with _in_words():
            first = self.session.sql(in_spark_sql(query)).first()
        assert first is not None
        return tuple(first)

    def has(self, table: str) -> bool:
        """Whether `table` exists."""
        return table in self._tables or self.driver.has(table)

    def drop(self, *tables: str) -> None:
        """Forget tables that no later step reads."""
        for table in tables:
            self._forget(table)
        self.driver.drop(*tables)

    def keep_only(self, *tables: str) -> None:
        """Forget every table but these."""
        for table in (self._tables | self._copies).keys() - set(tables):
            self._forget(table)
        self.driver.keep_only(*tables)

    def close(self) -> None:
        """Forget what is on Spark; what came to the driver stays."""
        for table in [*self._tables, *self._copies]:
            self._forget(table)

    def _lives_on_spark(self, query: str) -> bool:
        return not self._tables.keys().isdisjoint(tables_of(query))

    def _made_here(self, table: str) -> None:
        """The driver made `table`: what Spark had of it is old."""
        self._forget(table)
        if table in _SENT:
            self._size_shuffles(table)
            self._tables[table] = self._send(table)

    def _made_there(self, table: str, query: str, *, extends: bool = False) -> None:
        stored = self._write(table, query)
        if extends and (before := self._taken(table)):
            stored = _Stored((*before.folders, *stored.folders), stored.schema)
        self.drop(table)
        if table in _BROUGHT or stored.rows <= self._small_rows:
            self.driver.make(table, f"SELECT * FROM read_parquet([{_listed(stored.files)}])")
            _remove(stored)
        else:
            self._tables[table] = stored
            self._show(table, stored)

    def _taken(self, table: str) -> _Stored | None:
        """The files of `table`, wherever it is, no longer under its name; None if there is no such table."""
        if table in self._tables:
            return self._tables.pop(table)
        return self._send(table) if self.driver.has(table) else None

    def _write(self, table: str, query: str) -> _Stored:
        """The answer to `query` in a folder of its own."""
        self._share(query)
        folder = self._folder(table)
        with _in_words():
            answer = self.session.sql(in_spark_sql(query))
            answer.write.parquet(str(folder))
        return _Stored((str(folder),), answer.schema)

    def _bring(self, query: str) -> None:
        """Give the driver what `query` reads and Spark alone has."""
        for table in tables_of(query) & self._tables.keys():
            if not self.driver.has(table):
                files = _listed(self._tables[table].files)
                self.driver.make(table, f"SELECT * FROM read_parquet([{files}])")

    def _share(self, query: str) -> None:
        """Send Spark what `query` reads of the driver's tables."""
        for table in tables_of(query) - self._tables.keys() - self._copies.keys():
            self._copies[table] = self._send(table)

    def _send(self, table: str) -> _Stored:
        """Write the numbers of one of the driver's tables to files, and show them to Spark."""
        folder = self._folder(table)
        folder.mkdir(parents=True)
        numbers = ", ".join(
            f'"{name}"'
            for name, kind in self.driver.connection.execute(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
                [table],
            ).fetchall()
            if "VARCHAR" not in kind
        )
        target = _quoted(f"{folder}/rows.parquet")
        self.driver.connection.execute(
            f"COPY (SELECT {numbers} FROM {table}) TO {target} (FORMAT parquet)"
        ).fetchall()
        stored = _Stored((str(folder),), None)
        self._show(table, stored)
        return stored

    def _show(self, table: str, stored: _Stored) -> None:
        reader = self.session.read if stored.schema is None else self.session.read.schema(stored.schema)
        with _in_words():
            reader.parquet(*stored.folders).createOrReplaceTempView(table)

    def _size_shuffles(self, table: str) -> None:
        """As many partitions as the log asks for; adaptive execution joins those that turn out small."""
        traces = int(self.driver.row(f"SELECT count(*) FROM {table}")[0])
        least = 2 * self.session.sparkContext.defaultParallelism
        self.session.conf.set(
            "spark.sql.shuffle.partitions", str(max(least, traces // _TRACES_PER_PARTITION))
        )

    def _folder(self, table: str) -> Path:
        self._written += 1
        return self._scratch / f"{self._written:05d}-{table}"

    def _forget(self, table: str) -> None:
        for stored in (self._tables.pop(table, None), self._copies.pop(table, None)):
            if stored is not None:
                self.session.catalog.dropTempView(table)
                _remove(stored)


def _remove(stored: _Stored) -> None:
    for folder in stored.folders:
        shutil.rmtree(folder, ignore_errors=True)


def _listed(files: list[str]) -> str:
    return ", ".join(_quoted(file) for file in files)


def _quoted(path: str) -> str:
    return "'" + path.replace("'", "''") + "'"


@contextmanager
def _in_words() -> Iterator[None]:
    """Spark's own errors as one line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException, ConnectionError) as error:
        said = next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)
        raise SynclineError(
            f"Spark could not finish a step ({said}). Give it more memory or workers, or scan a part of the log; "
            "docs/spark.md has what it needs."
        ) from error
