"""Counting by sorting against the same counts said in SQL."""

from collections import Counter
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from syncline.campaigns import comparables, crowd
from syncline.campaigns.comparables import find_comparables
from syncline.campaigns.constants import BREADTH, DAY_US, HOURS_US
from syncline.campaigns.crowd import Packing, count_takings, counted, find_exposures, find_takers, read_log
from syncline.engines.duckdb import DuckDBEngine
from syncline.errors import SynclineError

ACCOUNTS, OBJECTS, ACTS, DAYS = 60, 40, 4000, 5
FIRST_US = 1_709_510_400_000_000

# Everybody's takings as rows, which the room no longer makes.
TAKINGS = """
    SELECT DISTINCT s.scope, CASE s.scope WHEN 0 THEN 0 WHEN 1 THEN day ELSE hours END AS block,
        CASE WHEN s.scope > 0 THEN day END AS day, o.kind, a.object, a.account, p.network_id, p.outside
    FROM (SELECT *, time_us // 86400000000 AS day, time_us // 14400000000 AS hours FROM campaign_acts) AS a
    JOIN campaign_objects AS o USING (object) JOIN campaign_people AS p USING (account)
    CROSS JOIN (SELECT unnest([0, 1, 2]) AS scope) AS s
"""


@pytest.fixture(scope="module")
def engine() -> DuckDBEngine:
    """A log of random acts: two networks, an account that is in neither of them nor of the crowd, and the crowd."""
    rng = np.random.default_rng(4)
    engine = DuckDBEngine(duckdb.connect())
    popular = rng.zipf(1.3, ACTS) % OBJECTS
    times = FIRST_US + rng.integers(0, DAYS * DAY_US, ACTS)
    engine.put(
        "campaign_acts",
        pa.table(
            {"object": popular.astype(np.int32), "account": rng.integers(0, ACCOUNTS, ACTS).astype(np.int32),
             "time_us": times}
        ),
    )  # fmt: skip
    network = [1] * 6 + [2] * 5 + [None] * (ACCOUNTS - 11)
    engine.put(
        "campaign_people",
        pa.table(
            {"account": pa.array(range(ACCOUNTS), pa.int32()), "network_id": pa.array(network, pa.int64()),
             "outside": [place > 11 for place in range(ACCOUNTS)]}
        ),
    )  # fmt: skip
    kinds = np.sort(np.array(["hashtag", "text", "url"])[rng.integers(0, 3, OBJECTS)])
    engine.put("campaign_objects", pa.table({"object": np.arange(OBJECTS), "kind": kinds}))
    engine.connection.execute(f"CREATE TABLE takings AS {TAKINGS}").fetchall()
    engine.connection.execute(
        "CREATE TABLE campaign_takings AS SELECT * FROM takings WHERE network_id IS NOT NULL"
    ).fetchall()
    engine.connection.execute(
        "CREATE TABLE campaign_candidates AS SELECT scope, block, day, object, network_id FROM campaign_takings"
        " WHERE object % 3 = 0 GROUP BY ALL HAVING count(*) > 2"
    ).fetchall()
    return engine


def rows(engine: DuckDBEngine, query: str) -> list[tuple[Any, ...]]:
    answer = engine.connection.execute(f"SELECT * FROM ({query}) ORDER BY ALL").fetchall()
    assert answer
    return answer


def test_rows_are_counted() -> None:
    rng = np.random.default_rng(2)
    columns = [rng.integers(low, high, 3000) for low, high in ((-3, 4), (1000, 1010), (0, 5))]
    plain = Counter(zip(*(column.tolist() for column in columns), strict=True))
    found = [column.tolist() for column in counted(*columns)]
    assert list(zip(*found, strict=True)) == [(*row, plain[row]) for row in sorted(plain)]
    assert [column.size for column in counted(np.zeros(0, np.int32), np.zeros(0, np.int32))] == [0, 0, 0]


def test_rows_that_one_integer_cannot_hold_are_told() -> None:
    with pytest.raises(SynclineError, match="Scan it in parts"):
        Packing((0, 2**40), (0, 2**40))


@pytest.fixture(params=[10**6, 300, 1], autouse=True)
def rows_at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether the log is counted in one part, in some, or object by object makes no difference."""
    for module in (crowd, comparables):
        monkeypatch.setattr(module, "AT_ONCE", request.param)


def test_popularity_and_what_may_be_asked(engine: DuckDBEngine) -> None:
    count_takings(engine, read_log(engine), 3)
    assert rows(engine, "SELECT object, taken FROM campaign_popularity WHERE taken > 0") == rows(
        engine, "SELECT object, count(*) FROM takings WHERE scope = 1 GROUP BY object"
    )
    assert rows(engine, "SELECT scope, block, kind, objects FROM campaign_askable") == rows(
        engine,
        "SELECT scope, block, kind, count(*) FROM (SELECT scope, block, kind, object FROM takings WHERE scope < 2"
        " GROUP BY ALL HAVING count(*) >= 3) GROUP BY ALL",
    )


def test_exposures_and_takers(engine: DuckDBEngine) -> None:
    log = read_log(engine)
    community = np.arange(OBJECTS) % 4 - 1
    find_exposures(engine, log, community)
    assert rows(engine, "SELECT scope, block, kind, community, network_id, takings FROM campaign_exposures") == rows(
        engine,
        "SELECT scope, block, kind, nullif(object % 4 - 1, -1) AS community, network_id, count(*) FROM takings"
        " WHERE (outside OR network_id IS NOT NULL)"
        " AND (scope < 2 OR block IN (SELECT block FROM campaign_candidates WHERE scope = 2)) GROUP BY ALL",
    )  # fmt: skip
    find_takers(engine, log)
    assert rows(engine, "SELECT scope, block, object, takers FROM campaign_crowd") == rows(
        engine,
        "SELECT scope, block, object, count(*) FROM takings WHERE outside"
        " AND object IN (SELECT object FROM campaign_candidates) GROUP BY ALL",
    )


def test_what_comparable_accounts_took_up(engine: DuckDBEngine) -> None:
    find_comparables(engine, read_log(engine))
    expected = f"""
        WITH weights AS (
            SELECT object, ln({ACCOUNTS} / count(*)) ^ 2 AS weight
            FROM takings WHERE scope = 0 AND kind <> 'text' GROUP BY object HAVING count(*) > 1
        ),
        halves AS (
            SELECT DISTINCT day % 2 AS half, account, network_id, outside, object, weight
            FROM takings JOIN weights USING (object) WHERE scope = 1
            UNION ALL
            SELECT 2, account, network_id, outside, object, weight
            FROM takings JOIN weights USING (object) WHERE scope = 0
        ),
        profiles AS (
            SELECT half, network_id, object, count(*) AS members FROM halves WHERE network_id > 0 GROUP BY ALL
        ),
        lengths AS (SELECT half, account, sqrt(sum(weight)) AS length FROM halves WHERE outside GROUP BY ALL),
        scores AS (
            SELECT h.half, p.network_id, h.account, round(sum(h.weight * p.members) / any_value(l.length), 9) AS score
            FROM halves AS h JOIN profiles AS p USING (half, object) JOIN lengths AS l USING (half, account)
            WHERE h.outside GROUP BY ALL
        ),
        asked AS (SELECT DISTINCT scope, block, network_id, coalesce(1 - day % 2, 2) AS half FROM campaign_candidates),
        own AS (SELECT scope, block, network_id, count(*) AS own FROM campaign_takings GROUP BY ALL),
        active AS (SELECT scope, block, account, count(*) AS takings FROM takings WHERE outside GROUP BY ALL),
        ranked AS (
            SELECT q.scope, q.block, q.network_id, a.account, o.own, sum(a.takings) OVER (
                PARTITION BY q.scope, q.block, q.network_id ORDER BY coalesce(s.score, 0) DESC, a.account
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) - a.takings AS before
            FROM asked AS q JOIN own AS o USING (scope, block, network_id) JOIN active AS a USING (scope, block)
            LEFT JOIN scores AS s ON s.half = q.half AND s.network_id = q.network_id AND s.account = a.account
        )
        SELECT r.scope, r.block, r.network_id, t.object, count(*) AS takers
        FROM ranked AS r JOIN takings AS t USING (scope, block, account)
        WHERE before < {BREADTH} * own GROUP BY ALL
    """
    assert rows(engine, "SELECT * FROM campaign_alike") == rows(engine, expected)


def test_the_reference_has_the_blocks_of_the_room() -> None:
    assert (DAY_US, HOURS_US) == (86_400_000_000, 14_400_000_000)
