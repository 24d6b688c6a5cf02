"""Which innocent explanations apply to a network, and how that is said."""

import duckdb
import pyarrow as pa
import pytest

from syncline.engines.duckdb import DuckDBEngine
from syncline.networks import conclude
from syncline.networks.checks import _RUNGS

DAY = 19_700
VALUES = {"one_event": str(DAY), "one_day": str(DAY), "one_client": "an app", "one_domain": "site.example"}


def findings(meetings: int, of: int, left: int, links: int) -> dict[str, tuple[bool, str]]:
    """What is said of a network whose every explanation covers so many meetings and leaves so many links."""
    engine = DuckDBEngine(duckdb.connect())
    engine.put("link_meetings", pa.table({"network": [1]}))
    engine.put(
        "explanations",
        pa.Table.from_pylist(
            [
                {"network": 1, "sign": sign, "value": value, "meetings": meetings, "of": of}
                for sign, value in VALUES.items()
            ]
        ),
    )
    rungs = [_RUNGS[sign] for sign in VALUES if sign in _RUNGS]
    engine.put(
        "ladder",
        pa.Table.from_pylist(
            [{"network_id": 1, "explanation": rung, "edges": left, "of": links} for rung in rungs]
        ),
    )
    conclude(engine)
    rows = engine.fetch("SELECT sign, applies, statement FROM findings").to_pylist()
    return {row["sign"]: (row["applies"], row["statement"]) for row in rows}


@pytest.mark.parametrize(
    ("meetings", "of", "left", "links", "applies"),
    [
        (80, 100, 10, 10, {"one_event", "one_day", "one_client", "one_domain"}),
        (79, 100, 10, 10, set()),
        (50, 100, 2, 10, {"one_event", "one_client", "one_domain"}),
        (50, 100, 3, 10, set()),
    ],
)
def test_it_covers_the_meetings_or_the_network_falls_without_them(
    meetings: int, of: int, left: int, links: int, applies: set[str]
) -> None:
    found = findings(meetings, of, left, links)
    assert {sign for sign, (applied, _) in found.items() if applied} == applies


@pytest.mark.parametrize(
    ("meetings", "of", "left", "links", "said"),
    [
        (
            1,
            1,
            0,
            1,
            "1 of its 1 meeting fell on the three days from 9 December 2023. Without them, 0 of its 1 link pass.",
        ),
        (
            1,
            2,
            1,
            2,
            "1 of its 2 meetings fell on the three days from 9 December 2023. Without them, 1 of its 2 links passes.",
        ),
        (
            2000,
            3000,
            2,
            30,
            "2,000 of its 3,000 meetings fell on the three days from 9 December 2023."
            " Without them, 2 of its 30 links pass.",
        ),
    ],
)
def test_the_statement(meetings: int, of: int, left: int, links: int, said: str) -> None:
    assert findings(meetings, of, left, links)["one_event"][1] == said


def test_a_client_that_the_log_does_not_name_explains_nothing() -> None:
    engine = DuckDBEngine(duckdb.connect())
    engine.put("link_meetings", pa.table({"network": [1]}))
    engine.put(
        "explanations",
        pa.table(
            {
                "network": [1, 1],
                "sign": ["one_day", "one_event"],
                "value": [str(DAY)] * 2,
                "meetings": [1, 1],
                "of": [3, 3],
            }
        ),
    )
    engine.put(
        "ladder",
        pa.table({"network_id": [1], "explanation": [_RUNGS["one_client"]], "edges": [5], "of": [5]}),
    )
    conclude(engine)
    statement = engine.row("SELECT statement FROM findings WHERE sign = 'one_client' AND NOT applies")[0]
    assert statement == "The log names no client app that two of its accounts share."
