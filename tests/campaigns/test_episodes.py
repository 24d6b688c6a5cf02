"""Episodes: which days on which a network turned to one account are one run."""

from typing import Any

import duckdb
import pyarrow as pa
import pytest

from syncline.campaigns.constants import DAY_US
from syncline.engines.duckdb import DuckDBEngine

COLUMNS = pa.schema(
    [("kind", pa.string()), ("network_id", pa.int64()), ("object", pa.string()),
     *((name, pa.int64()) for name in ("day_us", "first_us", "last_us")), ("log10_e", pa.float64())]
)  # fmt: skip


def on(day: int, kind: str = "target", log10_e: float = 3.0) -> dict[str, Any]:
    """A directive of one day."""
    return throughout(day, day, kind, log10_e) | {"day_us": day * DAY_US}


def throughout(first: int, last: int, kind: str = "target", log10_e: float = 3.0) -> dict[str, Any]:
    """A directive of the whole log, taken up from one day to another."""
    return {"kind": kind, "network_id": 1, "object": "x:star", "day_us": None, "first_us": first * DAY_US + 5,
            "last_us": last * DAY_US + 9, "log10_e": log10_e}  # fmt: skip


def episodes(*directives: dict[str, Any]) -> list[tuple[int, int, int, float]]:
    """Number, first and last day, and evidence of each episode."""
    engine = DuckDBEngine(duckdb.connect())
    engine.put("directives", pa.Table.from_pylist(list(directives), COLUMNS))
    engine.run("campaigns/episodes.sql", day_us=DAY_US)
    found = engine.connection.execute(
        "SELECT episode, first_day, last_day, log10_e FROM campaign_episodes ORDER BY episode"
    ).fetchall()
    return [(int(episode), first, last, log10_e) for episode, first, last, log10_e in found]


def test_days_at_most_two_apart_are_one_run() -> None:
    assert episodes(on(10), on(12, log10_e=7.0), on(15)) == [(1, 10, 12, 7.0), (2, 15, 15, 3.0)]


@pytest.mark.parametrize("reverse", [False, True])
def test_days_within_a_longer_run_begin_no_run_of_their_own(reverse: bool) -> None:
    """Naming was found throughout days 10 to 60, answers on 10, 20 and 40, each more than two days after the last."""
    found = [throughout(10, 60, "mention"), on(10), on(20), on(40), on(62), on(65)]
    assert episodes(*(found[::-1] if reverse else found)) == [(1, 10, 62, 3.0), (2, 65, 65, 3.0)]


def test_a_mention_is_praise_where_the_account_is_applauded_that_day_or_throughout() -> None:
    assert episodes(on(10, "mention"), on(10, "applause"), on(20, "mention")) == [(1, 20, 20, 3.0)]
    assert episodes(on(10, "mention"), throughout(1, 9, "applause"), on(20)) == [(1, 20, 20, 3.0)]
    # Of the whole log, one day's applause is not enough.
    assert episodes(throughout(10, 11, "mention"), on(10, "applause")) == [(1, 10, 11, 3.0)]


def test_an_answer_is_one_whatever_is_applauded() -> None:
    assert episodes(on(10), on(10, "applause")) == [(1, 10, 10, 3.0)]
