"""The case: one scan's folder, written whole or not at all, reopened, queried and verified.

A case holds `run.json`, one parquet file for each table of `syncline.schema.TABLES`, `report.html`
and `manifest.sha256`, which `sha256sum -c` understands. `notes.toml`, the analyst's own file, stands beside
them: it is in no manifest, and no scan overwrites it.
"""

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from syncline.case.clearing import leave_out
from syncline.engines.duckdb import connect, execute
from syncline.errors import SynclineError, UsageError
from syncline.faults import in_words, reason
from syncline.notes import NOTES, Notes, read_notes
from syncline.progress import Progress
from syncline.safety import terminal_safe
from syncline.schema import TABLES

if TYPE_CHECKING:
    import pandas

CASE_FORMAT = 1
RUN = "run.json"
REPORT = "report.html"
MANIFEST = "manifest.sha256"
_FILES = frozenset({RUN, REPORT, MANIFEST, *(f"{table}.parquet" for table in TABLES)})

# Orders that leave no tie and cost little: posts mostly come in theirs, and sorting traces by
# time first spares most comparisons of text. The other tables are in the order of their columns.
_ORDER = {
    "co_actions": "account_a, account_b, time_a_us, time_b_us, behaviour, object, post_a, post_b, platform_a,"
    " platform_b",
    "posts": "source_file, source_row, platform, account_id, post_id, time_us",
    "traces": "behaviour, time_us, platform, account_id, object, post_id",
}
_TYPES = {
    pa.string(): "VARCHAR",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
    pa.list_(pa.string()): "VARCHAR[]",
}
# Threads add up in whatever order they come, so that the last digits of a sum differ from run to run.
_DIGITS = "%.7g"
# Its numbers come from counts, which add up alike in any order; and it may have millions of rows.
_COUNTED = frozenset({"co_actions"})
# Level 3 of the compression takes a quarter longer than level 2 and saves a thirtieth; dictionaries of strings that
# mostly differ are tried for long and dropped.
_PARQUET = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 2, DICTIONARY_SIZE_LIMIT 1000, WRITE_BLOOM_FILTER false"
# Not "scan again": a damaged case may have been tampered with, and is evidence of that.
_VERIFY = "syncline verify says which files are not as they were written"
# Bytes of a file by which it is known.
_BEGINNING = 2_000
_DATA_ENDINGS = frozenset(
    {".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".parquet", ".gz", ".zst", ".zstd"}
)


class _Table:
    """A table of the case as a DataFrame, read on first use and kept."""

    def __init__(self, doc: str) -> None:
        self.__doc__ = doc

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, case: "Case | None", owner: type | None = None) -> "pandas.DataFrame":
        if case is None:
            raise AttributeError(self.name)
        frame: pandas.DataFrame = case.sql(f"SELECT * FROM {self.name}").df()
        # The instance's own attribute goes before this descriptor, which has no setter.
        case.__dict__[self.name] = frame
        return frame


class Case:
    """A case folder that was opened. Nothing is read before it is asked for.

    `run` is the contents of `run.json`; every table of `syncline.schema.TABLES` is an attribute.
    """

    posts = _Table("The posts that were used.")
    accounts = _Table("Their accounts.")
    rejects = _Table("Rows that were not used, with the reason.")
    traces = _Table("Each account's first action on each object.")
    edges = _Table("Pairs of accounts whose evidence passes.")
    co_actions = _Table("The posts behind each edge, side by side.")
    networks = _Table("Networks, and pairs apart from them.")
    members = _Table("The accounts in them, named or not, with the reason.")
    ladder = _Table("What is left of each network's evidence under each explanation.")
    findings = _Table("Statements about networks, with their numbers.")
    directives = _Table("What each network took up together, one row an object and day.")
    uptake = _Table("Who followed a directive, and how soon.")
    targets = _Table("Whom a network addressed together, one row an episode.")
    applause = _Table("Whom a network lifted up.")
    roles = _Table("What each account did in its network.")
    impact = _Table("Whether anybody outside a network listened to it.")
    synchronous = _Table("Groups in the same second, one row an act; nobody is named by it.")

    def __init__(self, path: Path, run: dict[str, Any]) -> None:
        self.path = path
        self.run = run

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """A connection of the case's own, with one view for each table; it fetches nothing from anywhere.

        Accounts that an analyst has cleared in the notes are in no network there, and what is left of their networks
        is judged anew (`syncline.case.clearing`); the files keep all of it.
        """
        return open_views(self.path, self.notes.cleared)

    @property
    def notes(self) -> Notes:
        """What analysts have written on the case. Raises SynclineError if their file cannot be understood."""
        return read_notes(self.path)

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """Query the case's tables in DuckDB's dialect. Raises duckdb.Error for a faulty query."""
        return self.connection.sql(query)

    def rows(self, query: str, parameters: Mapping[str, object]) -> list[dict[str, Any]]:
        """The answer to `query`, whose `$name` stand for `parameters`, one dict for each row."""
        cursor = self.connection.execute(query, dict(parameters))
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def verify(self) -> dict[str, str]:
        """Compare the folder with its manifest.

        Returns each file that differs with "changed", "missing" or "not in the manifest"; empty when
        the case is as it was written. The analyst's `notes.toml` may change and is not looked at.
        """
        return verify_case(self.path)

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {self.run.get(name)}" for name in ("networks", "pairs", "edges", "named"))
        return f"<Case {terminal_safe(self.path.name)}: {self.run.get('outcome')}; {counts}>"


def default_folder(first_input: str | Path) -> Path:
    """Where a case goes when nobody says: `logs/tweets.csv.gz` gives `tweets.case`, here."""
    name = Path(first_input).name or Path(first_input).resolve().name
    while name.lower().endswith(tuple(_DATA_ENDINGS)):
        name = name[: name.rindex(".")]
    return Path((re.sub(r"[*?\[\]]", "", name).strip(". ") or "scan") + ".case")


def check_output(out: Path, overwrite: bool = False) -> None:
    """Say before a long scan, rather than after it, that `out` is no place for a case.

    Raises SynclineError if it exists and may not be replaced, or if no folder can be made there; UsageError where it
    lies in a case.
    """
    try:
        str(out).encode()
    except UnicodeEncodeError:
        raise SynclineError(f"{str(out)!a}: not a name in UTF-8; choose another folder with -o.") from None
    _refuse_any_case(out, out.resolve().parents)
    _try_to_write(out)
    if not out.exists() and not out.is_symlink():
        return
    if not overwrite:
        raise SynclineError(f"{out}: exists already; choose another folder with -o, or add --overwrite.")
    if not out.is_dir() or (any(out.iterdir()) and not _is_case(out)):
        raise SynclineError(f"{out}: is not a case, so it is not overwritten; choose another folder with -o.")
    refuse_foreign(out, [file.name for file in out.iterdir() if file.name not in _FILES | {NOTES}])


def write_case(
    connection: duckdb.DuckDBPyConnection,
    run: Mapping[str, Any],
    out: Path,
    *,
    write_report: Callable[[Case, Path], None] | None = None,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Case:
    """Write the tables of `connection` and `run` as a case folder at `out`.

    Every table of `syncline.schema.TABLES` must be a table or view of `connection` with at least the
    schema's columns. The folder is made beside its final name and renamed when whole; whatever
    happens, no half case is left. The analyst's `notes.toml` of a case that is replaced is kept.

    Raises SynclineError if `out` exists (see `check_output`) or cannot be written.
    """
    check_output(out, overwrite)
    target = out.resolve()
    workshop = _hidden(target.parent, target, "part")
    unfinished = workshop / target.name
    try:
        unfinished.mkdir(parents=True)
        _write_tables(connection, unfinished, progress or Progress())
        contents = {"case_format": CASE_FORMAT, **run}
        (unfinished / RUN).write_bytes(_json(contents))
        _carry_notes(target, unfinished)
        if write_report is not None:
            write_report(Case(unfinished, contents), unfinished / REPORT)
        (unfinished / MANIFEST).write_text(_manifest(unfinished), encoding="utf-8")
        _put_in_place(unfinished, target)
    except duckdb.OutOfMemoryException as error:
        raise SynclineError(f"{out}: the case could not be written: {in_words(error)}") from error
    except (OSError, duckdb.IOException) as error:
        raise SynclineError(
            f"{out}: the case could not be written ({reason(error)}); nothing is left of it. "
            "Make room there, or choose another folder with -o."
        ) from error
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return Case(out, contents)


def open_case(path: str | Path) -> Case:
    """Open a case folder.

    Raises SynclineError if there is none, if a file is missing, or if a newer Syncline wrote it.
    """
    folder = Path(path)
    _refuse_no_case(folder)
    run = _read_run(folder)
    if run["case_format"] > CASE_FORMAT:
        raise SynclineError(
            f"{folder}: written by a newer Syncline ({run.get('syncline')}); update Syncline to read it."
        )
    missing = [name for name in sorted(_FILES - {REPORT}) if not (folder / name).is_file()]
    if missing:
        raise SynclineError(f"{folder}: the case is not whole, {', '.join(missing)} missing; {_VERIFY}.")
    return Case(folder, run)


def refuse_inside_case(out: Path) -> None:
    """Say that nothing may be written to `out` where that is a case or lies in one: it is evidence, as it was written.

    Raises UsageError.
    """
    _refuse_any_case(out, (out.resolve(), *out.resolve().parents))


def _refuse_any_case(out: Path, places: Iterable[Path]) -> None:
    for folder in places:
        if _looks_like_case(folder):
            raise UsageError(
                f"{out}: lies in the case {folder.name}, which stays as it was written; choose another place."
            )


def refuse_foreign(out: Path, foreign: list[str]) -> None:
    """Raises SynclineError, which names some of them, if the folder `out` holds `foreign` files."""
    if foreign:
        raise SynclineError(
            f"{out}: holds what Syncline did not write ({', '.join(sorted(foreign)[:3])}), so it is not "
            "overwritten; move that away or choose another folder with -o."
        )


def refuse_foreign_file(out: Path, mark: bytes) -> None:
    """Raises SynclineError if there is a file `out` without `mark` in its beginning, which all of its kind bear."""
    if not out.is_file() or not out.stat().st_size:
        return
    with out.open("rb") as opened:
        if mark not in opened.read(_BEGINNING):
            raise SynclineError(
                f"{out}: holds what Syncline did not write, so it is not overwritten; move that away or choose another "
                "place with -o."
            )


def verify_case(folder: Path) -> dict[str, str]:
    """As `Case.verify`, of a folder that may be too damaged to be opened.

    Raises SynclineError if it is no case, or has no manifest left.
    """
    if not (folder / MANIFEST).is_file():
        _refuse_no_case(folder)
        raise SynclineError(
            f"{folder}: {MANIFEST} is missing, so nothing tells whether the rest is as it was written; compare it with "
            "a copy."
        )
    expected = _read_manifest(folder)
    found = {str(file.relative_to(folder)) for file in folder.rglob("*") if not file.is_dir()}
    found -= {MANIFEST, NOTES}
    problems = dict.fromkeys(expected.keys() - found, "missing")
    problems |= dict.fromkeys(found - expected.keys(), "not in the manifest")
    for name in expected.keys() & found:
        if file_sha256(folder / name) != expected[name]:
            problems[name] = "changed"
    return dict(sorted(problems.items()))


def hidden_beside(out: Path, ending: str) -> Path:
    """A hidden name that nothing has yet, in the folder of `out` or the nearest above it that exists."""
    parent = out.resolve().parent
    while not parent.exists():
        parent = parent.parent
    return _hidden(parent, out, ending)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def open_views(folder: Path, cleared: list[tuple[str, str]]) -> duckdb.DuckDBPyConnection:
    """A connection with one view for each table of the case in `folder`, without the accounts `cleared`.

    Besides, it has the table `cleared` (platform, account_id) and the view `found_members`, the members as the scan
    found them.
    """
    connection = connect()
    for table in TABLES:
        connection.execute(f"CREATE VIEW {table} AS {_all_of(folder, table)}").fetchall()
    connection.execute("CREATE TABLE cleared (platform VARCHAR, account_id VARCHAR)").fetchall()
    # As the scan found them: whoever asks about an account is told what became of it.
    connection.execute(f"CREATE VIEW found_members AS {_all_of(folder, 'members')}").fetchall()
    if cleared:
        leave_out(connection, cleared)
    return connection


def _all_of(folder: Path, table: str) -> str:
    return f"SELECT * FROM read_parquet({_literal(_no_glob(folder / f'{table}.parquet'))})"


def _try_to_write(out: Path) -> None:
    try:
        attempt = hidden_beside(out, "part")
        attempt.mkdir()
        attempt.rmdir()
    except OSError as error:
        raise SynclineError(
            f"{out}: no case can be written there ({reason(error)}); choose another folder with -o."
        ) from error


def _hidden(parent: Path, target: Path, ending: str) -> Path:
    return parent / f".{target.name}.{secrets.token_hex(4)}.{ending}"


def _write_tables(connection: duckdb.DuckDBPyConnection, folder: Path, progress: Progress) -> None:
    for number, (table, columns) in enumerate(TABLES.items(), start=1):
        progress.detail(f"{table}, {number} of {len(TABLES)}")
        chosen = ", ".join(f'{_written(column, table in _COUNTED)} AS "{column.name}"' for column in columns)
        query = f"SELECT {chosen} FROM {table}"
        if table != "posts" or not _in_order(connection):
            query += f" ORDER BY {_ORDER.get(table, 'ALL')}"
        file = _literal(str(folder / f"{table}.parquet"))
        execute(connection, f"COPY ({query}) TO {file} ({_PARQUET})")


def _in_order(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the posts stand as their sources gave them, which is their order in the case: sorting texts is dear."""
    return bool(connection.execute(_IN_ORDER).fetchall()[0][0])


_IN_ORDER = """
    SELECT bool_and(before IS NULL OR here > before)
    FROM (
        SELECT (source_file, source_row) AS here, lag((source_file, source_row)) OVER () AS before FROM posts
    )
"""


def _written(column: pa.Field, counted: bool) -> str:
    cast = f'CAST("{column.name}" AS {_TYPES[column.type]})'
    if column.type != pa.float64() or counted:
        return cast
    return f"CAST(printf('{_DIGITS}', {cast}) AS DOUBLE)"


def _put_in_place(unfinished: Path, target: Path) -> None:
    if not target.exists():
        unfinished.rename(target)
        return
    former = _hidden(target.parent, target, "old")
    target.rename(former)
    try:
        # Once more: the analyst may have written while the report was made.
        _carry_notes(former, unfinished)
        unfinished.rename(target)
    except BaseException:
        former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)


def _carry_notes(former: Path, unfinished: Path) -> None:
    if (former / NOTES).is_file():
        shutil.copy2(former / NOTES, unfinished / NOTES)


def _manifest(folder: Path) -> str:
    files = sorted(file for file in folder.iterdir() if file.name != NOTES)
    return "".join(f"{file_sha256(file)}  {file.name}\n" for file in files)


def _read_manifest(folder: Path) -> dict[str, str]:
    lines = (folder / MANIFEST).read_text(encoding="utf-8", errors="replace").splitlines()
    pairs = (line.split("  ", 1) for line in lines if "  " in line)
    return {name: digest for digest, name in pairs}


def _refuse_no_case(folder: Path) -> None:
    if not folder.is_dir():
        advice = "give the folder that it lies in" if folder.name in _FILES else "give the folder of a scan"
        raise SynclineError(f"{folder}: not a case; {advice}, such as tweets.case.")
    if not any((folder / name).is_file() for name in (RUN, MANIFEST)):
        raise SynclineError(f"{folder}: not a case, it has no {RUN}; give the folder of a scan.")


def _read_run(folder: Path) -> dict[str, Any]:
    try:
        run = json.loads((folder / RUN).read_bytes())
    except FileNotFoundError:
        raise SynclineError(f"{folder}: not a case, it has no {RUN}; give the folder of a scan.") from None
    except (OSError, ValueError) as error:
        raise SynclineError(f"{folder / RUN}: cannot be read ({reason(error)}); {_VERIFY}.") from error
    if not isinstance(run, dict) or not isinstance(run.get("case_format"), int):
        raise SynclineError(f"{folder / RUN}: not written by Syncline; give the folder of a scan.")
    return run


def _is_case(folder: Path) -> bool:
    try:
        _read_run(folder)
    except SynclineError:
        return False
    return (folder / MANIFEST).is_file()


def _looks_like_case(folder: Path) -> bool:
    """As `_is_case`, and also where files are damaged or lost: what is left is evidence."""
    try:
        return (folder / MANIFEST).is_file() and any(
            (folder / name).is_file() for name in _FILES - {MANIFEST}
        )
    except PermissionError:
        # Nothing is written where nobody may look.
        return False


def _json(contents: Mapping[str, Any]) -> bytes:
    # File names need not be UTF-8: what is not becomes an escape, which JSON reads back.
    text = json.dumps(contents, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _no_glob(path: Path) -> str:
    return re.sub(r"([*?\[])", r"[\1]", str(path))
