"""Objects are counted in the order of behaviour, key and day; their subjects in that of behaviour and key."""

import random
from typing import Any

import duckdb
import pyarrow as pa

from syncline.engines.duckdb import DuckDBEngine

Action = tuple[int, str, int | None]

OBJECTS: list[Action] = [
    (behaviour, key, day)
    for behaviour in (0, 2, 7)
    for key in ("", "a", "a b", "é", "٣", "😀")
    for day in (-1, 0, 3)
]


def test_objects_and_subjects_are_counted_in_order() -> None:
    actions = OBJECTS * 3
    random.Random(1).shuffle(actions)
    assert objects(actions) == [(number, number // 3, *action) for number, action in enumerate(OBJECTS)]


def test_an_object_without_a_day_is_a_subject_too() -> None:
    actions: list[Action] = [(0, "p", None), (5, "p", None), (5, "q", None)]
    assert objects(actions) == [(number, number, *action) for number, action in enumerate(actions)]


def test_nothing_done_is_no_object() -> None:
    assert objects([]) == []


def objects(actions: list[Action]) -> list[tuple[Any, ...]]:
    """Object, subject, behaviour, key and day, in the order of the numbers."""
    columns = {"behaviour": pa.uint8(), "key": pa.string(), "day": pa.int32()}
    rows = [dict(zip(columns, action, strict=True)) for action in actions]
    with duckdb.connect() as connection:
        engine = DuckDBEngine(connection)
        engine.put("actions", pa.Table.from_pylist(rows, schema=pa.schema(list(columns.items()))))
        engine.run("traces/objects.sql")
        return connection.execute("FROM objects ORDER BY object").fetchall()
