"""Whose posts bring a network together: one account's that it reposts or answers, or those of its own circle."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa
import pytest

from syncline.campaigns.innocent import check_behaviour
from syncline.engines.duckdb import DuckDBEngine

NETWORK = 1
# Of the network are a, b, c and e; d is of another one, and linked to c; z is of none. All but e and z answer a now and
# then.
PEOPLE = {"a": NETWORK, "b": NETWORK, "c": NETWORK, "d": 2, "e": NETWORK, "z": None}
ANSWER = [1, 2, 3]
LINKS = [("a", "b", NETWORK), ("a", "c", NETWORK), ("b", "c", NETWORK), ("c", "d", None)]

Meetings = tuple[str, str, int]


def applies(*met: Meetings) -> dict[str, bool | None]:
    """What applies where a and b met so often (behaviour, whose posts, meetings)."""
    engine = DuckDBEngine(duckdb.connect())
    people = [
        {"account": number, "platform": "x", "account_id": one, "network_id": network}
        for number, (one, network) in enumerate(PEOPLE.items())
    ]
    engine.put("campaign_people", pa.Table.from_pylist(people))
    engine.put("edges", pa.table({
        "network_id": [network for _, _, network in LINKS],
        "platform_a": ["x"] * len(LINKS), "account_a": [a for a, _, _ in LINKS],
        "platform_b": ["x"] * len(LINKS), "account_b": [b for _, b, _ in LINKS],
    }))  # fmt: skip
    whose = [(behaviour, name) for behaviour, name, meetings in met for _ in range(meetings)]
    posts = [f"p{number}" for number in range(len(whose))]
    engine.put("co_actions", pa.table({
        "platform_a": ["x"] * len(posts), "account_a": ["a"] * len(posts), "post_a": posts,
        "platform_b": ["x"] * len(posts), "account_b": ["b"] * len(posts),
        "behaviour": [behaviour for behaviour, _ in whose],
    }))  # fmt: skip
    others = len(ANSWER)
    engine.put("campaign_addressed", pa.table({
        "kind": ["applause" if behaviour == "repost" else "reply" for behaviour, _ in whose] + ["reply"] * others,
        "platform": ["x"] * (len(posts) + others), "name": [name for _, name in whose] + ["a"] * others,
        "account": [0] * len(posts) + ANSWER, "post_id": posts + [f"r{account}" for account in ANSWER],
    }))  # fmt: skip
    words, numbers = pa.array([], pa.string()), pa.array([], pa.int64())
    engine.put(
        "roles", pa.table({"network_id": numbers, "platform": words, "account_id": words, "cadence": words})
    )
    engine.put("campaign_cadence", pa.table({"account": numbers, "posts": numbers}))
    engine.put("campaign_names_shown", pa.table({"platform": words, "account_id": words, "username": words}))
    return {row["sign"]: row["applies"] for row in check_behaviour(engine) if row["network_id"] == NETWORK}


@pytest.mark.parametrize(
    ("met", "found"),
    [
        ([("repost", "z", 20), ("repost", "y", 20)], {"fandom"}),
        ([("repost", "z", 19), ("repost", "y", 19), ("repost", "x", 2)], set()),
        ([("reply", "z", 20), ("reply", "y", 20)], {"commenters"}),
        # What they answer is little of what they pass on.
        ([("reply", "z", 20), ("repost", "y", 15), ("repost", "x", 15)], {"fandom"}),
        # Club mates answer each other, each of them now and then.
        ([("reply", "a", 7), ("reply", "b", 7), ("reply", "c", 7), ("reply", "z", 8)], {"pod"}),
        ([("reply", "c", 5), ("repost", "b", 5), ("repost", "z", 6), ("reply", "y", 5)], set()),
        # The rest of the club is called another network.
        ([("reply", "c", 9), ("reply", "d", 9), ("reply", "z", 6)], {"pod"}),
        # One that is only lifted supports nobody.
        ([("repost", "e", 20), ("reply", "a", 10)], {"fandom"}),
        # Too little to tell.
        ([("reply", "z", 10), ("repost", "a", 9)], set()),
    ],
)
def test_whose_posts_bring_a_network_together(met: Sequence[Meetings], found: set[str]) -> None:
    assert {sign for sign, applied in applies(*met).items() if applied} == found


def test_without_meetings_on_posts_nothing_is_known() -> None:
    assert applies() == {"fandom": None, "commenters": None, "pod": None, "scheduler": None}
