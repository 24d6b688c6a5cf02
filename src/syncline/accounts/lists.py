"""A list of accounts without posts, as it is published after a takedown: the signs that need no posts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from syncline import __version__, words
from syncline.accounts.creation_scan import DAY_US
from syncline.accounts.findings import Row, counted
from syncline.accounts.pictures import check_pictures
from syncline.accounts.signs import find_signs_of_list
from syncline.engines.duckdb import DuckDBEngine, connect
from syncline.progress import Progress
from syncline.schema import ACCOUNTS, FINDINGS, TABLES
from syncline.settings import Settings
from syncline.sources import ReadResult, read
from syncline.traces import NORMALISER


@dataclass(frozen=True)
class Examined:
    """What a list of accounts shows: all tables of `schema.TABLES` on `connection`, `run` for run.json."""

    connection: duckdb.DuckDBPyConnection
    run: dict[str, Any]
    findings: list[Row]

    @property
    def claims(self) -> list[dict[str, Any]]:
        """The findings that apply: sign, accounts, of, first, last, p_bound, statement, account_ids.

        `first` and `last` are the first and last creation time among the accounts, UTC, as ISO text: a date
        where only dates are known, null where none is.
        """
        known = (json.loads(row["numbers"]).get("resolution_us", 1) for row in self.findings)
        dates = max(known, default=1) >= DAY_US
        return [_claim(row, dates) for row in self.findings if row["applies"]]


def examine(
    files: Sequence[str | Path],
    controls: str | Path | None = None,
    settings: Settings | None = None,
    progress: Progress | None = None,
    *,
    images: Path | None = None,
    known_images: Path | None = None,
) -> Examined:
    """Read `files` as one list of accounts, and compare it with the accounts of `controls`, if given.

    A file of posts counts as a list of their authors. Accounts of the list are left out of the controls.
    `images` and `known_images` as in `find_signs`. Raises SynclineError for a file that cannot be read.
    """
    settings, progress = settings or Settings(), progress or Progress()
    check_pictures(images, known_images)
    connection = connect()
    result = read(connection, files, progress=progress)
    accounts = _accounts(connection)
    beside, inputs, notes = None, list(result.inputs), _merged(result, accounts)
    if controls is not None:
        beside, control_inputs, more = _controls(controls, accounts, progress)
        inputs += control_inputs
        notes += more
    with progress.stage("looking for signs"):
        findings = find_signs_of_list(accounts, settings, beside, images=images, known_images=known_images)
    notes += [row["statement"] for row in findings if not json.loads(row["numbers"])["sufficient"]]
    notes += _renamed(connection)
    _complete(connection, findings)
    run = _run(connection, settings, inputs, findings, accounts.num_rows, notes)
    return Examined(connection, run, findings)


def _accounts(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    query = f"SELECT {', '.join(ACCOUNTS.names)} FROM accounts ORDER BY platform, account_id"
    return connection.sql(query).to_arrow_table().cast(ACCOUNTS)


def _controls(
    path: str | Path, accounts: pa.Table, progress: Progress
) -> tuple[pa.Table, list[dict[str, Any]], list[str]]:
    with connect() as connection:
        result = read(connection, [path], behaviours=(), progress=progress)
        controls = _accounts(connection)
    listed = set(
        zip(*(accounts.column(name).to_pylist() for name in ("platform", "account_id")), strict=True)
    )
    keys = zip(*(controls.column(name).to_pylist() for name in ("platform", "account_id")), strict=True)
    others = controls.filter(pa.array([key not in listed for key in keys], pa.bool_()))
    notes = _merged(result, controls)
    shared = controls.num_rows - others.num_rows
    if shared:
        notes.append(
            f"{words.plural(shared, 'control account')} {words.verb(shared, 'is', 'are')} on the list too, "
            f"and {words.verb(shared, 'was', 'were')} left out of the controls."
        )
    return others, result.inputs, notes


def _merged(result: ReadResult, accounts: pa.Table) -> list[str]:
    """A word on rows that share an id: ids that a spreadsheet rounded make one account of several."""
    if len(result.inputs) != 1:
        return []
    (one,) = result.inputs
    missing = one["accounts"] - accounts.num_rows
    if missing <= 0 or one["posts"]:
        return []
    return [
        f"{one['path']}: {words.plural(missing, 'row')} {words.verb(missing, 'shares', 'share')} the id of "
        f"another row and {words.verb(missing, 'was', 'were')} read as the same account. If ids were rounded "
        "on the way, the handles are the better key."
    ]


def _renamed(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A word on accounts that have another handle in another file, as repeated exports show."""
    ((renamed,),) = connection.execute(
        "SELECT count(*) FROM (SELECT 1 FROM account_history WHERE username <> '' GROUP BY platform, account_id"
        " HAVING count(DISTINCT lower(username)) > 1 AND count(DISTINCT source_file) > 1)"
    ).fetchall()
    if not renamed:
        return []
    return [
        f"{words.plural(renamed, 'account')} {words.verb(renamed, 'has', 'have')} another handle in another file."
    ]


def _complete(connection: duckdb.DuckDBPyConnection, findings: list[Row]) -> None:
    """Make the tables of a case that a list of accounts leaves empty, and the findings."""
    engine = DuckDBEngine(connection)
    for name, columns in TABLES.items():
        if not engine.has(name):
            engine.put(name, columns.empty_table())
    engine.put("findings", pa.Table.from_pylist(findings, schema=FINDINGS))


def _run(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    inputs: list[dict[str, Any]],
    findings: list[Row],
    accounts: int,
    notes: list[str],
) -> dict[str, Any]:
    posts, rejects = (
        connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in ("posts", "rejects")
    )
    applying = [row for row in findings if row["applies"]]
    said = [row["statement"] for row in applying]
    found = counted([row["sign"] for row in applying])
    return {
        "syncline": __version__,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": settings.model_dump(mode="json"),
        "seed": settings.seed,
        "engine": settings.engine,
        "normaliser": NORMALISER,
        "inputs": inputs,
        "rows": {
            "in": sum(each["rows"] for each in inputs),
            "posts": posts,
            "duplicates": sum(each["duplicates"] for each in inputs),
            "rejects": rejects,
            "accounts": accounts,
        },
        "resolution_us": 1,
        "windows_s": [],
        "windows_refused": [],
        "behaviours": [],
        "outcome": "insufficient data",
        "outcome_why": "A list of accounts without their posts can show no coordination. "
        f"{found} {words.verb(len(said), 'was', 'were')} found on the accounts "
        "themselves.",
        "signs": [row["sign"] for row in applying],
        "accounts_tested": 0,
        "pairs_tested": 0,
        "edges": 0,
        "networks": 0,
        "pairs": 0,
        "named": 0,
        "suspects": 0,
        "placebo": [],
        "minute_share": None,
        "first_us": None,
        "last_us": None,
        "timings": {},
        "notes": said + notes,
    }


def _claim(row: Row, dates: bool) -> dict[str, Any]:
    numbers = json.loads(row["numbers"])
    return {
        "sign": row["sign"],
        "accounts": numbers["accounts"],
        "of": numbers["of"],
        "first": _iso(numbers["first_us"], dates),
        "last": _iso(numbers["last_us"], dates),
        "p_bound": numbers["p_bound"],
        "statement": row["statement"],
        "account_ids": row["account_ids"],
    }


def _iso(time_us: int | None, dates: bool) -> str | None:
    at = None if time_us is None else words.moment(time_us)
    if at is None:
        return None
    return at.date().isoformat() if dates else at.isoformat().replace("+00:00", "Z")
