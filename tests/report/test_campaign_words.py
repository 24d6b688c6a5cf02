"""Every sentence of the report on what a network did is right for 0, 1, 2 and many."""

import itertools
from collections import Counter

import pytest

from grammar import wrong
from syncline.report import campaigns, gauges, targets
from syncline.report.evidence import Strings

COUNTS = (0, 1, 2, 60)


def mistakes(said: list[str]) -> dict[str, list[str]]:
    assert said
    return {each: wrong(each) for each in said if wrong(each)}


@pytest.mark.parametrize("found", COUNTS)
def test_how_many_directives(found: int) -> None:
    days = [[{"day_us": day} for day in range(count)] for count in COUNTS if count <= found]
    assert mistakes([campaigns.summary(found, len(each), each) for each in days]) == {}


@pytest.mark.parametrize("members", COUNTS[1:])
def test_one_directive(members: int) -> None:
    said = []
    for active, posts, others, more in itertools.product(COUNTS[1:], COUNTS[1:], COUNTS, (0, 1)):
        strings = Strings()
        record = (
            1, 1, 0, "hashtag", "label", members, max(active, members), posts, others, 0.5, 4.0, 0, 10**9,
            members + more, 60_000_000, "x", "a", None,
        )  # fmt: skip
        row = campaigns._row(record, [0], [], strings, {})
        said += [*strings.kept, row["speed"]]
    assert mistakes(said) == {}
    assert mistakes([campaigns._speed(members, None)]) == {}


@pytest.mark.parametrize("count", COUNTS)
def test_roles(count: int) -> None:
    said = [
        campaigns._role_summary(Counter({role: count, "mixed": mixed}))
        for role in ("author", "booster", "replier")
        for mixed in COUNTS
    ]
    for directives, joins in itertools.product(COUNTS, COUNTS):
        record = (
            1, "x", "a", "author", "directives", count, count, count, 0.5, 0.4, 0.6, directives,
            min(count, directives), True, joins, "minute_of_hour",
        )  # fmt: skip
        said += campaigns._role_words(record)
    assert mistakes([each for each in said if each]) == {}


@pytest.mark.parametrize("members", COUNTS[1:])
def test_an_episode(members: int) -> None:
    said = []
    for posts, replies, others, rate in itertools.product(COUNTS[1:], COUNTS, COUNTS, (0.0, 1.0, 2.5)):
        record = (
            1, 1, "x", "a", "name", 1, 0, 10**9, members, 0.5, posts, min(replies, posts), others, others,
            rate, rate, 1.0, 0.2, 0.1, 0.5, None, 5.0,
        )  # fmt: skip
        said += targets._sentences(record)
    assert mistakes(said) == {}
    assert any("1 of them a reply;" in each for each in said)
    assert any("it got 1 reply or mention an hour" in each for each in said)


@pytest.mark.parametrize("edges", COUNTS)
def test_the_rungs_of_the_ladder(edges: int) -> None:
    said = [
        gauges._from_rung(title, edges, max(edges, of))["statement"]
        for title in gauges._RUNGS.values()
        for of in COUNTS[1:]
    ]
    assert mistakes(said) == {}
    assert {each.split(":")[0] for each in said} == {"Breaking news", "Shared taste"}
