"""Inputs into the tables `posts`, `accounts` and `rejects`, every row accounted for."""

import hashlib
import re
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from syncline.errors import SynclineError, UsageError
from syncline.progress import Progress
from syncline.schema import BEHAVIOURS
from syncline.sources import settle
from syncline.sources.blind import blind_behaviours
from syncline.sources.discover import Found, discover
from syncline.sources.format import Format, Probe
from syncline.sources.handles import name_by_handles
from syncline.sources.history import gather_history
from syncline.sources.ids import may_be_damaged, refuse_damaged
from syncline.sources.load import Source, create_tables, load
from syncline.sources.mapping import Mapping, mapped_format, read_mapping
from syncline.sources.probe import probe
from syncline.sources.sniff import Candidate, choose, format_names
from syncline.sources.sql import single
from syncline.sources.together import alike, load_together
from syncline.sources.watch import share_told
from syncline.sources.written import said_of_zones

_HASHED_AT_ONCE = 1 << 18


@dataclass(frozen=True)
class ReadResult:
    """What was read.

    `inputs`: for each file path, sha256, bytes, format, why (that format), rows, posts, merged (rows
    joined to a post that has several objects), duplicates, rejects (with the duplicates), accounts,
    columns (column of posts or accounts: columns of the file), blind (behaviour and why) and notes
    (what a reader must know of the format).
    rows = posts + merged + accounts + rejects, where accounts are the rows that only describe one.
    `skipped`: path and why, for files met in a folder that hold neither posts nor accounts.
    `resolution_us`: the unit on whose multiples at least 99% of all times fall.
    """

    inputs: list[dict[str, Any]]
    resolution_us: int
    skipped: list[dict[str, str]] = field(default_factory=list)


@dataclass
class _File:
    number: int
    source: Source
    why: str
    digest: "Future[str]"
    rows: int = 0
    notes: list[str] = field(default_factory=list)


def read(
    connection: duckdb.DuckDBPyConnection,
    inputs: Sequence[str | Path],
    *,
    format: str | None = None,
    mapping: str | Path | None = None,
    behaviours: Collection[str] = BEHAVIOURS,
    progress: Progress | None = None,
) -> ReadResult:
    """Fill `posts`, `accounts` and `rejects` (columns of `schema`) from files, folders and globs.

    `posts` may have the numbers of file and row besides, which its columns on the source are made from.
    `format` is a name of `formats()` for all files, `mapping` a TOML file as described in `mapping`. Links, hashtags
    and handles are found in texts, which takes a fifth of the time, only where one of `behaviours` is seen in them.
    Raises SynclineError for a file that was named and cannot be read, UsageError for options that
    make no sense.
    """
    progress = progress or Progress()
    described = options(format, mapping)
    found = discover(inputs)
    platform = described.platform if described else None
    known: list[tuple[Source, str]] = []
    skipped: list[dict[str, str]] = []
    for each in found:
        if each.of_case:
            skipped.append({"path": str(each.path), "why": _OF_CASE})
            continue
        with progress.stage(f"reading {each.path.name}"):
            try:
                look, chosen = recognised(connection, each, format, described)
            except SynclineError as error:
                if each.named:
                    raise
                skipped.append({"path": str(each.path), "why": str(error).removeprefix(f"{each.path}: ")})
            else:
                known.append((Source.of(look, chosen.format, platform, behaviours), chosen.why))
    if not known:
        raise SynclineError(
            f"No posts in {', '.join(map(str, inputs))}: {skipped[0]['path']}: {skipped[0]['why']}"
        )
    stored = create_tables(connection, [source for source, _ in known])
    with _hasher() as hashed:
        files = [
            _File(number, source, why, hashed(Path(source.look.path)))
            for number, (source, why) in enumerate(known)
        ]
        for group in _groups(files, stored):
            with progress.stage(_reading(group)), share_told(connection, progress):
                _load(connection, group, stored)
        with progress.stage("counting posts and accounts"):
            return _settled(connection, files, stored, skipped)


_OF_CASE = "it is part of a case, which an earlier scan wrote; name the file if it is to be read."


@contextmanager
def _hasher() -> Iterator[Callable[[Path], "Future[str]"]]:
    """Hashes files beside the reading; stops at once when the reading fails."""
    given_up = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        try:
            yield lambda path: pool.submit(_sha256, path, given_up)
        except BaseException:
            given_up.set()
            raise


def options(format: str | None, mapping: str | Path | None) -> Mapping | None:
    """The mapping, if one is asked for. Raises UsageError if both are, or for a format that is not known."""
    if format is not None and mapping is not None:
        raise UsageError(
            "--format and --mapping exclude each other: a mapping file says how to read the columns."
        )
    if format is not None and format not in format_names():
        raise UsageError(f"There is no format '{format}'. Known are: {', '.join(format_names())}.")
    return None if mapping is None else read_mapping(mapping)


def recognised(
    connection: duckdb.DuckDBPyConnection, file: Found, format: str | None, described: Mapping | None
) -> tuple[Probe, Candidate]:
    """A look into the file, and its format: asked for, described, or found by its columns."""
    look = probe(connection, file.path)
    if described is not None:
        chosen = Candidate(mapped_format(described, look), "a mapping file was given")
    else:
        chosen = choose(look, format)
    # Whoever gave the pattern said what stands for the zone.
    if described is not None and described.time.format is not None:
        return look, chosen
    return look, replace(chosen, format=_said_of_zones(look, chosen.format))


def _said_of_zones(look: Probe, chosen: Format) -> Format:
    if "time_us" not in chosen.posts:
        return chosen
    return replace(chosen, posts={**chosen.posts, "time_us": said_of_zones(look, chosen.posts["time_us"])})


def _groups(files: Sequence[_File], stored: Collection[str]) -> Iterator[list[_File]]:
    """The files in their order, in groups that are read together."""
    rest = iter(files)
    for group in alike([file.source for file in files], stored):
        yield list(islice(rest, len(group)))


def _reading(group: Sequence[_File]) -> str:
    first, more = Path(group[0].source.look.path).name, len(group) - 1
    return f"reading {first}{f' and {more:,} more like it' if more else ''}"


def _load(connection: duckdb.DuckDBPyConnection, group: Sequence[_File], stored: Collection[str]) -> None:
    numbers, sources = range(group[0].number, group[-1].number + 1), [file.source for file in group]
    chosen = sources[0].format
    table, mapped = ("posts", chosen.posts) if chosen.posts else ("profiles", chosen.accounts)
    if len(group) == 1:
        counted, suspected = [load(connection, numbers[0], sources[0], stored)], {*numbers}
    else:
        counted = load_together(connection, numbers[0], sources, stored)
        suspected = may_be_damaged(connection, table, numbers, mapped)
    for file, rows in zip(group, counted, strict=True):
        file.rows = rows
        if file.number in suspected:
            file.notes += refuse_damaged(connection, table, file.number, file.source.look, mapped)
        _refuse_unusable(connection, table, file)


def _refuse_unusable(connection: duckdb.DuckDBPyConnection, table: str, file: _File) -> None:
    """A file of which no row can be used was misunderstood: better an error than an empty case."""
    of_file = f"FROM {table} WHERE file_number = {file.number}"
    if not file.rows:
        raise SynclineError(f"{file.source.look.path}: the file holds no rows.")
    if single(connection, f"SELECT count(*) {of_file} AND (reason IS NULL OR reason = 'profile')")[0]:
        return
    reason, detail, row = single(
        connection, f"SELECT reason, detail, row_number {of_file} ORDER BY row_number LIMIT 1"
    )
    advice = _DAYS if re.fullmatch(_SERIAL_DAY, str(detail)) else _ADVICE.get(str(reason), "")
    raise SynclineError(
        f"{file.source.look.path}, row {row}: none of its {file.rows} rows can be used; the first says {reason}"
        f"{f' ({detail})' if detail else ''}. {advice}".rstrip()
    )


_SERIAL_DAY = r"[3-7]\d{4}"
_DAYS = (
    "Whole numbers like this are days as spreadsheets count them, without the time of day: give the column a format "
    "that shows date and time, and export it again."
)
_ADVICE = {
    "bad_time": "If the times are right, say how they are written: [time] format in a file for --mapping.",
    "no_time": "Say in a mapping file which column holds the time, and give it with --mapping.",
    "no_account": "Say in a mapping file which column holds the account, and give it with --mapping.",
    "broken_row": "The rows do not fit the header: check separator and quotes, or export the file again.",
}


def _settled(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[_File],
    stored: Collection[str],
    skipped: list[dict[str, str]],
) -> ReadResult:
    settle.fill_source_rows(connection, stored)
    paths = [each.source.look.path for each in files]
    labels = _labels(files)
    for number, words in name_by_handles(connection, paths).items():
        files[number].notes.append(words)
    settle.name_nameless_posts(connection, labels)
    merged = [each.number for each in files if each.source.format.merge]
    renumbered = settle.set_repeats_aside(connection, merged, stored, labels)
    settle.gather_states(connection)
    gather_history(connection, paths, _read_twice(files))
    settle.gather_accounts(connection)
    counted = settle.count_rows(connection, len(files))
    for numbers, words in zip(renumbered, (_SHARED, _COUNTED_BY_ITSELF), strict=True):
        for number in numbers:
            files[number].notes.append(f"{paths[number]}: {words}")
    inputs = [_described(file, counts) for file, counts in zip(files, counted, strict=True)]
    settle.set_rejects_aside(connection, paths, stored)
    return ReadResult(inputs, settle.time_resolution_us(connection), skipped)


_SHARED = (
    "post_id was left out, since most of its values that repeat stand for posts of other accounts at other times, as "
    "that of a thread or a video does; the posts are known by file and row."
)
_COUNTED_BY_ITSELF = (
    "its posts are counted by themselves, as another file has the same numbers for other posts; they were joined with "
    "the name of the chat's first file."
)


def _first_alike(files: Sequence[_File]) -> list[int]:
    """For each file the first one that has the same bytes."""
    first: dict[str, int] = {}
    return [first.setdefault(each.digest.result(), each.number) for each in files]


def _read_twice(files: Sequence[_File]) -> list[int]:
    """The files whose bytes are those of an earlier one."""
    return [number for number, first in enumerate(_first_alike(files)) if first != number]


def _labels(files: Sequence[_File]) -> list[str]:
    """What tells the files apart: as much of the end of a path as no other has; the same for the same bytes."""
    alike = _first_alike(files)
    parts = {number: Path(files[number].source.look.path).parts for number in alike}
    lengths = dict.fromkeys(parts, 1)

    def label(number: int) -> str:
        return "/".join(parts[number][-lengths[number] :])

    while True:
        counted = Counter(map(label, parts))
        short = [each for each in parts if counted[label(each)] > 1 and lengths[each] < len(parts[each])]
        if not short:
            return [label(number) for number in alike]
        for number in short:
            lengths[number] += 1


def _described(file: _File, counts: settle.Counts) -> dict[str, Any]:
    look, chosen = file.source.look, file.source.format
    return {
        "path": look.path,
        "sha256": file.digest.result(),
        "bytes": Path(look.path).stat().st_size,
        "format": chosen.name,
        "why": file.why,
        "rows": file.rows,
        "posts": counts.posts,
        "merged": counts.merged,
        "duplicates": counts.duplicates,
        "rejects": counts.rejects,
        "accounts": counts.accounts,
        "columns": chosen.columns_used(),
        "blind": blind_behaviours(chosen) if chosen.posts else [],
        "notes": chosen.notes_for(look) + file.notes,
    }


def _sha256(path: Path, given_up: threading.Event) -> str:
    digest = hashlib.sha256()
    # One buffer that stays in the processor's cache.
    part = memoryview(bytearray(_HASHED_AT_ONCE))
    with path.open("rb", buffering=0) as stream:
        while not given_up.is_set() and (size := stream.readinto(part)):
            digest.update(part[:size])
    return digest.hexdigest()
