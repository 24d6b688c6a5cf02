"""What is asked of the whole log must have been repeated: its busiest day does not count."""

import duckdb
import pyarrow as pa
import pytest

from syncline.campaigns.constants import DAYS_MIN, MEMBERS_MIN, MEMBERS_SHARE
from syncline.engines.duckdb import DuckDBEngine

OBJECT, NETWORK = 7, 1


def candidate(members_by_day: dict[int, list[int]], scope: int) -> list[tuple[int, int]]:
    """Members and counted members of one object's candidates in a scope; `members_by_day` are who took it up."""
    engine = DuckDBEngine(duckdb.connect())
    days = [(1, day, day, account) for day, accounts in members_by_day.items() for account in accounts]
    whole = [(0, 0, None, account) for account in sorted({account for *_, account in days})]
    engine.put(
        "campaign_takings",
        pa.Table.from_pylist(
            [
                {"scope": scope, "block": block, "day": day, "kind": "applause", "object": OBJECT,
                 "account": account, "network_id": NETWORK}
                for scope, block, day, account in [*days, *whole]
            ],
            schema=pa.schema(
                [(name, pa.string() if name == "kind" else pa.int64())
                 for name in ("scope", "block", "day", "kind", "object", "account", "network_id")]
            ),
        ),
    )  # fmt: skip
    engine.put("campaign_objects", pa.table({"object": [OBJECT], "network_id": pa.nulls(1, pa.int64())}))
    engine.run("campaigns/active.sql")
    engine.run(
        "campaigns/candidates.sql", members_min=MEMBERS_MIN, members_share=MEMBERS_SHARE, days_min=DAYS_MIN
    )
    rows = engine.fetch(
        f"SELECT members, counted FROM campaign_candidates WHERE scope = {scope} ORDER BY block"
    )
    return [(row["members"], row["counted"]) for row in rows.to_pylist()]


@pytest.mark.parametrize(
    ("members_by_day", "asked"),
    [
        ({1: [1, 2, 3], 2: [4, 5, 6], 3: [7, 8, 9]}, [(9, 6)]),
        # One day, and two stragglers: little is left of it.
        ({1: [1, 2, 3, 4, 5, 6, 7, 8], 2: [9], 3: [1]}, [(9, 2)]),
        # The same people every day have repeated it, all of them.
        ({1: [1, 2, 3], 2: [1, 2, 3], 3: [1, 2, 3]}, [(3, 3)]),
        # Two days are no habit.
        ({1: [1, 2, 3], 2: [4, 5, 6]}, []),
    ],
)
def test_the_whole_log_is_asked_without_its_busiest_day(
    members_by_day: dict[int, list[int]], asked: list[tuple[int, int]]
) -> None:
    assert candidate(members_by_day, scope=0) == asked


def test_a_day_is_asked_with_everybody() -> None:
    assert candidate({1: [1, 2, 3], 2: [4, 5, 6, 7], 3: [8]}, scope=1) == [(3, 3), (4, 4)]
