"""What who reads a case needs of it; `syncline.case.Case` fulfils it."""

from typing import Any, Protocol

import duckdb

from syncline.notes import Notes


class ReportCase(Protocol):
    """A finished scan: its `run.json` and one view for each table of `syncline.schema`."""

    @property
    def run(self) -> dict[str, Any]:
        """The contents of `run.json`."""

    @property
    def notes(self) -> Notes:
        """What analysts have written on the case."""

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """Query the case's tables."""
