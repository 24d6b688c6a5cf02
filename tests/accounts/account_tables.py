"""Rows of the contract's tables, made in a line, for the tests of the accounts' signs."""

from typing import Any

import duckdb
import pyarrow as pa

from syncline import schema

Row = dict[str, Any]
KEYS = pa.schema([("platform", pa.string()), ("account_id", pa.string())])


def account(account_id: str, **values: Any) -> Row:
    return {"platform": "x", "account_id": account_id, "username": account_id, **values}


def post(account_id: str, time_us: int, **values: Any) -> Row:
    number = f"{account_id}-{time_us}"
    return {"platform": "x", "post_id": number, "account_id": account_id, "time_us": time_us, **values}


def network(network_id: int, accounts: list[str], platform: str = "x") -> tuple[Row, list[Row]]:
    row = {"network_id": network_id, "kind": "network", "size": len(accounts)}
    return row, [{"network_id": network_id, "platform": platform, "account_id": each} for each in accounts]


def put(connection: duckdb.DuckDBPyConnection, **tables: list[Row]) -> None:
    """Make every table of the contract and `cleared`, with the rows given and empty otherwise."""
    for name, columns in {**schema.TABLES, "cleared": KEYS}.items():
        rows = pa.Table.from_pylist(tables.get(name, []), schema=columns)
        connection.register("incoming", rows)
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM incoming").fetchall()
        connection.unregister("incoming")
