"""All signs of all networks: the one door to this room."""

from pathlib import Path

import duckdb
import pyarrow as pa

from syncline.accounts import across, bios, creation, groups, habits, handles, hours, locations, portraits
from syncline.accounts.findings import ErrorControl, Row, SignTest, judged
from syncline.accounts.groups import Group
from syncline.accounts.pictures import Album
from syncline.engines.duckdb import DuckDBEngine
from syncline.schema import ACCOUNTS, FINDINGS
from syncline.settings import Settings

_SCRATCH = ("account_features", "account_hours", "account_handles", "account_deletions", "account_clients")


def add_signs(
    engine: DuckDBEngine, settings: Settings, *, images: Path | None = None, known_images: Path | None = None
) -> None:
    """Add what `find_signs` finds to the table `findings`, made before, and drop the tables in between."""
    rows = find_signs(engine.connection, settings, images=images, known_images=known_images)
    engine.put("signs_found", pa.Table.from_pylist(rows, schema=FINDINGS))
    engine.connection.execute(
        f"INSERT INTO findings ({', '.join(FINDINGS.names)}) SELECT {', '.join(FINDINGS.names)} FROM signs_found"
    ).fetchall()
    engine.drop("signs_found", *_SCRATCH)


def find_signs(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    controls: pa.Table | None = None,
    *,
    images: Path | None = None,
    known_images: Path | None = None,
) -> list[Row]:
    """Look for every sign in every network of three accounts or more, and for batches in the whole log.

    Reads the tables posts, accounts, networks and members of `connection`, and where they are there account_history
    (columns of schema.ACCOUNTS, a row for each observation) and cleared (platform, account_id): accounts that an
    analyst has cleared, which count neither to a network nor to those that it is compared with. `controls` (columns
    of schema.ACCOUNTS) are compared with instead of accounts of the log, in the signs that need no posts. `images` is
    the folder that avatar_path is in, `known_images` one with pictures to be found again.

    Returns rows of schema.FINDINGS, gauge "authenticity"; `network_id` is None for the whole log; a sign that was
    not found has a row of its own, which says so or why it could not be tested. Raises SynclineError if pictures
    are to be compared and the extra `images` is not installed.
    """
    engine = DuckDBEngine(connection)
    if not engine.has("cleared"):
        engine.put("cleared", _NO_ACCOUNTS)
    some = engine.row("SELECT count(*) FROM networks WHERE kind = 'network'")[0]
    found = groups.networks(engine, settings.seed) if some else []
    beside_controls = found if controls is None else [group.beside(controls) for group in found]
    control = ErrorControl(settings.alpha, max(len(found), 1), settings.seed)
    album = None if images is None else Album(images)
    log = locations.elsewhere(_locations_outside(connection)) if found and controls is None else None
    tests = [
        test for group in beside_controls for test in _of_profiles(group, control, album, known_images, log)
    ]
    if found:
        parts = [part for group in found for part in (group.members, group.others)]
        compared = pa.concat_tables(
            [part.select(["account_number", "platform", "account_id"]) for part in parts]
        )
        week = hours.Week(engine, compared.column("account_number").to_numpy())
        customs = habits.habits(engine, compared)
        tests += [hours.look(group, control, week) for group in found]
        tests += [habits.look(group, control, habit) for group in found for habit in customs]
    alone = ErrorControl(settings.alpha, 1, settings.seed)
    tests.append(creation.look(groups.of_list(_accounts(engine), None), alone))
    members = {
        (platform, account_id): network_id
        for network_id, platform, account_id in connection.execute(
            "SELECT network_id, platform, account_id FROM members"
        ).fetchall()
    }
    return judged(tests, control) + across.rows(across.find_links(engine, control.level), members)


def find_signs_of_list(
    accounts: pa.Table,
    settings: Settings,
    controls: pa.Table | None = None,
    *,
    images: Path | None = None,
    known_images: Path | None = None,
) -> list[Row]:
    """Look for the signs that need no posts in a list of accounts (columns of schema.ACCOUNTS).

    Arguments and rows as in `find_signs`, `network_id` None.
    """
    control = ErrorControl(settings.alpha, 1, settings.seed)
    group = groups.of_list(accounts, controls)
    album = None if images is None else Album(images)
    return judged(_of_profiles(group, control, album, known_images), control)


def _of_profiles(
    group: Group,
    control: ErrorControl,
    images: Album | None,
    known_images: Path | None,
    log: locations.Elsewhere | None = None,
) -> list[SignTest]:
    """The signs that need no posts."""
    return [
        creation.look(group, control),
        handles.look(group, control),
        bios.look(group, control),
        locations.look(group, control, log),
        portraits.look(group, control, images, known_images),
        portraits.look_at_eyes(group, control, images),
    ]


def _locations_outside(connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = (
        "SELECT location FROM accounts ANTI JOIN members USING (platform, account_id)"
        " ANTI JOIN cleared USING (platform, account_id) WHERE location <> ''"
    )
    return [location for (location,) in connection.execute(query).fetchall()]


def _accounts(engine: DuckDBEngine) -> pa.Table:
    return engine.fetch(
        f"SELECT {', '.join(ACCOUNTS.names)} FROM accounts ANTI JOIN cleared USING (platform, account_id)"
        " ORDER BY platform, account_id"
    )


_NO_ACCOUNTS = pa.table({"platform": pa.array([], pa.string()), "account_id": pa.array([], pa.string())})
