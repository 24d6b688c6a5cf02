"""A case made by hand from the schema's tables: small, with hostile text in every place that posts reach."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from syncline import case as cases
from syncline.api import Case, open_case
from syncline.schema import TABLES

START_US = 1_451_822_400_000_000  # 2016-01-03 12:00:00 UTC
SECOND_US = 1_000_000
PERSIAN = "این پیام را به اشتراک بگذارید 1234"
SCRIPT = '<script>alert(1)</script></script> & "quoted" javascript:alert(1)'
FORMULA = "=cmd|'/C calc'!A0"
ESCAPES = "\x1b]0;owned\x07\x1b[2J\x1b[31mred\r\nsecond line\x00\x9b5n"
BIDI = "gnp.\u202etxt.exe\u2066 \u200fmark"
HOSTILE = (SCRIPT, FORMULA, ESCAPES, BIDI, "+1", "-1", "@handle", "\t=1+1", "a;=1+1", PERSIAN)

# Account id, username, network, named.
_PEOPLE = (
    ("1", "=one", 1, True),
    ("2", "@two", 1, True),
    ("3", PERSIAN, 1, True),
    ("-100", "four\x1b[2J", 1, False),
    ("50", "five", 2, False),
    ("60", None, 2, False),
    ("7", "seven", None, False),
)
_EDGES = ((1, "1", "2"), (1, "1", "3"), (1, "2", "3"), (1, "3", "-100"), (2, "50", "60"))


def tables() -> dict[str, list[dict[str, Any]]]:
    """The rows of every table of the schema."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    for number, (account_id, username, network_id, named) in enumerate(_PEOPLE):
        rows["accounts"].append(
            {"platform": "x", "account_id": account_id, "username": username, "followers": 10 * number,
             "display_name": HOSTILE[number], "created_us": START_US - number}
        )  # fmt: skip
        if network_id is not None:
            rows["members"].append(
                {"network_id": network_id, "platform": "x", "account_id": account_id, "username": username,
                 "named": named, "reason": f"reason {number}", "log10_e": 9.0 - number, "edges": 2,
                 "posts": 2}
            )  # fmt: skip
    for network_id, a, b in _EDGES:
        rows["edges"].append(_edge(network_id, a, b, rows))
    for network_id, kind, size, named, edges in ((1, "network", 4, 3, 4), (2, "pair", 2, 0, 1)):
        rows["networks"].append(
            {"network_id": network_id, "kind": kind, "size": size, "named": named, "edges": edges,
             "log10_e": 9.25, "behaviours": ["repost", "url"], "days": 2, "first_us": START_US,
             "last_us": START_US + 86_400 * SECOND_US, "confirmed": "confirmed"}
        )  # fmt: skip
        rows["ladder"].append(
            {"network_id": network_id, "rung": 1, "explanation": "chance", "edges": edges, "of": edges,
             "log10_e": 12.0}
        )  # fmt: skip
        rows["findings"].append(
            {"network_id": network_id, "gauge": "explanation", "sign": "one_client", "applies": True,
             "statement": f"All posts came from one client: {ESCAPES}", "numbers": "{}"}
        )  # fmt: skip
    rows["rejects"].append(
        {"source_file": "log.csv", "source_row": 7, "reason": "bad_time", "detail": ESCAPES}
    )
    return rows


def _edge(network_id: int, a: str, b: str, rows: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    number = len(rows["edges"])
    for place, text in enumerate((HOSTILE[2 * number], HOSTILE[2 * number + 1])):
        time_a_us = START_US + place * 3600 * SECOND_US
        lag_us = (12 if place == 0 else -40) * SECOND_US
        for account_id, time_us in ((a, time_a_us), (b, time_a_us + lag_us)):
            rows["posts"].append(
                {"platform": "x", "post_id": f"{a}{b}{place}{account_id}", "account_id": account_id,
                 "time_us": time_us, "text": text, "urls": [f"http://e.example/{place}"], "hashtags": [],
                 "source_file": "log.csv", "source_row": len(rows["posts"])}
            )  # fmt: skip
            rows["traces"].append(
                {"behaviour": "repost", "platform": "x", "account_id": account_id, "object": text,
                 "time_us": time_us, "post_id": f"{a}{b}{place}{account_id}"}
            )  # fmt: skip
        rows["co_actions"].append(
            {"platform_a": "x", "account_a": a, "platform_b": "x", "account_b": b, "behaviour": "repost",
             "object": text, "post_a": f"{a}{b}{place}{a}", "post_b": f"{a}{b}{place}{b}",
             "time_a_us": time_a_us, "time_b_us": time_a_us + lag_us, "lag_us": lag_us, "window_s": 60.0,
             "surprisal": 5.0 - place, "object_accounts": 2, "active_accounts": 4043,
             "expected_accounts": 0.004}
        )  # fmt: skip
    return {
        "network_id": network_id, "platform_a": "x", "account_a": a, "platform_b": "x", "account_b": b,
        "log10_e": 9.0 - number, "log10_e_chance": 12.0, "log10_p_bound": -10.0 + number,
        "log10_p_bound_chance": -13.0, "objects": 2, "behaviours": ["repost", "url"], "window_s": 60.0,
        "days": 1, "first_us": START_US, "last_us": START_US + 3600 * SECOND_US,
    }  # fmt: skip


def connect(rows: dict[str, list[dict[str, Any]]]) -> duckdb.DuckDBPyConnection:
    """A connection that holds `rows` as the tables of the schema."""
    connection = duckdb.connect()
    for name, schema in TABLES.items():
        connection.register(f"made_{name}", pa.Table.from_pylist(rows[name], schema=schema))
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM made_{name}").fetchall()
    return connection


def run() -> dict[str, Any]:
    """The contents of `run.json`."""
    return {
        "syncline": "0.1.0",
        "created": "2026-01-02T03:04:05+00:00",
        "settings": {"alpha": 0.05},
        "seed": 1,
        "engine": "duckdb",
        "inputs": [{"path": "log\udcff.csv", "sha256": "0" * 64, "blind": []}],
        "rows": {"in": 21, "posts": 20, "duplicates": 0, "rejects": 1, "accounts": 7},
        "resolution_us": 1_000_000,
        "normaliser": "syncline-text 1",
        "windows_s": [60.0, 600.0, 3600.0],
        "windows_refused": [],
        "behaviours": [
            {
                "behaviour": "repost",
                "accounts": 7,
                "traces": 20,
                "objects": 10,
                "used_pairs": 5,
                "left_out_objects": 0,
                "blind": None,
            }
        ],
        "outcome": "networks",
        "outcome_why": "",
        "accounts_tested": 7,
        "pairs_tested": 21,
        "edges": 5,
        "networks": 1,
        "pairs": 1,
        "named": 3,
        "placebo": [{"copy": 1, "edges": 0, "named": 0}],
        "minute_share": None,
        "first_us": START_US,
        "last_us": START_US + 86_400 * SECOND_US,
        "notes": ["The clock ticks in minutes."],
        "timings": {},
    }


def write(
    out: Path,
    write_report: Callable[[cases.Case, Path], None] | None = None,
    overwrite: bool = False,
) -> Case:
    """Write the case to `out` and open it."""
    write_report = write_report or (lambda case, path: path.write_text("report", encoding="utf-8") and None)
    cases.write_case(connect(tables()), run(), out, write_report=write_report, overwrite=overwrite)
    return open_case(out)
