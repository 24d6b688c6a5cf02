"""The signs on simulated groups: nothing on people, everything on a camp, and the hours of both. Few seeds."""

import pytest

from syncline.benchmarks.account_signs import OFFSET, Rate, hours_of_camps, hours_of_diasporas, organic, power


def claims(rates: list[Rate], sign: str) -> list[tuple[int, int]]:
    return [(rate.claimed, rate.groups) for rate in rates if rate.sign == sign]


def test_people_get_no_sign_and_the_camp_does() -> None:
    rates = organic((15,), draws=10)
    assert claims(rates, "any") == [(0, 10)]
    found = power((40,), seeds=1, draws=1)
    assert claims(found, "any") == claims(found, "creation_batch") == claims(found, "hours") == [(1, 1)]


def test_too_few_accounts_for_hours_count_as_untested() -> None:
    (rate,) = [rate for rate in organic((6,), draws=2) if rate.sign == "hours"]
    assert (rate.tested, rate.groups) == (0, 2)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_interval_holds_the_camps_own_offset_and_nothing_is_said_of_a_diaspora(seed: int) -> None:
    (interval,) = hours_of_camps([seed])
    assert interval is not None
    assert interval[0] <= OFFSET <= interval[1] < 3.5
    assert hours_of_diasporas([seed]) == [None]
