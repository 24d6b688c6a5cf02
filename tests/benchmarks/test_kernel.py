"""The pair kernel, in both forms, against every pair looked at one by one."""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest

from syncline.benchmarks import kernel

FORMS = [False, True]


def one_by_one(objects, accounts, times, window, at_least):
    common = defaultdict(set)
    for one, other in combinations(range(len(objects)), 2):
        together = objects[one] == objects[other] and abs(times[one] - times[other]) <= window
        if together and accounts[one] != accounts[other]:
            common[tuple(sorted((accounts[one], accounts[other])))].add(objects[one])
    return sorted((*pair, len(shared)) for pair, shared in common.items() if len(shared) >= at_least)


def rows(pairs: kernel.Pairs) -> list[tuple[int, ...]]:
    return [tuple(int(value) for value in row) for row in zip(*pairs, strict=True)]


@pytest.mark.parametrize("compiled", FORMS)
@pytest.mark.parametrize("unit", [1, 1_000_000, 10**14])
def test_equal_to_every_pair_one_by_one(compiled: bool, unit: int) -> None:
    rng = np.random.default_rng(unit % 1000 + compiled)
    for _ in range(40):
        size = int(rng.integers(0, 150))
        objects, accounts = rng.integers(0, 8, size), rng.integers(0, 12, size)
        times = rng.integers(-100, 100, size) * unit
        window, at_least = int(rng.integers(0, 60)) * unit, int(rng.integers(1, 4))
        found = kernel.count_pairs(objects, accounts, times, window, at_least=at_least, compiled=compiled)
        expected = one_by_one(objects.tolist(), accounts.tolist(), times.tolist(), window, at_least)
        assert rows(found) == expected


@pytest.mark.parametrize("compiled", FORMS)
def test_objects_count_once_and_the_window_is_inclusive(compiled: bool) -> None:
    objects = [0, 0, 0, 0, 1, 1, 2, 2]
    accounts = [0, 1, 0, 1, 0, 1, 0, 1]
    times = [0, 1, 2, 3, 0, 60, 0, 61]
    found = kernel.count_pairs(objects, accounts, times, 60, at_least=1, compiled=compiled)
    assert rows(found) == [(0, 1, 2)]


def test_many_pairs_outgrow_the_first_buffer_and_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = np.tile(np.arange(90), 3)
    objects = np.repeat([0, 1, 2], 90)
    monkeypatch.setattr(kernel, "_BLOCK_PAIRS", 100)
    expected = [(one, other, 3) for one, other in combinations(range(90), 2)]
    for compiled in FORMS:
        assert (
            rows(kernel.count_pairs(objects, accounts, np.zeros(270, int), 0, compiled=compiled)) == expected
        )
