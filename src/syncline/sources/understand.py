"""What a file looks like, why, how each column is understood, and its first posts: a look before a scan."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from syncline.engines.duckdb import connect
from syncline.schema import ACCOUNTS, POSTS
from syncline.sources.blind import blind_behaviours
from syncline.sources.discover import Found
from syncline.sources.format import Format, Probe
from syncline.sources.ids import refuse_damaged
from syncline.sources.load import Source, create_tables, load
from syncline.sources.reading import options, recognised

SHOWN_ROWS = 5
# The first rows may be service messages or deleted posts.
_ROWS_LOOKED_AT = 1_000


@dataclass(frozen=True)
class Understood:
    """One file as Syncline understands it.

    `columns`: column of posts, or `accounts.` and a column of accounts, to the file's columns it is made from.
    `found_in_text`: columns that are made from the text alone. `unused`: the file's other columns. `blind`:
    behaviour and why. `rows`: the first posts (or accounts) as they would be read, each with `reason` where it would
    be rejected.
    """

    path: str
    kind: str
    format: str
    title: str
    why: str
    source: str
    columns: dict[str, list[str]]
    found_in_text: list[str]
    unused: list[str]
    blind: list[dict[str, str]]
    notes: list[str]
    rows: list[dict[str, Any]]


def understand(
    path: str | Path, *, format: str | None = None, mapping: str | Path | None = None
) -> Understood:
    """Look into `path` without reading the whole of it; `format` and `mapping` as in `read`.

    Raises SynclineError if it is no table of posts or accounts, if its ids are damaged, or if it could be in several
    formats, with their names.
    """
    described = options(format, mapping)
    with connect() as connection:
        look, candidate = recognised(connection, Found(Path(path), named=True), format, described)
        chosen = candidate.format
        source = Source.of(look, chosen, described.platform if described else None)
        load(connection, 0, source, create_tables(connection, [source]), limit=_ROWS_LOOKED_AT)
        left_out = refuse_damaged(
            connection, "posts" if chosen.posts else "profiles", 0, look, chosen.posts or chosen.accounts
        )
        return Understood(
            path=look.path,
            kind=_kind(look),
            format=chosen.name,
            title=chosen.title,
            why=candidate.why,
            source=chosen.source,
            columns=_columns(look, chosen),
            found_in_text=chosen.found_in_text(),
            unused=_unused(look, chosen),
            blind=blind_behaviours(chosen) if chosen.posts else [],
            notes=chosen.notes_for(look) + left_out,
            rows=_first_rows(connection, chosen),
        )


def _kind(look: Probe) -> str:
    names = {"csv": "CSV", "parquet": "Parquet", "jsonl": "JSON Lines", "json": "JSON"}
    said = [names[look.kind]]
    if look.kind == "csv":
        separators = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
        said.append(f"separated by {separators.get(look.delimiter, look.delimiter)}")
    if look.kind != "parquet":
        said.append(look.encoding)
    return ", ".join(said + ([look.compression] if look.compression != "none" else []))


def _columns(look: Probe, chosen: Format) -> dict[str, list[str]]:
    # Of JSON only the first records are known: what is not among them may still come.
    known = look.columns if look.kind in ("csv", "parquet") else None
    return {
        column: [name for name in names if known is None or name in known]
        for column, names in chosen.columns_used().items()
    }


def _unused(look: Probe, chosen: Format) -> list[str]:
    used = {name for names in chosen.columns_used().values() for name in names}
    opened = {name.rsplit(".", depth)[0] for name in look.columns for depth in range(1, name.count(".") + 1)}
    return [
        name
        for name in look.columns
        if name not in used and name not in opened and not any(name.startswith(f"{each}.") for each in used)
    ]


def _first_rows(connection: duckdb.DuckDBPyConnection, chosen: Format) -> list[dict[str, Any]]:
    table, columns = ("posts", POSTS.names) if chosen.posts else ("profiles", ACCOUNTS.names)
    kept = ", ".join([*(name for name in columns if name not in ("source_file", "source_row")), "reason"])
    rows = connection.sql(
        f"SELECT row_number AS row, {kept} FROM {table} ORDER BY reason IS NOT NULL, row_number LIMIT {SHOWN_ROWS}"
    )
    return [
        {name: value for name, value in row.items() if value not in (None, [], "")}
        for row in rows.to_arrow_table().to_pylist()
    ]
