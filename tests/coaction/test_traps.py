"""The five traps that earlier versions of the method fell into. Each test first shows that its trap is set."""

import numpy as np
import pytest

from crowds import crowd, popular, ring
from evidence import NULLS, Found, Traces, engine_with, find, joined
from syncline.coaction import against_chance, against_the_crowd, discover

DAYS = 14
TASTE = {"accounts": 3000, "acts": 20, "days": DAYS, "objects_per_day": 300, "communities": 12}
QUIET = {"accounts": 3000, "acts": 4, "days": DAYS, "objects_per_day": 200}
FOUND = 0.9


def planted(seed: int, people: dict[str, int], size: int, owned: bool) -> tuple[Traces, set[int]]:
    """A crowd with a ring that acts on twelve objects of its own, or on other people's, on four days."""
    rng = np.random.default_rng(seed)
    log = crowd(rng, **people)
    members = people["accounts"] + np.arange(size)
    unused = people["objects_per_day"] * DAYS + np.arange(12)
    objects = unused if owned else popular(rng, log, 5, 12)
    days = rng.choice(DAYS, 4, replace=False)
    return joined(log, ring(rng, members, objects, days)), set(members.tolist())


def with_everybody_as_the_crowd(log: Traces) -> Found:
    """As `find`, but nobody is left out of the crowd: the ring explains itself."""
    engine = engine_with(log)
    tested = against_chance(engine, NULLS)
    engine.connection.execute("DELETE FROM suspects")
    against_the_crowd(engine, NULLS, tested)
    return Found(engine, tested, discover(engine, NULLS, tested))


@pytest.mark.parametrize("owned", [True, False], ids=["own objects", "others' objects"])
@pytest.mark.parametrize("size", [20, 150])
@pytest.mark.parametrize("people", [TASTE, QUIET], ids=["taste", "quiet"])
def test_a_ring_is_found(people: dict[str, int], size: int, owned: bool) -> None:
    log, members = planted(1, people, size, owned)
    found = find(log)
    assert len(found.named & members) >= FOUND * size
    assert not found.named - members
