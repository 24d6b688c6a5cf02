"""A first look into a file: what kind it is, how it is packed and written, and which columns it has."""

import bz2
import csv
import gzip
import io
import json
import lzma
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice, product
from pathlib import Path
from typing import IO, Any, Literal, cast

import duckdb
import orjson
import pyarrow as pa

from syncline.errors import SynclineError
from syncline.sources.columnar import may_be_columnar, rows_of
from syncline.sources.document import EVERY, beginning, documents, mended, paths_of, records
from syncline.sources.format import Probe, Record
from syncline.sources.inner_records import is_keyed
from syncline.sources.sql import path_literal, within
from syncline.sources.zstd import MAGIC as ZSTD
from syncline.sources.zstd import is_whole, is_wide, open_wide

#: What is raised where a file, or what it is packed in, ends too early or is broken.
DAMAGE = (OSError, EOFError, zlib.error, lzma.LZMAError)
HEAD_BYTES = 1 << 20
# A document's lists may come late, after much about the person whose export it is.
_DOCUMENT_HEAD = 16 << 20
LONGEST_LINE = 64 << 20
# In characters; as objects it takes some ten times as much.
_LARGEST_TABLE = 128 << 20
#: A window that the engine does not take.
WIDE_ZSTD = "zstd, long window"
#: What the engine does not unpack.
STREAMED = (WIDE_ZSTD, "bzip2", "xz")
SAMPLE_RECORDS = 200
_DELIMITERS = (",", "\t", ";", "|")
_PARQUET_SAMPLE = SAMPLE_RECORDS
# Fewer bytes than this do not tell a script.
_BEYOND_ASCII_LEAST = 12
_ASCII = bytes(range(128))
_LOOKS = 8
# No table of posts has so few columns: account, time and something that was done.
_NARROW = 2
_LOOK_BYTES = 1 << 17
# What stands between two elements of a list; one list may follow the other.
_BETWEEN = re.compile(r"[\s,]*(\][\s,]*\[[\s,]*)*")
_KNOWN_BINARIES = {
    b"PK\x03\x04": "a zip archive or an Excel workbook: unpack it, or export it as CSV (UTF-8)",
    b"%PDF": "a PDF document",
    b"SQLite format 3": "an SQLite database: export the table of posts as CSV",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook: export it as CSV (UTF-8)",
    b"ARROW1": "an Arrow file: write it as Parquet",
    b"7z\xbc\xaf": "a 7z archive: unpack it",
    b"Rar!": "a rar archive: unpack it",
}
# The mark of a tar archive stands behind the first file's name and rights.
_TAR_MARK, _TAR_MARK_AT = b"ustar", 257


def probe(connection: duckdb.DuckDBPyConnection, path: Path) -> Probe:
    """Look into `path`. Raises SynclineError if it is empty, unreadable or no table or JSON at all."""
    try:
        return _probe(connection, path)
    except DAMAGE as error:
        raise unreadable(path, error) from None


def _probe(connection: duckdb.DuckDBPyConnection, path: Path) -> Probe:
    magic = _magic(path)
    if magic.startswith(b"PAR1"):
        return _probe_parquet(connection, path)
    compression = _compression(magic)
    if compression == "zstd":
        if not is_whole(path):
            raise EOFError("the packed data end too early")
        compression = WIDE_ZSTD if is_wide(path) else "zstd"
    head = _head(path, compression)
    if not head.strip():
        _unpack_to_the_end(path, compression)
        raise SynclineError(f"{path}: the file is empty. Export it again, or leave it out.")
    _refuse_binary(path, head)
    encoding = _encoding(head)
    _refuse_code_page(path, head, encoding)
    text = _decoded(head, encoding)
    _refuse_other_text(path, text)
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return _probe_json(path, text, compression, encoding)
    return _probe_csv(path, text, compression, encoding, whole=len(head) < HEAD_BYTES)


def open_binary(path: Path, compression: str) -> IO[bytes]:
    """The file's bytes, unpacked on the way."""
    if compression == "gzip":
        return cast(IO[bytes], gzip.open(path))
    if compression == WIDE_ZSTD:
        return open_wide(path)
    if compression == "bzip2":
        return cast(IO[bytes], bz2.open(path))
    if compression == "xz":
        return cast(IO[bytes], lzma.open(path))
    if compression == "zstd":
        return pa.input_stream(str(path), compression="zstd")  # type: ignore[no-any-return]
    return path.open("rb")


def open_text(look: Probe) -> IO[str]:
    """The file's text; bytes that do not belong to its encoding become U+FFFD."""
    return io.TextIOWrapper(
        io.BufferedReader(open_binary(Path(look.path), look.compression)),  # type: ignore[type-var]
        encoding=look.encoding,
        errors="replace",
        newline="",
    )


def _unpack_to_the_end(path: Path, compression: str) -> None:
    """For its error: what begins with nothing may be cut off rather than empty."""
    with open_binary(path, compression) as stream:
        while stream.read(HEAD_BYTES):
            pass


def _magic(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(16)


def _compression(magic: bytes) -> str:
    marks = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ": "xz", ZSTD: "zstd"}
    return next((name for mark, name in marks.items() if magic.startswith(mark)), "none")


def _head(path: Path, compression: str) -> bytes:
    """The first bytes, and as much more as it takes to hold one whole line."""
    with open_binary(path, compression) as stream:
        head = _read_up_to(stream, HEAD_BYTES)
        while b"\n" not in head and len(head) < LONGEST_LINE:
            more = _read_up_to(stream, len(head))
            if not more:
                break
            head += more
    return head


def _read_up_to(stream: IO[bytes], size: int) -> bytes:
    parts = []
    try:
        while size > 0 and (part := stream.read(size)):
            parts.append(part)
            size -= len(part)
    # Packed and cut or damaged: what is there is enough for a first look.
    except (EOFError, zlib.error, lzma.LZMAError):
        pass
    return b"".join(parts)


def _refuse_binary(path: Path, head: bytes) -> None:
    for magic, words in _KNOWN_BINARIES.items():
        if head.startswith(magic):
            raise SynclineError(f"{path}: this is {words}.")
    if head.startswith(_TAR_MARK, _TAR_MARK_AT):
        raise SynclineError(f"{path}: this is a tar archive: unpack it, and give the folder.")
    encoding = _encoding(head)
    start = _decoded(head[:65536], encoding if encoding.startswith("utf-16") else "latin-1")
    control = len(re.findall("[\x00-\x08\x0e-\x1f\x7f]", start))
    if control > 0.1 * len(start):
        raise SynclineError(
            f"{path}: this is neither text nor Parquet. Syncline reads CSV, JSON, JSON Lines and Parquet, "
            "also packed with gzip, zstd, bzip2 or xz; text in UTF-8."
        )


def _encoding(head: bytes) -> str:
    """UTF-8 unless a mark, the zero bytes of UTF-16, or bytes that fit nowhere say otherwise."""
    if head.startswith(b"\xff\xfe"):
        return "utf-16"
    if head.startswith(b"\xfe\xff"):
        return "utf-16"
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    start = head[:4096]
    if start[1::2].count(0) > 0.4 * len(start):
        return "utf-16-le"
    if start[::2].count(0) > 0.4 * len(start):
        return "utf-16-be"
    return "utf-8" if _mostly_utf8(head) else "cp1252"


def _mostly_utf8(head: bytes) -> bool:
    # In a file of mixed encodings some lines are UTF-8 and the others are rejected one by one; only where most bytes
    # beyond ASCII are no UTF-8 is it another encoding: a few fit by chance.
    beyond = len(head.translate(None, delete=_ASCII))
    fitting = len(head.decode("utf-8", errors="ignore").encode()) - (len(head) - beyond)
    # The last character may be cut.
    return 2 * (fitting + 3) >= beyond if len(head) >= HEAD_BYTES else 2 * fitting >= beyond


def _refuse_code_page(path: Path, head: bytes, encoding: str) -> None:
    """Western letters beyond ASCII stand alone in their words; those of other scripts stand together."""
    if encoding != "cp1252":
        return
    beyond = [len(run) for run in re.findall(rb"[\x80-\xff]+", head)]
    together = sum(length for length in beyond if length > 2)
    if sum(beyond) >= _BEYOND_ASCII_LEAST and 2 * together > sum(beyond):
        raise SynclineError(
            f"{path}: neither UTF-8 nor Western text, and no file says in which code page it is. Save it as UTF-8, "
            "such as with iconv -f WINDOWS-1256 -t UTF-8 for Persian and Arabic or -f WINDOWS-1251 for Cyrillic."
        )


def _decoded(head: bytes, encoding: str) -> str:
    return head.decode(encoding, errors="replace")


def _probe_parquet(connection: duckdb.DuckDBPyConnection, path: Path) -> Probe:
    file = path_literal(str(path))
    try:
        held = connection.sql(f"FROM read_parquet({file})")
        leaves = _leaves(zip(held.columns, held.types, strict=True))
        # A column goes before what a struct holds under its name.
        found = {keys: kind for keys, kind in leaves if len(keys) == 1 or ".".join(keys) not in held.columns}
        # By their numbers: for a LIMIT the engine would unpack as many parts of the file as it has threads.
        rows = connection.execute(
            f"SELECT {', '.join(f'CAST({within(keys)} AS VARCHAR)' for keys in found)}"
            f" FROM read_parquet({file}, file_row_number = true) WHERE file_row_number < {_PARQUET_SAMPLE}"
        ).fetchall()
    except duckdb.Error as error:
        raise SynclineError(
            f"{path}: a damaged Parquet file ({first_line(error)}). Download or export it again."
        ) from None
    names = [".".join(keys) for keys in found]
    columns = dict(zip(names, found.values(), strict=True))
    sample = tuple(dict(zip(names, row, strict=True)) for row in rows)
    inside = {".".join(keys): keys for keys in found if len(keys) > 1}
    return Probe(str(path), "parquet", columns, sample, inside=inside)


def _leaves(
    columns: Iterable[tuple[str, Any]], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The keys to each value that is no struct, and its type."""
    for name, kind in columns:
        if kind.id == "struct":
            yield from _leaves(kind.children, (*above, name))
        else:
            yield (*above, name), str(kind)


def _probe_csv(path: Path, text: str, compression: str, encoding: str, whole: bool) -> Probe:
    text = text.removeprefix("\ufeff").replace("\x00", "")
    if text.startswith("window.YTD."):
        raise SynclineError(
            f"{path}: this is a file of a personal archive of X. It holds the posts of one account, "
            "so that there is nobody to compare them with."
        )
    # What programs write for a quotation mark inside a cell: another one before it, or a backslash.
    escapes = ('"', "\\") if '\\"' in text else ('"',)
    delimiter, escape = max(product(_DELIMITERS, escapes), key=lambda marks: _fit(text, *marks))
    rows = _csv_rows(text, delimiter, escape)
    if not whole and len(rows) > 2:
        rows = rows[:-1]  # cut by the end of the head, not by its writer
    above = _rows_above(rows)
    rows = rows[above:]
    header = [name.strip() for name in rows[0]]
    if _has_named_rows(header, rows[1:]):
        header = ["", *header]
    sample = tuple(dict(zip(header, row, strict=False)) for row in rows[1:])
    columns = dict.fromkeys(header, "VARCHAR")
    look = Probe(str(path), "csv", columns, sample, compression, encoding, delimiter, tuple(header))
    look = replace(
        look, escape=escape, rows_above=_with_blank_rows(_all_csv_rows(text, delimiter, escape), above)
    )
    if not sample:
        raise SynclineError(
            f"{path}: there is a header ({', '.join(header[:8])}) but no row below it. "
            "Export it again, or leave it out."
        )
    return look


def _has_named_rows(header: list[str], rows: list[list[str]]) -> bool:
    """Whether the first column is that of R's names of rows, which has no name; a comma behind each row is none."""
    return all(len(row) == len(header) + 1 for row in rows) and any(row[-1] for row in rows)


def _refuse_other_text(path: Path, text: str) -> None:
    """What people give for an export because the same program wrote it."""
    if text.lstrip().startswith("<"):
        raise SynclineError(
            f"{path}: this is a web page or another kind of XML, not a table. Export JSON or CSV instead: Telegram "
            "Desktop asks for the format, and writes pages unless told otherwise."
        )
    if _CHAT_LINE.match(text):
        raise SynclineError(f"{path}: this is a chat as WhatsApp exports it, which is not read.")


_CHAT_LINE = re.compile(
    r"[\u200e\u200f]*\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d[^,;\t]{0,8}?(\]| -) .*: "
)


def _rows_above(rows: list[list[str]]) -> int:
    """How many rows of other text stand above the table: what was searched for, or Excel's `sep=;`."""
    begins = next((place for place, row in enumerate(rows) if len(row) > _NARROW), 0)
    below = [len(row) == len(rows[begins]) for row in rows[begins + 1 :]]
    return begins if 2 * sum(below) > len(below) else 0


def _with_blank_rows(all_rows: Iterator[list[str]], rows: int) -> int:
    """How many rows the first `rows` are with the blank ones before and between them, and after them."""
    return next(islice((place for place, row in enumerate(all_rows) if row), rows, None), 0)


def _csv_rows(text: str, delimiter: str, escape: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in _all_csv_rows(text, delimiter, escape):
            if row:
                rows.append(row)
            if len(rows) > SAMPLE_RECORDS:
                break
    except csv.Error:
        pass
    return rows or [[]]


def _all_csv_rows(text: str, delimiter: str, escape: str) -> Iterator[list[str]]:
    return csv_rows(io.StringIO(text, newline=""), delimiter, escape)


def csv_rows(stream: IO[str], delimiter: str, escape: str) -> Iterator[list[str]]:
    """The rows of a CSV as they stand, blank ones too."""
    csv.field_size_limit(LONGEST_LINE)
    if escape == '"':
        return csv.reader(stream, delimiter=delimiter)
    return csv.reader(stream, delimiter=delimiter, doublequote=False, escapechar=escape)


def _fit(text: str, delimiter: str, escape: str) -> tuple[int, int, int]:
    """How many of the table's first rows have as many cells as its header, how many do not, below 0, and how many."""
    rows = _csv_rows(text, delimiter, escape)[:50]
    rows = rows[_rows_above(rows) :]
    width = len(rows[0])
    fitting = sum(len(row) == width for row in rows) if width > 1 else 0
    return fitting, fitting - len(rows), width


def _probe_json(path: Path, text: str, compression: str, encoding: str) -> Probe:
    text = text.lstrip("\ufeff \t\r\n")
    lines = text.split("\n")
    objects = _objects(lines)
    # A document may hold lines that are objects, but its first line ends in the middle of one.
    if text.startswith("{") and objects and not lines[0].rstrip().endswith(("{", "[", ",")):
        later = _later_objects(path) if compression == "none" and encoding == "utf-8" else []
        columns = paths_of((*objects, *later))
        sample = tuple(objects[:SAMPLE_RECORDS])
        return _laid_out(Probe(str(path), "jsonl", columns, sample, compression, encoding))
    if text.startswith("{"):
        document = _document(path, compression, encoding)
        return _laid_out(
            Probe(str(path), "json", paths_of((document,)), (document,), compression, encoding, document=True)
        )
    sample = tuple(value for value in _elements_at_start(text) if isinstance(value, dict))
    if not sample:
        raise SynclineError(
            f"{path}: a JSON list that does not begin with an object. Syncline reads lists of posts, "
            "each an object with names and values."
        )
    return _laid_out(Probe(str(path), "json", paths_of(sample), sample, compression, encoding))


def _laid_out(look: Probe) -> Probe:
    """The look, where its values are no records: they may hold records under their ids, or a table by columns."""
    first, *more = look.sample
    if not more and may_be_columnar(first) and (rows := table_rows(look)):
        return _with_records(look, "columns", rows)
    if all(map(is_keyed, look.sample)):
        return _with_records(
            look, "keyed", [each for value in look.sample for each in records(value, (EVERY,))]
        )
    return look


def _with_records(look: Probe, layout: Literal["keyed", "columns"], held: Sequence[Any]) -> Probe:
    sample = tuple(each for each in held[:SAMPLE_RECORDS] if isinstance(each, dict))
    # One line is walked without holding it; of several, one that is broken costs itself alone.
    kind: Literal["json", "jsonl"] = "jsonl" if look.kind == "jsonl" and len(look.sample) > 1 else "json"
    return replace(look, kind=kind, columns=paths_of(sample), sample=sample, document=False, layout=layout)


def table_rows(look: Probe) -> list[Any] | None:
    """The rows of a file that begins as a table by columns, which must be held whole; None if it is none."""
    with open_text(look) as stream:
        text = stream.read(_LARGEST_TABLE + 1)
    if len(text) > _LARGEST_TABLE:
        raise SynclineError(
            f"{look.path}: a table written column by column must be held whole, and this one is larger than "
            f"{_LARGEST_TABLE >> 20} MB. Write it row by row, in pandas with to_json(orient='records', lines=True)."
        )
    return rows_of(_loads(text.removeprefix("\ufeff")))


def _later_objects(path: Path) -> list[Record]:
    """Records from the middle and the end of the file: some columns turn up late."""
    size = path.stat().st_size
    if size <= HEAD_BYTES:
        return []
    lines: list[str] = []
    with path.open("rb") as stream:
        for place in range(1, _LOOKS + 1):
            stream.seek(HEAD_BYTES + (size - HEAD_BYTES) * place // _LOOKS - _LOOK_BYTES)
            lines += stream.read(_LOOK_BYTES).decode(errors="replace").split("\n")
    return _objects(lines)


def _objects(lines: list[str]) -> list[Record]:
    return [value for line in lines if isinstance(value := _loads(line), dict)]


def _loads(line: str) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return None


def _document(path: Path, compression: str, encoding: str) -> Record:
    """The JSON object that fills the file, or of a large one as much as its first part holds."""
    with open_binary(path, compression) as stream:
        data = _read_up_to(stream, _DOCUMENT_HEAD)
    text = mended(_decoded(data, encoding))
    try:
        document = next(documents(text)) if len(data) < _DOCUMENT_HEAD else beginning(text)
    except RecursionError:
        raise SynclineError(f"{path}: JSON nested too deeply to be an export of posts.") from None
    except json.JSONDecodeError as error:
        raise SynclineError(
            f"{path}: broken JSON at line {error.lineno}, column {error.colno} ({error.msg}). "
            "The file was probably cut: export it again."
        ) from None
    assert isinstance(document, dict)
    return document


def _elements_at_start(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    position = 1
    for _ in range(SAMPLE_RECORDS):
        position = cast("re.Match[str]", _BETWEEN.match(text, position)).end()
        try:
            value, position = decoder.raw_decode(text, position)
        except (json.JSONDecodeError, RecursionError):
            return
        yield from value if isinstance(value, list) else (value,)


def unreadable(path: str | Path, error: Exception) -> SynclineError:
    """What the system or an unpacker says, and what to do: a packed file that breaks off was not copied whole."""
    said = getattr(error, "strerror", None)
    damaged = "It is cut off or damaged: download or export it again."
    advice = next((what for kind, what in _ADVICE.items() if isinstance(error, kind)), damaged)
    return SynclineError(f"{path}: cannot be read ({said or error}). {advice}")


_ADVICE: dict[type[OSError], str] = {
    FileNotFoundError: "Check the spelling and the folder.",
    IsADirectoryError: "Name one of the files in it.",
    PermissionError: "Check its permissions.",
}


def first_line(error: Exception) -> str:
    """The first line of an error's words, short enough to show."""
    return str(error).strip().splitlines()[0][:200]
