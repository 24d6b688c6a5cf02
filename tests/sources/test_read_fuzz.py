"""Mutated fixtures of every format end in rows that are accounted for or in one line of words. Seeded.

10,000 mutated files go through recognition and the readers, 10,000 records with mutated values and 130 mutated files
all the way to posts, accounts and rejects. SYNCLINE_FUZZ=20000 asks for that many of each.
"""

import csv
import io
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import connection, read_paths

from syncline.errors import SynclineError
from syncline.sources.discover import Found
from syncline.sources.load import names_used
from syncline.sources.readers import REJECTS, raw
from syncline.sources.reading import recognised
from syncline.sources.sql import single

FIXTURES = sorted(
    path
    for path in (Path(__file__).parent / "fixtures").rglob("*.*")
    if path.suffix in (".csv", ".json", ".jsonl", ".ndjson") and not path.name.endswith(".golden.json")
)
_ASKED = os.environ.get("SYNCLINE_FUZZ")
RECORDS = int(_ASKED or 10_000) // len(FIXTURES) + 1
FILES = int(_ASKED or 130) // len(FIXTURES) + 1
_LONGEST_S = 5.0

# What people, programs and enemies put where an id, a time, a list or a text should be.
_STRINGS = (
    *(
        "",
        " ",
        "null",
        "nan",
        "None",
        "N/A",
        "true",
        "[]",
        "[",
        "{}",
        '{"a": 1}',
        "['a', 'b']",
        "a,b",
        "[,]",
        "][",
    ),
    *(
        "-1",
        "0",
        "17.0",
        "1e400",
        "9" * 40,
        "0x1F",
        "1,234",
        "½",
        "١٢٣",
        "1577872800",
        "99999999999999999999",
    ),
    *("2020-13-45", "2020-02-30 25:61:61", "0001-01-01", "9999-12-31T23:59:59Z", "2020-01-01 10:00:00 XYZ"),
    *("10/13/2017 7:01 PM", "13.1.2017", "Fri, 13 Oct 2017 19:01:00 GMT (it's)", "20171013190100", "7:01 PM"),
    *(
        "=1+1",
        "<b>&amp;&lt;",
        "\x1b[31m",
        "\u202e",
        "\ufeff",
        "\ufffd",
        "a\tb",
        "a\nb",
        "a\r\nb",
        '"',
        '""',
        "'",
        "\\",
    ),
    *(
        "RT @a: ",
        "RT @",
        "#",
        "@",
        "##a",
        "@@a",
        "https://",
        "https://[::1",
        "http://a,http://b",
        "x" * 5_000,
        "😀" * 50,
    ),
    *("\u0000", "a\u0000b", "%s%n", "$(id)", "'; DROP TABLE posts; --", "{0}", "c0", "سلام#دنیا"),
)
_VALUES = (
    *_STRINGS,
    None,
    True,
    0,
    -1,
    1.5,
    2**63,
    [],
    {},
    [[]],
    [None],
    [{}],
    {"id": None},
    ["a", 1, {}],
)
_BYTES = (
    *(
        b'"',
        b'""',
        b",",
        b"\n",
        b"\r",
        b"\r\n",
        b"\x00",
        b"\xff",
        b"\xc3",
        b"\xef\xbb\xbf",
        b"\t",
        b";",
        b"\\",
        b"\x1a",
    ),
    *(
        b"[",
        b"]",
        b"{",
        b"}",
        b":",
        b"[[[[[[[[",
        b'{"a":' * 50,
        b"\\ud800",
        b"NaN",
        b"-",
        b"\xe2\x80\xa8",
        b"=1+1",
        b" ",
    ),
    *(b"1.23E+18", b"\n\n\n", b"x" * 3_000),
)


def mutated(content: bytes, chance: random.Random) -> bytes:
    """`content` with one to three things done to it."""
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        content = chance.choice(_FILE_MUTATIONS)(content, chance)
    return content


def _replaced(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    until = min(len(content), at + chance.choice((0, 0, 1, 3, 40)))
    return content[:at] + chance.choice(_BYTES) + content[until:]


def _flipped(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(min(len(changed), chance.choice((1, 4, 30)))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] if chance.random() < 0.7 else content[at:]


def _lines_moved(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    if chance.random() < 0.5:
        chance.shuffle(lines)
    else:
        lines += chance.choices(lines, k=3)
    return b"\n".join(lines)


def _written_otherwise(content: bytes, chance: random.Random) -> bytes:
    text = content.decode(errors="replace")
    if chance.random() < 0.3:
        text = text.replace("\n", chance.choice(("\r", "\r\n")))
    if chance.random() < 0.3:
        text = text.replace(",", chance.choice((";", "\t", "|")))
    return text.encode(
        chance.choice(("utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-8")), errors="replace"
    )


_FILE_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    *(_replaced, _replaced, _replaced, _flipped, _cut, _lines_moved, _written_otherwise),
)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Plans of small files are made faster by one thread."""
    connection().execute("SET threads = 1")
    yield
    connection().execute("RESET threads")


def mutants(fixture: Path, folder: Path, cases: int) -> Iterator[tuple[int, Path]]:
    """Mutated copies of a file, one at a time; whoever takes one must be done with it before long."""
    content = fixture.read_bytes()
    for number in range(cases):
        chance = random.Random(f"{fixture.name} {number}")
        path = folder / f"mutated{chance.choice(('.csv', '.json', '.dat'))}"
        path.write_bytes(mutated(content, chance))
        started = time.process_time()
        yield number, path
        assert time.process_time() - started < _LONGEST_S, f"case {number}"


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_mutated_files_end_in_accounted_rows_or_a_line_of_words(fixture: Path, tmp_path: Path) -> None:
    for number, path in mutants(fixture, tmp_path, FILES):
        try:
            got = read_paths(path)
            assert sum(file["rows"] for file in got.result.inputs) > 0
        except SynclineError as error:
            assert path.name in str(error), f"case {number}"


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_readers_give_rows_of_mutated_files_or_a_line_of_words(fixture: Path, tmp_path: Path) -> None:
    for number, path in mutants(fixture, tmp_path, RECORDS):
        try:
            if not raw_rows(path):
                with pytest.raises(SynclineError, match="holds no rows"):
                    read_paths(path)
        except SynclineError as error:
            assert path.name in str(error), f"case {number}"


def test_mutated_parquet_ends_in_accounted_rows_or_a_line_of_words(tmp_path: Path) -> None:
    path = tmp_path / "mutated.parquet"
    rows = [
        {
            "post_id": str(number),
            "account_id": f"a{number % 7}",
            "created_at": 1_577_872_800 + number,
            "text": "#a",
        }
        for number in range(40)
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    content = path.read_bytes()
    read = 0
    for number in range(RECORDS):
        path.write_bytes(mutated(content, random.Random(f"parquet {number}")))
        started = time.process_time()
        try:
            read += sum(file["rows"] for file in read_paths(path).result.inputs) > 0
        except SynclineError as error:
            assert path.name in str(error), f"case {number}"
        assert time.process_time() - started < _LONGEST_S, f"case {number}"
    assert read


def raw_rows(path: Path) -> int:
    """How many rows the reader of the file's format gives, with those it could not split, as `load` asks for them."""
    look, chosen = recognised(connection(), Found(path, True), None, None)
    for careful in (False, True):
        try:
            with raw(connection(), look, chosen.format, names_used(chosen.format), careful) as relation:
                # The words of what is broken ask for every cell.
                (rows, _) = single(
                    connection(), f"SELECT count(*), max(syncline_broken) FROM ({relation.sql})"
                )
                if relation.header_lines is None:
                    return int(rows)
                return int(rows) + int(single(connection(), f"SELECT count(*) FROM {REJECTS}")[0])
        except (duckdb.Error, UnicodeDecodeError) as error:
            # A second failure is told as `load` tells it.
            if careful or look.kind == "parquet":
                raise SynclineError(f"{path}: {error}") from None
    raise AssertionError


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_mutated_values_lose_no_record(fixture: Path, tmp_path: Path) -> None:
    try:
        read_paths(fixture)
    except SynclineError:
        pytest.skip("refused as it is: the format names no accounts")
    chance = random.Random(fixture.name)
    path = tmp_path / fixture.name
    chosen = recognised(connection(), Found(fixture, True), None, None)[1].format
    if fixture.suffix == ".csv":
        path.write_text(_csv_records(fixture, chance), encoding="utf-8", newline="")
    else:
        path.write_text(_json_records(fixture, chance, in_lists=bool(chosen.lists)), encoding="utf-8")
    (file,) = read_paths(path).result.inputs
    # A record that is taken apart may hold several posts or none.
    one_row_each = fixture.suffix == ".csv" or not (chosen.unpack or chosen.lists)
    assert file["rows"] == RECORDS if one_row_each else file["rows"] > 0


def _csv_records(fixture: Path, chance: random.Random) -> str:
    lines = list(csv.reader(io.StringIO(fixture.read_text(encoding="utf-8"), newline="")))
    # Some exports stand under lines about the search, which hold a name and a value.
    header = next(number for number, line in enumerate(lines) if len(line) > 2)
    rows = lines[header + 1 :]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows(lines)
    for _ in range(RECORDS - len(rows)):
        row = list(chance.choice(rows))
        for place in chance.choices(range(len(row)), k=chance.choice((1, 1, 2, 4))):
            row[place] = chance.choice(_STRINGS)
        writer.writerow(row)
    return out.getvalue()


def _json_records(fixture: Path, chance: random.Random, in_lists: bool) -> str:
    text = fixture.read_text(encoding="utf-8")
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        lines = [json.loads(line) for line in text.splitlines() if line.strip()]
        return "".join(json.dumps(record) + "\n" for record in _with_more(lines, chance))
    if isinstance(whole, dict) and not in_lists:
        return "".join(json.dumps(record) + "\n" for record in _with_more([whole], chance))
    records = max(_lists_in(whole), key=len)
    records[:] = _with_more(records, chance)
    return json.dumps(whole)


def _lists_in(document: Any) -> Iterator[list[Any]]:
    """The lists of objects in a document, the outermost first."""
    if isinstance(document, list) and any(isinstance(each, dict) for each in document):
        yield document
    elif isinstance(document, dict):
        for value in document.values():
            yield from _lists_in(value)


def _with_more(records: list[Any], chance: random.Random) -> list[Any]:
    return [
        *records,
        *(_with_mutation(chance.choice(records), chance) for _ in range(RECORDS - len(records))),
    ]


def _with_mutation(record: Any, chance: random.Random) -> Any:
    copy = json.loads(json.dumps(record))
    inner = copy
    # Down a random path, and there another value, or none.
    while isinstance(inner, dict | list) and inner:
        key = chance.choice(list(inner) if isinstance(inner, dict) else range(len(inner)))
        if not isinstance(inner[key], dict | list) or not inner[key] or chance.random() < 0.2:
            if isinstance(inner, dict) and chance.random() < 0.2:
                del inner[key]
            else:
                inner[key] = chance.choice(_VALUES)
            break
        inner = inner[key]
    return copy


def test_the_engine_is_not_left_with_tables_of_the_reading() -> None:
    left = {row[0] for row in connection().execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert left <= {"posts", "accounts", "rejects", "account_history"}
    with pytest.raises(duckdb.CatalogException):
        connection().execute("FROM syncline_records")
