"""Directives: what a network took up together on one day, objects that share posts and members told as one."""

from collections import defaultdict
from typing import Any

import pyarrow as pa

from syncline.campaigns.constants import DAY_US, HOURS_US
from syncline.campaigns.grouping import Taken, leaders
from syncline.engines.duckdb import DuckDBEngine

_GROUPED = pa.schema(
    [
        ("directive_id", pa.int64()),
        ("network_id", pa.int64()),
        ("day", pa.int64()),
        ("kind", pa.string()),
        ("object", pa.int64()),
        ("leads", pa.bool_()),
    ]
)

# A network, and a day of it; None for what was taken up throughout the log and on no single day.
_Day = tuple[int, int | None]


def find_directives(engine: DuckDBEngine) -> None:
    """Make `directives` and `uptake` (see `syncline.schema`) from `campaign_found`."""
    engine.run("campaigns/found_acts.sql", day_us=DAY_US)
    engine.run("campaigns/names_shown.sql")
    engine.put("campaign_directives", _grouped(engine))
    engine.run("campaigns/uptake.sql")
    engine.run("campaigns/directives.sql", day_us=DAY_US, hours_us=HOURS_US)


def _grouped(engine: DuckDBEngine) -> pa.Table:
    rows: list[dict[str, Any]] = []
    number = 0
    for (network_id, day), objects in _found(engine).items():
        leader = leaders([taken for _, taken in objects])
        numbers = {place: number + rank for rank, place in enumerate(sorted(set(leader)), start=1)}
        number += len(numbers)
        for place, (key, taken) in enumerate(objects):
            rows.append(
                {"directive_id": numbers[leader[place]], "network_id": network_id, "day": day,
                 "kind": taken.kind, "object": key, "leads": leader[place] == place}
            )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=_GROUPED)


def _found(engine: DuckDBEngine) -> dict[_Day, list[tuple[int, Taken]]]:
    """The objects found, by network and day, each with its members and posts; the widest first."""
    records = engine.fetch(
        """
        SELECT network_id, day, object, any_value(kind), any_value(key), list(account), list(post_id)
        FROM campaign_found_acts
        GROUP BY network_id, day, object
        ORDER BY network_id, day NULLS FIRST, count(DISTINCT account) DESC, object
        """
    )
    found: dict[_Day, list[tuple[int, Taken]]] = defaultdict(list)
    for row in records.to_pylist():
        network_id, day, number, kind, key, accounts, posts = row.values()
        found[network_id, day].append((number, Taken(kind, key, frozenset(accounts), frozenset(posts))))
    return found
