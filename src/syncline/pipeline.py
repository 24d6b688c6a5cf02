"""The road from files to a case: every room in its order, and what is measured on the way."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from syncline import __version__, memory, words
from syncline.accounts import add_signs, check_pictures
from syncline.campaigns import find_campaigns
from syncline.case import Case, found_networks, hidden_beside, unused, write_case
from syncline.coaction import CONSTANTS, Nulls, Tested, against_chance, against_the_crowd, discover
from syncline.engines.duckdb import DuckDBEngine, connect
from syncline.engines.engine import Engine
from syncline.errors import SynclineError
from syncline.interrupt import interruptible
from syncline.networks import (
    SYNCHRONOUS,
    Checks,
    conclude,
    confirm,
    explain_networks,
    find_networks,
    find_synchronous_groups,
    ladder,
    minute_share,
    permuted_copy,
    write_synchronous,
    write_tables,
)
from syncline.networks.power import Power, smallest_network
from syncline.notes import Notes, read_notes
from syncline.progress import Progress
from syncline.report import write_report
from syncline.schema import BEHAVIOURS, TABLES
from syncline.settings import Settings
from syncline.sources import ReadResult, read
from syncline.sources.size import rows_roughly
from syncline.traces import HABITS, NORMALISER, Customs, build_traces, customs, leave_habits_out, write_traces

_SECOND_US = 1_000_000
# Above this many posts one permuted copy is made by default instead of three.
_MANY_POSTS = 2_000_000


# What the case is written from: its tables, and what those of them that are views read.
_WRITTEN = (
    *TABLES,
    "accounts_coded",
    "behaviour_names",
    "meetings",
    "objects",
    "traces_coded",
)
# What rooms further down the road still read when the evidence stands.
_LASTING = (*_WRITTEN, "account_history", "cleared")


@dataclass(frozen=True)
class _Found:
    tested: Tested
    links: int
    suspects: int
    power: Power | None  # None where there is a network


def scan(
    inputs: Sequence[str | Path],
    out: Path,
    settings: Settings,
    *,
    format: str | None = None,
    mapping: str | Path | None = None,
    images: Path | None = None,
    known_images: Path | None = None,
    progress: Progress | None = None,
    overwrite: bool = False,
) -> Case:
    """Read `inputs`, find networks, and write the case to the folder `out`, whose notes are honoured and kept.

    `images` and `known_images` as in `syncline.accounts.find_signs`.
    Raises SynclineError for input that cannot be read and for a case that cannot be written.
    """
    progress = progress or Progress()
    # Notes that cannot be understood are said now, rather than after a long scan.
    notes = read_notes(out)
    check_pictures(images, known_images)
    memory.check_room(rows_roughly(inputs), settings.memory)
    with (
        memory.watched(settings.memory),
        _connected(settings, out) as connection,
        interruptible(connection),
        _for_evidence(engine := _engine(connection, settings), settings, out, progress) as evidence,
    ):
        with progress.stage("reading"):
            result = read(connection, inputs, format=format, mapping=mapping, progress=progress)
            _refuse_profiles_alone(result)
        nulls, refused = _nulls(settings, result.resolution_us)
        with progress.stage("traces"):
            build_traces(engine, settings.behaviours)
            left_out = customs(engine)
        engine.share(int(engine.row("SELECT count(*) FROM traces_coded")[0]))
        found = _find(evidence, nulls, progress)
        behaviours = _behaviours(evidence, result, settings)
        _check(evidence, nulls, found, settings, progress)
        if left_out.in_all:
            # A feed's habit is what such groups show.
            evidence.make("traces", "SELECT * FROM traces_coded")
        with progress.stage("groups in the same second"):
            find_synchronous_groups(evidence, nulls)
        with progress.stage("tables"):
            write_tables(engine)
            write_synchronous(engine)
        engine.put("cleared", _cleared(notes))
        with progress.stage("signs of the accounts"):
            add_signs(engine, settings, images=images, known_images=known_images)
        placebo = _placebo(evidence, nulls, settings, progress)
        evidence.keep_only(*_LASTING)
        with progress.stage("tables"):
            write_traces(engine)
        with progress.stage("campaigns"):
            find_campaigns(engine, settings.seed, result.resolution_us)
        engine.keep_only(*_WRITTEN)
        run = _run(engine, settings, result, nulls, refused, found, left_out, behaviours, placebo, progress)
        return write_case(
            connection, run, out, write_report=write_report, overwrite=overwrite, progress=progress
        )


@contextmanager
def _connected(settings: Settings, out: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that spills to the disk of `out`, and takes away again what it spilled."""
    spill = hidden_beside(out, "spill")
    try:
        with _connect(settings, spill) as connection:
            yield connection
    finally:
        shutil.rmtree(spill, ignore_errors=True)


@contextmanager
def _for_evidence(
    driver: DuckDBEngine, settings: Settings, out: Path, progress: Progress
) -> Iterator[Engine]:
    """What makes the evidence: the engine that does everything else, or Spark beside it."""
    if settings.engine == "duckdb":
        yield driver
        return
    from syncline.engines.spark_session import spark_session

    master = settings.master or f"local[{settings.threads or '*'}]"
    scratch = hidden_beside(out, "spark")
    try:
        with ExitStack() as stack:
            with progress.stage("starting Spark"):
                session = stack.enter_context(spark_session(master, scratch))
            # Needs what the session has looked for.
            from syncline.engines.spark import SparkEngine

            yield SparkEngine(session, driver, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _connect(settings: Settings, spill: Path) -> duckdb.DuckDBPyConnection:
    config: dict[str, Any] = {
        "allocator_flush_threshold": "64MB",
        "temp_directory": str(spill),
    }
    if settings.threads is not None:
        config["threads"] = settings.threads
    return connect(config)


def _engine(connection: duckdb.DuckDBPyConnection, settings: Settings) -> DuckDBEngine:
    """The engine with the bound that it and everything beside it keep together."""
    if settings.memory is None:
        return DuckDBEngine(connection)
    memory.keep_little()
    return DuckDBEngine(connection, bound=memory.in_bytes(settings.memory))


def _nulls(settings: Settings, resolution_us: int) -> tuple[Nulls, list[dict[str, Any]]]:
    """The windows that the data's own clock can tell apart, and those it cannot, with the reason."""
    asked = [(window, round(window * _SECOND_US)) for window in settings.windows]
    kept = tuple(window_us for _, window_us in asked if window_us >= resolution_us)
    refused = [
        {
            "window_s": window,
            "why": f"the log's times are only exact to {words.duration(resolution_us)}",
        }
        for window, window_us in asked
        if window_us < resolution_us
    ]
    # A log whose clock is coarser than every window is judged at its own clock's tick.
    windows_us = kept or (resolution_us,)
    return Nulls(windows_us, settings.alpha, settings.alpha_suspects, settings.seed, resolution_us), refused


def _find(engine: Engine, nulls: Nulls, progress: Progress) -> _Found:
    leave_habits_out(engine)
    with progress.stage("evidence against chance"):
        tested = against_chance(engine, nulls)
    with progress.stage("evidence against the crowd"):
        against_the_crowd(engine, nulls, tested)
        links = discover(engine, nulls, tested)
    with progress.stage("networks"):
        find_networks(engine, nulls.seed)
        power = None if engine.row(_NETWORKS)[0] else smallest_network(engine, nulls, tested, links)
        explain_networks(engine)
    return _Found(tested, links, int(engine.row("SELECT count(*) FROM suspects")[0]), power)


_NETWORKS = "SELECT count(*) FROM (SELECT network FROM memberships GROUP BY network HAVING count(*) > 2)"


def _check(engine: Engine, nulls: Nulls, found: _Found, settings: Settings, progress: Progress) -> None:
    checks = Checks(nulls, found.tested, found.tested.log_bar(nulls.alpha, found.links))
    if settings.confirm and found.links:
        with progress.stage("confirmation on other days"):
            confirm(engine, checks)
    else:
        engine.put("confirmations", _NO_CONFIRMATIONS)
    with progress.stage("other explanations"):
        ladder(engine, checks)
        conclude(engine)


def _cleared(notes: Notes) -> pa.Table:
    """The accounts that an analyst has cleared: no part of a network's signs and campaigns, nor of the crowd."""
    columns = [list(column) for column in zip(*notes.cleared, strict=True)] or [[], []]
    return pa.table(
        {"platform": pa.array(columns[0], pa.string()), "account_id": pa.array(columns[1], pa.string())}
    )


def _placebo(engine: Engine, nulls: Nulls, settings: Settings, progress: Progress) -> dict[str, Any]:
    posts = engine.row("SELECT count(*) FROM posts")[0]
    copies = settings.placebo_copies
    if copies is None:
        copies = 3 if posts <= _MANY_POSTS else 1
    results = []
    with progress.stage("placebo copies"):
        for copy in range(1, copies + 1):
            progress.detail(f"{copy} of {copies}")
            results.append(asdict(permuted_copy(engine, nulls, copy)))
    with progress.stage("times redrawn"):
        share = minute_share(engine, nulls) if copies else None
    return {"placebo": results, "minute_share": share}


def _behaviours(engine: Engine, result: ReadResult, settings: Settings) -> list[dict[str, Any]]:
    counted: dict[int, dict[str, int]] = {}
    for query in _COUNTED:
        for row in engine.fetch(query).to_pylist():
            counted.setdefault(row.pop("behaviour"), {}).update(row)
    blind = _blind_everywhere(result)
    empty = {"accounts": 0, "traces": 0, "objects": 0, "used_pairs": 0, "left_out_objects": 0}
    return [
        {**empty, **counted.get(BEHAVIOURS.index(name), {}), "behaviour": name, "blind": blind.get(name)}
        for name in settings.behaviours
    ]


# What each behaviour gave, and what became of it.
_COUNTED = (
    """
    SELECT behaviour, count(DISTINCT account) AS accounts, count(*) AS traces, count(DISTINCT object) AS objects
    FROM traces_coded GROUP BY behaviour
    """,
    "SELECT behaviour, count(*) AS used_pairs FROM judged_meetings GROUP BY behaviour",
    """
    SELECT behaviour, count(DISTINCT object) AS left_out_objects
    FROM eligible WHERE NOT usable GROUP BY behaviour
    """,
)


def _tick_alone(nulls: Nulls, settings: Settings) -> list[str]:
    """What is looked at where the log's clock is coarser than every window that was asked for."""
    (first, *more) = nulls.windows_us
    if more or first <= max(settings.windows) * _SECOND_US:
        return []
    return [f"So accounts count as together that acted within {words.duration(first)}, the clock's own step."]


def _hardly_a_crowd(found: _Found) -> list[str]:
    """That most accounts are suspects, where anybody is linked: they are judged by the few others."""
    rest = found.tested.accounts - found.suspects
    if not found.links or found.suspects <= rest:
        return []
    return [
        f"{words.number(found.suspects)} of the {words.plural(found.tested.accounts, 'account')} compared met more "
        f"often than chance explains; what interest and news explain was learnt from the other {words.number(rest)}. "
        "Logs collected around a suspicion look like that, and so do channels that pass on each other's posts: shared "
        "interest is ruled out less surely here than in a log with many bystanders."
    ]


def _with_names(engine: DuckDBEngine, left_out: Customs) -> Customs:
    """Customs to mention an account get the `name` that the log knows it by; an id says nothing to a reader."""
    mentioned = [custom["what"] for custom in left_out.told if custom["behaviour"] == "mention"]
    if not mentioned:
        return left_out
    engine.put("mentioned", pa.table({"id": pa.array(mentioned, pa.string())}))
    known = engine.fetch(
        "SELECT id, max(username) AS name FROM accounts JOIN mentioned ON id = lower(platform || ':' || account_id)"
        " WHERE username <> '' GROUP BY id"
    )
    engine.drop("mentioned")
    names = {("mention", row["id"]): {"name": row["name"]} for row in known.to_pylist()}
    told = [custom | names.get((custom["behaviour"], custom["what"]), {}) for custom in left_out.told]
    return Customs(told, left_out.in_all)


def _told(left_out: Customs) -> list[str]:
    if not left_out.told:
        return []
    first = left_out.told[0]
    return [
        "What accounts do day after day, each at its own time, was not counted as evidence: "
        f"{words.plural(left_out.in_all, 'custom')}, above all {words.CUSTOMS[first['behaviour']]} "
        f"“{first.get('name') or first['what']}” by {words.plural(first['accounts'], 'account')}."
        + unused.to_look_into(left_out.told)
    ]


def _blind_everywhere(result: ReadResult) -> dict[str, str]:
    """Behaviours that no file's format can give, with the first file's reason."""
    posts = [file for file in result.inputs if file.get("posts")]
    reasons = [{item["behaviour"]: item["why"] for item in file["blind"]} for file in posts]
    if not reasons:
        return {}
    return {name: why for name, why in reasons[0].items() if all(name in other for other in reasons)}


def _run(
    engine: DuckDBEngine,
    settings: Settings,
    result: ReadResult,
    nulls: Nulls,
    refused: list[dict[str, Any]],
    found: _Found,
    left_out: Customs,
    behaviours: list[dict[str, Any]],
    placebo: dict[str, Any],
    progress: Progress,
) -> dict[str, Any]:
    networks, pairs, named = engine.row(
        "SELECT count(*) FILTER (WHERE kind = 'network'), count(*) FILTER (WHERE kind = 'pair'),"
        " coalesce(sum(named), 0)::BIGINT FROM networks"
    )
    first_us, last_us, posts = engine.row("SELECT min(time_us), max(time_us), count(*) FROM posts")
    synchronous = engine.row("SELECT count(DISTINCT group_id) FROM synchronous")[0]
    outcome, why = _outcome(found, networks, pairs, named)
    left_out = _with_names(engine, left_out)
    return {
        "syncline": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": settings.model_dump(mode="json"),
        "constants": CONSTANTS | HABITS | SYNCHRONOUS,
        "seed": settings.seed,
        "engine": settings.engine,
        "normaliser": NORMALISER,
        "inputs": result.inputs,
        "skipped": result.skipped,
        "rows": _rows(engine, result, posts),
        "resolution_us": result.resolution_us,
        "windows_s": [window / _SECOND_US for window in nulls.windows_us],
        "windows_refused": refused,
        "behaviours": behaviours,
        "customs": left_out.told,
        "customs_in_all": left_out.in_all,
        "accounts_tested": found.tested.accounts,
        "pairs_tested": found.tested.pairs_compared,
        "actions_min": found.tested.actions_min,
        "outcome": outcome,
        "outcome_why": why,
        "edges": found.links,
        "networks": networks,
        "pairs": pairs,
        "named": named,
        "suspects": found.suspects,
        "synchronous_groups": synchronous,
        **placebo,
        "first_us": first_us,
        "last_us": last_us,
        "timings": progress.timings,
        "notes": [
            *(
                f"The window of {words.duration(round(item['window_s'] * _SECOND_US))} was not used: {item['why']}."
                for item in refused
            ),
            *_tick_alone(nulls, settings),
            *_hardly_a_crowd(found),
            *memory.too_narrow(settings.memory),
            *_skipped_in_words(result.skipped),
            *dict.fromkeys(note for file in result.inputs for note in file["notes"]),
            *_told(left_out),
        ],
    }


def _refuse_profiles_alone(result: ReadResult) -> None:
    """A scan of no posts would say that nothing was found."""
    if not any(file["posts"] for file in result.inputs):
        first = result.inputs[0]
        raise SynclineError(
            f"{first['path']}: there are profiles of accounts here and no posts, which a scan compares. Give the posts "
            "as well; to look at a list of accounts by itself, run: syncline accounts"
        )


def _rows(engine: DuckDBEngine, result: ReadResult, posts: int) -> dict[str, int]:
    total = {
        name: sum(int(file.get(name, 0)) for file in result.inputs)
        for name in ("rows", "merged", "duplicates", "rejects")
    }
    accounts = engine.row("SELECT count(*) FROM accounts_coded")[0]
    return {
        "in": total["rows"],
        "posts": posts,
        "merged": total["merged"],
        "duplicates": total["duplicates"],
        "rejects": total["rejects"],
        "accounts": accounts,
    }


def _skipped_in_words(skipped: Sequence[dict[str, str]]) -> list[str]:
    if not skipped:
        return []
    first, number = skipped[0], len(skipped)
    which = "It is" if number == 1 else "The first is"
    files = f"{words.plural(number, 'file')} met in a folder {words.verb(number, 'was', 'were')} not read."
    return [f"{files} {which} {first['path']}: {first['why']}"]


def _outcome(found: _Found, networks: int, pairs: int, named: int) -> tuple[str, str]:
    if found.power is None:
        return "networks", found_networks(networks, named)
    if pairs:
        return (
            "pairs",
            f"Two accounts alone are a pair, often one person's, and no network. {found.power.why}",
        )
    if not found.power.sufficient:
        return "insufficient data", found.power.why
    return "nothing found", (
        "No two accounts act together more than chance, the news of the day and shared taste explain. "
        f"{found.power.why}"
    )


_NO_CONFIRMATIONS = pa.table({"network": pa.array([], pa.int64()), "confirmed": pa.array([], pa.string())})
