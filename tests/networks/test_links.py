"""What is known about a discovered pair."""

import duckdb
import pyarrow as pa
import pytest

from syncline.engines.duckdb import DuckDBEngine


@pytest.mark.parametrize("windows", [(60, 3600), (3600, 60)])
def test_of_windows_with_the_same_evidence_the_narrowest_is_told(windows: tuple[int, ...]) -> None:
    engine = DuckDBEngine(duckdb.connect())
    pair = {"account_a": 0, "account_b": 1, "log_e": 9.0, "log_p": -9.0}
    engine.put("discoveries", pa.Table.from_pylist([pair]))
    met = [pair | {"behaviour": code, "objects": 3, "window_us": each} for code in (0, 1) for each in windows]
    for table in ("crowd_evidence", "chance_evidence"):
        engine.put(table, pa.Table.from_pylist(met))
    engine.run("networks/links.sql")
    assert engine.row("SELECT window_us, objects FROM links") == (60, 6)
