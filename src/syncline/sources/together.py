"""Many small files of one shape: their cells are gathered first, and then understood by one statement.

To plan that statement takes the engine longer than to run it over a few thousand rows.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from syncline.sources.load import Source, add_author_columns, insert_posts, load, names_used
from syncline.sources.probe import DAMAGE
from syncline.sources.readers import REJECTS, Raw, cells_of, raw
from syncline.sources.sql import literal, single

_SMALL_BYTES = 1 << 20
# What is packed grows at most so many times, mostly.
_UNPACKED = 16
_FILES_AT_ONCE = 200
_TABLE = "gathered_cells"
# Blank lines count, and are no rows.
_GATHERED = (
    f"SELECT * REPLACE (COALESCE(syncline_row, rowid - before + 1) AS syncline_row) FROM {_TABLE}"
    " WHERE syncline_broken IS DISTINCT FROM ''"
)


def alike(sources: Sequence[Source], stored: Collection[str]) -> Iterator[list[Source]]:
    """The files in their order, parted into those that are read together; `stored` as in `load`."""
    for shape, group in groupby(sources, lambda source: _shape(source, stored)):
        found = list(group)
        at_once = 1 if shape is None else _FILES_AT_ONCE
        yield from (found[start : start + at_once] for start in range(0, len(found), at_once))


def _shape(source: Source, stored: Collection[str]) -> tuple[str, int, str] | None:
    """What files that are gathered in one table have in common; None for a file that is read by itself."""
    look = source.look
    size = Path(look.path).stat().st_size * (1 if look.compression == "none" else _UNPACKED)
    if look.kind == "parquet" or not source.format.posts or size > _SMALL_BYTES:
        return None
    return look.kind, len(look.header), _statement(source, stored)


def _statement(source: Source, stored: Collection[str]) -> str:
    """What understands the cells that were gathered."""
    cells = Raw(_GATHERED, cells_of(source.look, names_used(source.format)))
    return insert_posts(cells, "raw.file_number", "raw.path", source, stored)


def load_together(
    connection: duckdb.DuckDBPyConnection, first: int, sources: Sequence[Source], stored: Collection[str]
) -> list[int]:
    """As `load` for each of the files, which `alike` gave together and whose numbers count from `first`."""
    add_author_columns(connection, sources[0].format)
    understood = _statement(sources[0], stored)
    waiting = False
    for number, source in enumerate(sources, start=first):
        gathered = _gather(connection, number, source, anew=not waiting)
        if not gathered:
            # In the order of the files, as of equals the first row counts.
            if waiting:
                connection.execute(understood)
            load(connection, number, source, stored)
        waiting = gathered
    if waiting:
        connection.execute(understood)
    connection.execute(f"DROP TABLE IF EXISTS {_TABLE}")
    counted = dict(
        connection.execute(
            f"SELECT file_number, count(*) FROM posts WHERE file_number >= {first} GROUP BY ALL"
        ).fetchall()
    )
    return [counted.get(number, 0) for number in range(first, first + len(sources))]


def _gather(connection: duckdb.DuckDBPyConnection, number: int, source: Source, *, anew: bool) -> bool:
    """Add the file's cells to those that wait; whether they are whole, as otherwise the file needs a closer look."""
    look, chosen = source.look, source.format
    try:
        with raw(connection, look, chosen, names_used(chosen), careful=False) as relation:
            before = 0 if anew else single(connection, f"SELECT count(*) FROM {_TABLE}")[0]
            connection.execute(
                f"{f'CREATE OR REPLACE TEMP TABLE {_TABLE} AS' if anew else f'INSERT INTO {_TABLE} BY NAME'}"
                f" SELECT {number} AS file_number, {literal(look.path)} AS path, {before} AS before, *"
                f" FROM ({relation.sql})"
            )
            whole = (
                relation.header_lines is None or not single(connection, f"SELECT count(*) FROM {REJECTS}")[0]
            )
    # Whoever reads the file by itself says what is wrong.
    except (duckdb.Error, UnicodeDecodeError, *DAMAGE):
        return False
    if not whole:
        connection.execute(f"DELETE FROM {_TABLE} WHERE file_number = {number}")
    return whole
