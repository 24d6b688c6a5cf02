"""Files as relations: every row with its number, its cells, and the words of a parser that broke on it.

CSV and JSON Lines are read by DuckDB in a stream; JSON documents and lines that hold several posts are
walked in Python and handed over in batches. Nothing is converted here: cells stay text unless the file
itself has types.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

import duckdb
import orjson
import pyarrow as pa

from syncline.sources.document import (
    EVERY,
    BrokenDocumentError,
    documents,
    mended,
    records,
    streamed_records,
)
from syncline.sources.format import Column, Format, Probe, Record
from syncline.sources.probe import LONGEST_LINE, STREAMED, open_text, table_rows
from syncline.sources.sql import literal, path_literal, within

REJECTS = "syncline_broken_rows"
_SCANS = "syncline_scans"
_LINE_BYTES = 16 << 20
_NOT_NUMBERED = "CAST(NULL AS BIGINT) AS syncline_row"
_NOT_BROKEN = "CAST(NULL AS VARCHAR) AS syncline_broken"
_BATCH = 4096
_PART = 1 << 20
_SHOWN = 100
# No JSON text holds this byte unescaped, so a reader of CSV hands over whole lines.
_NEVER_IN_JSON = "\x01"


@dataclass(frozen=True)
class Raw:
    """A relation over one file.

    `sql` gives syncline_row (from 1), syncline_broken (the row that has no syntax, else NULL) and the
    expressions in `columns`. With `header_lines` set, rows that the reader could not split are in the
    table `REJECTS`, whose `line` counts the header.

    Where not `numbered`, syncline_row is NULL and the rows come in the order of the file: who stores them counts
    them, as counting them on the way would bind the engine to one thread. Blank lines, which count and are no rows,
    then have an empty syncline_broken.
    """

    sql: str
    columns: dict[str, Column]
    header_lines: int | None = None
    numbered: bool = True


@contextmanager
def raw(
    connection: duckdb.DuckDBPyConnection, look: Probe, chosen: Format, names: Sequence[str], careful: bool
) -> Iterator[Raw]:
    """The columns `names` of the file.

    It is taken to be whole, and a query over it fails where it is not. With `careful` a CSV is first copied to UTF-8
    with one kind of line end, and of JSON each line that is none is a broken row.
    """
    _forget_rejects(connection)
    streamed = look.compression in STREAMED
    if look.kind == "parquet":
        yield _parquet(look, names)
    elif (
        look.kind == "json"
        or look.layout != "records"
        or chosen.unpack is not None
        or chosen.lists
        or (streamed and look.kind == "jsonl")
    ):
        with _records(connection, look, chosen) as relation:
            unpacked = chosen.unpack is not None or bool(chosen.lists)
            yield _json(relation, look, names, unpacked, careful)
    elif streamed or (careful and look.kind == "csv") or look.encoding not in ("utf-8", "utf-8-sig"):
        with _plain_copy(look) as copy:
            yield _text_file(look, names, copy, "none", careful)
    else:
        yield _text_file(look, names, look.path, look.compression, careful)
    _forget_rejects(connection)


def cells_of(look: Probe, names: Sequence[str]) -> dict[str, Column]:
    """The columns `names` of a file of text, as `raw` gives them."""
    if look.kind == "csv":
        return {
            name: Column(name, f"raw.c{look.header.index(name)}") for name in names if name in look.header
        }
    return {name: Column(name, f"raw.c{index}") for index, name in enumerate(names, start=1)}


def _forget_rejects(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"DROP TABLE IF EXISTS {REJECTS}")
    connection.execute(f"DROP TABLE IF EXISTS {_SCANS}")


def _parquet(look: Probe, names: Sequence[str]) -> Raw:
    held = [name for name in names if name in look.columns]
    cells = "".join(
        f"{within(look.inside.get(name, (name,)))} AS c{index}, " for index, name in enumerate(held)
    )
    sql = (
        f"SELECT {cells}file_row_number + 1 AS syncline_row, {_NOT_BROKEN}"
        f" FROM read_parquet({path_literal(look.path)}, file_row_number = true)"
    )
    known = {name: Column(name, f"raw.c{index}", look.columns[name]) for index, name in enumerate(held)}
    return Raw(sql, known)


def _text_file(look: Probe, names: Sequence[str], path: str, compression: str, careful: bool) -> Raw:
    if look.kind == "csv":
        return _csv(look, names, path, compression)
    lines = _read_csv(
        path, compression, _NEVER_IN_JSON, "", "", "header = false, columns = {'line': 'VARCHAR'}"
    )
    raw_lines = _json(f"SELECT line, {_NOT_NUMBERED} FROM {lines}", look, names, False, careful)
    return replace(raw_lines, header_lines=0, numbered=False)


def _csv(look: Probe, names: Sequence[str], path: str, compression: str) -> Raw:
    declared = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(look.header)))
    layout = f"header = true, skip = {look.rows_above}, columns = {{{declared}}}"
    rows = _read_csv(path, compression, look.delimiter, '"', look.escape, layout)
    return Raw(
        f"SELECT *, {_NOT_NUMBERED}, {_NOT_BROKEN} FROM {rows}",
        cells_of(look, names),
        header_lines=look.rows_above + 1,
        numbered=False,
    )


def _read_csv(path: str, compression: str, delimiter: str, quote: str, escape: str, layout: str) -> str:
    return (
        f"read_csv({path_literal(path)}, auto_detect = false, {layout}, delim = {literal(delimiter)},"
        f" quote = {literal(quote)}, escape = {literal(escape)}, compression = '{compression}',"
        f" max_line_size = {_LINE_BYTES}, store_rejects = true, rejects_limit = 0,"
        f" rejects_table = '{REJECTS}', rejects_scan = '{_SCANS}')"
    )


def _json(relation: str, look: Probe, names: Sequence[str], unpacked: bool, careful: bool) -> Raw:
    """Every path of `names` out of each line, in one pass over the line's JSON.

    The engine does TRY value by value, which takes as long as the rest: without `careful` it is left to the lines that
    were visibly cut.
    """
    paths = ", ".join(literal(json_path(name, look.sample, unpacked)) for name in names)
    extracted = f"json_extract_string(line, [{paths}])"
    whole = "false" if careful else "starts_with(line, '{') AND ends_with(line, '}')"
    # Each cell is taken out of the list once, here: the expressions above name it several times.
    cells = ", ".join(f"cells[{index}] AS c{index}" for index, _ in enumerate(names, start=1))
    sql = (
        f"SELECT syncline_row, {cells},"
        " CASE WHEN cells IS NULL THEN coalesce(line, '') WHEN starts_with(line, '{') THEN NULL"
        " WHEN ltrim(line) LIKE '{%' THEN NULL ELSE line END AS syncline_broken"
        f" FROM (SELECT syncline_row, line, CASE WHEN {whole} THEN {extracted} ELSE TRY({extracted}) END AS cells"
        f" FROM ({relation}))"
    )
    return Raw(sql, cells_of(look, names))


def json_path(name: str, sample: Sequence[Record], unpacked: bool) -> str:
    """The JSON path of a dotted name; a key that itself holds the dots is taken whole."""
    whole = not unpacked and any(name in record for record in sample)
    keys = [name] if whole else name.split(".")
    return "$" + "".join('."' + key.replace("\\", "\\\\").replace('"', '\\"') + '"' for key in keys)


@contextmanager
def _plain_copy(look: Probe) -> Iterator[str]:
    """A temporary copy in UTF-8 without a byte order mark, every line ending in a line feed."""
    with tempfile.TemporaryDirectory(prefix="syncline-") as folder:
        copy = Path(folder) / "copy"
        held = ""
        with open_text(look) as source, copy.open("w", encoding="utf-8", newline="") as target:
            while part := source.read(_PART):
                part = held + part
                held = "\r" if part.endswith("\r") else ""
                part = part.removesuffix("\r").replace("\r\n", "\n").replace("\r", "\n")
                target.write(part.removeprefix("\ufeff"))
        yield str(copy)


@contextmanager
def _records(connection: duckdb.DuckDBPyConnection, look: Probe, chosen: Format) -> Iterator[str]:
    """The records of a JSON file as a registered stream of (line, syncline_row)."""
    schema = pa.schema([("line", pa.string()), ("syncline_row", pa.int64())])
    reader = pa.RecordBatchReader.from_batches(schema, _batches(_lines(look, chosen), schema))
    name = "syncline_records"
    connection.register(name, reader)
    try:
        yield f"SELECT line, syncline_row FROM {name}"
    finally:
        connection.unregister(name)


def _batches(lines: Iterator[str], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    held: list[str] = []
    row = 1
    for line in lines:
        held.append(line)
        if len(held) == _BATCH:
            yield pa.record_batch([held, range(row, row + len(held))], schema=schema)
            row += len(held)
            held = []
    if held:
        yield pa.record_batch([held, range(row, row + len(held))], schema=schema)


def _lines(look: Probe, chosen: Format) -> Iterator[str]:
    """One JSON object a record, as text; what cannot be parsed passes as it stands and is rejected."""
    for value, text in _values(look, chosen.lists):
        if isinstance(value, dict) and chosen.unpack is not None:
            yield from _unpacked(chosen.unpack, value)
        else:
            yield _dumped(value) if text is None else text


def _unpacked(unpack: Callable[[Record], Iterator[Record]], value: Record) -> Iterator[str]:
    try:
        for record in unpack(value):
            yield _dumped(record)
    except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
        # No JSON, so it becomes a broken row that says so.
        yield f"not in the shape of its format ({error}): {json.dumps(value)[:_SHOWN]}"


def _dumped(value: Any) -> str:
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # half a surrogate pair or a number past 64 bits
        return json.dumps(value)


def _values(look: Probe, lists: tuple[str, ...]) -> Iterator[tuple[Any, str | None]]:
    """Every record with its text where it stands in the file as it is; a broken one has its text alone."""
    if look.document:
        yield from _values_of_document(look, lists)
        return
    if look.layout == "columns":
        yield from ((row, None) for row in table_rows(look) or [])
        return
    if look.layout == "keyed":
        yield from _values_of_keyed(look, lists)
        return
    for value, text in _values_of_lines(look) if look.kind == "jsonl" else _values_of_list(look):
        if lists and isinstance(value, dict):
            yield from ((record, None) for record in records(value, lists))
        else:
            yield value, text


def _values_of_keyed(look: Probe, lists: tuple[str, ...]) -> Iterator[tuple[Any, str | None]]:
    if look.kind == "json":
        held = _values_of_document(look, (EVERY,))
    else:
        whole = ((value, text if value is None else None) for value, text in _values_of_lines(look))
        held = ((each, text) for value, text in whole for each in records(value, (EVERY,)))
    for value, text in held:
        yield from ((record, text) for record in records(value, lists))


def _values_of_document(look: Probe, lists: tuple[str, ...]) -> Iterator[tuple[Any, str | None]]:
    with open_text(look) as stream:
        try:
            if lists:
                yield from ((record, None) for record in streamed_records(stream, lists))
            else:
                text = mended(stream.read().removeprefix("\ufeff"))
                yield from ((value, None) for value in documents(text))
        except (BrokenDocumentError, json.JSONDecodeError) as error:
            yield None, f"broken JSON: {error}"


def _values_of_lines(look: Probe) -> Iterator[tuple[Any, str]]:
    with open_text(look) as stream:
        for line in stream:
            if line.strip():
                yield _parsed(line), line


def _parsed(line: str) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None


def _values_of_list(look: Probe) -> Iterator[tuple[Any, str | None]]:
    """The elements of a top-level JSON list, and of lists in it or after it, one at a time.

    Tools that write page after page write one list in or after the other. A cut or broken tail is one broken element.
    """
    decoder = json.JSONDecoder()
    with open_text(look) as stream:
        held, at = stream.read(_PART).lstrip("\ufeff \t\r\n"), 1
        while True:
            at = _after_separators(held, at)
            if held.startswith("]", at):
                held, at = _after_list(stream, held[at + 1 :]), 1
                if not held:
                    return
                if held.startswith("["):
                    continue
                at = 0
                break
            try:
                value, end = decoder.raw_decode(held, at)
            except RecursionError:
                break
            except json.JSONDecodeError:
                more = stream.read(max(_PART, len(held) - at)) if len(held) - at < LONGEST_LINE else ""
                if not more:
                    break
                held, at = held[at:] + more, 0
                continue
            if isinstance(value, list):
                yield from ((each, None) for each in value)
            else:
                yield value, held[at:end]
            at = end
    yield None, held[at : at + LONGEST_LINE]


def _after_list(stream: IO[str], held: str) -> str:
    """What follows a list, without the blanks before it; empty at the end of the file."""
    while not (rest := held[_after_separators(held, 0) :]) and (held := stream.read(_PART)):
        pass
    return rest


def _after_separators(held: str, at: int) -> int:
    while at < len(held) and held[at] in " \t\r\n,":
        at += 1
    return at
