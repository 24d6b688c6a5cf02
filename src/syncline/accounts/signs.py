"""All signs of all networks: the one door to this room."""

import duckdb
import pyarrow as pa

from syncline.accounts import bios, creation, groups, handles, hours, locations
from syncline.accounts.findings import ErrorControl, Row, judged
from syncline.engines.duckdb import DuckDBEngine
from syncline.schema import ACCOUNTS
from syncline.settings import Settings

# The signs that need no posts.
_OF_PROFILES = (creation.look, handles.look, bios.look, locations.look)


def find_signs(
    connection: duckdb.DuckDBPyConnection, settings: Settings, controls: pa.Table | None = None
) -> list[Row]:
    """Look for every sign in every network of three accounts or more, and for batches in the whole log.

    Reads the tables posts, accounts, networks and members of `connection`. `controls` (columns of
    schema.ACCOUNTS) are compared with instead of accounts of the log. Returns rows of schema.FINDINGS, gauge
    "authenticity"; `network_id` is None for the whole log; a sign that was not found has a row of its own.
    """
    engine = DuckDBEngine(connection)
    found = groups.networks(engine, settings.seed, controls)
    control = ErrorControl(settings.alpha, max(len(found), 1), settings.seed)
    week = hours.Week(engine)
    tests = [look(group, control) for group in found for look in _OF_PROFILES]
    tests += [hours.look(group, control, week) for group in found]
    tests.append(creation.look(groups.of_list(_accounts(engine), None), control))
    return judged(tests, control)


def find_signs_of_list(accounts: pa.Table, settings: Settings, controls: pa.Table | None = None) -> list[Row]:
    """Look for the signs that need no posts in a list of accounts (columns of schema.ACCOUNTS).

    Returns rows of schema.FINDINGS, gauge "authenticity", `network_id` None.
    """
    control = ErrorControl(settings.alpha, 1, settings.seed)
    group = groups.of_list(accounts, controls)
    return judged([look(group, control) for look in _OF_PROFILES], control)


def _accounts(engine: DuckDBEngine) -> pa.Table:
    return engine.fetch(f"SELECT {', '.join(ACCOUNTS.names)} FROM accounts ORDER BY platform, account_id")
