"""Creation batches: found with exact counts, and not claimed where nothing sets a group apart."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from account_tables import account
from scipy.stats import binomtest

from syncline import schema
from syncline.accounts import creation
from syncline.accounts.creation_scan import DAY_US, HOUR_US, find_batches, most_within
from syncline.accounts.findings import ErrorControl, Row, judged
from syncline.accounts.groups import of_list

END = 20_000 * DAY_US
LEVEL = ErrorControl(0.05).level


def organic(size: int, rng: np.random.Generator, years: float = 12) -> np.ndarray:
    """Sign-ups over years, more by day than by night."""
    days = np.floor(rng.beta(1, 1.3, size) * years * 365).astype(np.int64)
    hours = 12 + 12 * rng.vonmises(0, 1.5, size) / np.pi
    return END - days * DAY_US + (hours * HOUR_US).astype(np.int64)


def batches(times: Any, others: Any, resolution: int = 1_000_000, draws: int = 499, seed: int = 1):
    return find_batches(
        np.asarray(times), np.asarray(others), resolution, LEVEL, draws, np.random.default_rng(seed)
    )[0]


def made(times: np.ndarray, name: str = "a") -> pa.Table:
    rows = [account(f"{name}{number}", created_us=int(time)) for number, time in enumerate(times)]
    return pa.Table.from_pylist(rows, schema=schema.ACCOUNTS)


def looked(times: np.ndarray, others: np.ndarray | None, **unknown: int) -> list[Row]:
    """The findings on a list; `without` adds accounts whose creation time is unknown."""
    accounts = made(times)
    nameless = [account(f"u{number}") for number in range(unknown.get("without", 0))]
    accounts = pa.concat_tables([accounts, pa.Table.from_pylist(nameless, schema=schema.ACCOUNTS)])
    group = of_list(accounts, None if others is None else made(others, "o"))
    control = ErrorControl(0.05)
    return judged([creation.look(group, control)], control)


def test_a_planted_batch_is_found_with_its_exact_accounts_and_times() -> None:
    rng = np.random.default_rng(3)
    batch = END - 1000 * DAY_US + rng.integers(0, 5 * HOUR_US, 25)
    times = np.concatenate([organic(75, rng), batch])
    (found,) = batches(times, organic(1000, rng))
    assert found.accounts.tolist() == list(range(75, 100))
    assert (found.first_us, found.last_us) == (batch.min(), batch.max())
    assert found.scale_us == 6 * HOUR_US
    assert found.p == 1 / 500


def test_two_batches_of_neighbouring_weeks_are_told_apart() -> None:
    rng = np.random.default_rng(4)
    day = (END - 1000 * DAY_US) // DAY_US * DAY_US
    times = organic(100, rng) // DAY_US * DAY_US
    times = np.concatenate([times, np.full(30, day), np.full(20, day + 12 * DAY_US)])
    found = batches(times, organic(1000, rng) // DAY_US * DAY_US, DAY_US)
    assert sorted((each.accounts.size, each.first_us, each.last_us) for each in found) == [
        (20, day + 12 * DAY_US, day + 12 * DAY_US),
        (30, day, day),
    ]


def test_a_month_of_steady_work_is_one_batch() -> None:
    rng = np.random.default_rng(12)
    month = END - 1000 * DAY_US + np.arange(60) * DAY_US // 2
    (found,) = batches(np.concatenate([month, organic(60, rng)]), organic(1000, rng))
    assert (found.accounts[:60].tolist(), found.scale_us) == (list(range(60)), 30 * DAY_US)


def test_a_small_batch_is_not_hidden_by_a_large_one() -> None:
    rng = np.random.default_rng(5)
    large, small = END - 2000 * DAY_US, END - 300 * DAY_US
    times = np.concatenate([organic(60, rng), np.full(200, large), small + np.arange(8) * 60_000_000])
    assert [each.accounts.size for each in batches(times, organic(300, rng))] == [200, 8]


def test_a_wave_in_which_everybody_signed_up_is_no_batch() -> None:
    rng = np.random.default_rng(6)

    def with_wave(size: int) -> np.ndarray:
        wave = END - 500 * DAY_US + rng.integers(0, 3 * DAY_US, size // 3)
        return np.concatenate([wave, organic(size - wave.size, rng)])

    assert batches(with_wave(60), with_wave(600)) == []
    # The same group beside accounts that saw no wave.
    assert len(batches(with_wave(60), organic(600, rng))) == 1


def test_a_group_of_young_accounts_is_no_batch_beside_comparable_ones() -> None:
    rng = np.random.default_rng(7)
    young = organic(300, rng, years=0.5)
    assert batches(young[:100], young[100:]) == []
    # Even where the comparison is much older: only bunches count, not youth. 30 groups.
    claims = 0
    for seed in range(30):
        draw = np.random.default_rng(seed)
        claims += bool(batches(organic(100, draw, years=1), organic(300, draw), draws=199))
    assert binomtest(claims, 30, 0.05, alternative="greater").pvalue > 0.01


@pytest.mark.parametrize(("size", "others"), [(10, 200), (40, 400), (150, 300)])
def test_p_values_are_valid_on_organic_groups(size: int, others: int) -> None:
    """P(p <= 0.05) <= 0.05, by a binomial test over 200 groups drawn from one population."""
    small = 0
    for seed in range(200):
        rng = np.random.default_rng([size, seed])
        pool = organic(size + others, rng)
        _, p = find_batches(pool[:size], pool[size:], 1_000_000, 0.0, 99, rng)
        small += p <= 0.05
    assert binomtest(small, 200, 0.05, alternative="greater").pvalue > 0.01


# Eight networks of one log, all beside the same comparable accounts, at a level at which claims can be counted.
CONTROL = ErrorControl(0.5, groups=8)
SIZE = 20


def networks(seed: int, planted: int, batch: int = 8) -> tuple[set[int], bool]:
    """Of eight networks, `planted` of which hold a batch: which get a sign, and whether any gets a wrong batch."""
    rng = np.random.default_rng(seed)
    others = made(organic(200, rng), "o")
    tests = []
    for number in range(CONTROL.groups):
        times = organic(SIZE, rng)
        if number < planted:
            times[:batch] = END - (200 + 300 * number) * DAY_US + rng.integers(0, DAY_US, batch)
        group = replace(of_list(made(times), others), network_id=number)
        tests.append(creation.look(group, CONTROL))
    found = [row for row in judged(tests, CONTROL) if row["applies"]]
    planned = {f"a{number}" for number in range(batch)}
    wrong = any(row["network_id"] >= planted or not planned & set(row["account_ids"]) for row in found)
    return {row["network_id"] for row in found}, wrong


def test_among_several_networks_without_a_batch_one_is_claimed_in_the_level_of_logs_at_most() -> None:
    claimed = sum(bool(networks(seed, planted=0)[0]) for seed in range(150))
    assert binomtest(claimed, 150, CONTROL.level, alternative="greater").pvalue > 0.01


def test_among_several_networks_batches_are_found_and_seldom_anything_else() -> None:
    found = wrong = 0
    for seed in range(10):
        claimed, any_wrong = networks(seed, planted=3)
        found += len(claimed & {0, 1, 2})
        wrong += any_wrong
    assert found >= 29
    assert binomtest(wrong, 10, CONTROL.level, alternative="greater").pvalue > 0.01


def test_alone_only_what_is_far_beyond_the_weeks_around_is_a_batch() -> None:
    rng = np.random.default_rng(8)
    times = organic(400, rng)
    planted = np.concatenate([times, END - 700 * DAY_US + rng.integers(0, HOUR_US, 12)])
    assert batches(times, []) == []
    assert [each.accounts.size for each in batches(planted, [])] == [12]


def test_without_three_accounts_in_any_window_nothing_is_tested() -> None:
    assert find_batches(np.arange(4) * DAY_US, np.arange(50) * DAY_US, 1, 0.05, 99, np.random.default_rng(1))[
        1
    ] == pytest.approx(1.0)


def test_most_within_is_a_high_percentile_of_draws() -> None:
    times = np.concatenate([np.arange(100) * 100 * DAY_US, np.zeros(3, np.int64)])
    rng = np.random.default_rng(1)
    assert most_within(times, DAY_US, 103, 99, rng) == 4
    assert most_within(times, DAY_US, 2, 999, rng) in (1, 2)
    assert most_within(times[:0], DAY_US, 5, 99, rng) == 0


@pytest.mark.parametrize(("size", "expected"), [(18, 2), (8, 1)])
def test_most_within_is_the_99th_percentile(size: int, expected: int) -> None:
    """Two of 100 were made on one day: 18 drawn hold both 3 times in a hundred, 8 hold both 6 times in a thousand."""
    times = np.concatenate([np.arange(99) * 100 * DAY_US, np.zeros(1, np.int64)])
    assert most_within(times, DAY_US, size, 4_000, np.random.default_rng(1)) == expected


@pytest.mark.parametrize(
    ("times", "resolution"),
    [
        (np.arange(50) * DAY_US, DAY_US),
        (np.arange(50) * DAY_US + 60_000_000, 60_000_000),
        (np.arange(50) * DAY_US + 61_000_000, 1_000_000),
        # Some exports mix dates and times: midnight is then no time of day.
        (np.where(np.arange(50) < 10, 0, 12_345_678_901) + np.arange(50) * DAY_US, DAY_US),
    ],
)
def test_resolution_of_creation_times(times: np.ndarray, resolution: int) -> None:
    assert creation.resolution_us(times) == resolution


def test_dates_mixed_with_times_make_no_batch_at_midnight() -> None:
    rng = np.random.default_rng(9)
    times = organic(80, rng, years=1)
    times[:40] -= times[:40] % DAY_US
    assert [row["applies"] for row in looked(times, organic(500, rng, years=1))] == [False]


def test_statement_of_a_batch_beside_others() -> None:
    rng = np.random.default_rng(10)
    batch = 1_504_051_200_000_000 + np.arange(20) * 60_000_000  # 30 August 2017
    (row,) = looked(np.concatenate([batch, organic(30, rng)]), organic(400, rng, years=20), without=5)
    numbers = json.loads(row["numbers"])
    most = numbers["others_99th_percentile"]
    assert row["statement"].startswith(
        "20 of 50 accounts were made within 19 minutes of one another on 30 August 2017 (UTC); "
        f"of as many comparable accounts, at most {most} "
    )
    assert row["statement"].endswith("Creation times are known for 50 of 55 accounts.")
    assert row["account_ids"] == [f"a{number}" for number in range(20)]
    assert (numbers["accounts"], numbers["of"], numbers["p_bound"]) == (20, 50, 0.001)
    assert sum(numbers["histogram"]["accounts"]) == 50
    assert sum(numbers["histogram"]["others"]) == 400
    assert (row["gauge"], row["sign"], row["network_id"]) == ("authenticity", "creation_batch", None)


def test_statement_of_a_batch_by_dates_alone() -> None:
    rng = np.random.default_rng(11)
    day = 1_504_051_200_000_000
    times = np.concatenate([np.full(20, day), organic(300, rng) // DAY_US * DAY_US])
    (row,) = looked(times, None)
    assert row["statement"].startswith("20 of 320 accounts were made on 30 August 2017, where ")
    assert "Nobody else is there to compare with, so that a wave" in row["statement"]
    assert row["statement"].endswith("Of creation times only the dates are known.")


@pytest.mark.parametrize(
    ("known", "unknown", "said"),
    [
        (0, 0, "Insufficient data: creation times are known of 0 of 0 accounts, where 5 are needed."),
        (0, 1, "Insufficient data: creation times are known of 0 of 1 account, where 5 are needed."),
        (0, 7, "Insufficient data: creation times are known of 0 of 7 accounts, where 5 are needed."),
        (1, 0, "Insufficient data: creation times are known of 1 of 1 account, where 5 are needed."),
        (2, 1, "Insufficient data: creation times are known of 2 of 3 accounts, where 5 are needed."),
    ],
)
def test_unknown_creation_times_are_said(known: int, unknown: int, said: str) -> None:
    (row,) = looked(organic(known, np.random.default_rng(1)), None, without=unknown)
    assert (row["applies"], row["statement"]) == (False, said)
    assert json.loads(row["numbers"])["sufficient"] is False


@pytest.mark.parametrize(
    ("others", "said"), [(0, "of 0 comparable accounts"), (1, "of 1 comparable account")]
)
def test_too_few_comparable_accounts_are_said(others: int, said: str) -> None:
    rng = np.random.default_rng(1)
    (row,) = looked(organic(20, rng), organic(others, rng))
    assert row["statement"] == f"Insufficient data: creation times are known {said}, where 30 are needed."


def test_no_batch_is_said_with_what_was_compared() -> None:
    rng = np.random.default_rng(2)
    (row,) = looked(organic(20, rng), organic(100, rng))
    assert not row["applies"]
    assert row["statement"] == (
        "No batch: the creation times of 20 accounts are no more bunched, from an hour to a month, than "
        "those of 100 comparable accounts."
    )
    assert row["account_ids"] == []


def data(name: str) -> np.ndarray:
    folder = Path(os.environ.get("SYNCLINE_DATA", Path(__file__).parents[2] / "../shared/data"))
    path = folder / f"{name}.parquet"
    if not path.exists():
        pytest.skip(f"{name}.parquet is not there; set SYNCLINE_DATA to the folder that holds it")
    with duckdb.connect() as connection:
        query = "SELECT epoch_us(account_created::TIMESTAMP) FROM read_parquet(?) ORDER BY ALL"
        return np.array([row[0] for row in connection.execute(query, [str(path)]).fetchall()])


def test_both_batch_days_of_a_real_operation_with_exact_counts() -> None:
    rows = looked(data("accounts_china_2019"), data("accounts_genuine"))
    found = [json.loads(row["numbers"]) for row in rows if row["applies"]]
    days = {each["first_us"] // DAY_US: each["accounts"] for each in found if each["scale_us"] == DAY_US}
    assert days[17_408] == 119  # 2017-08-30
    assert days[17_396] == 97  # 2017-08-18


def claims_on_halves(halves: int) -> tuple[int, int]:
    genuine = data("accounts_genuine")
    beside = alone = 0
    for seed in range(halves):
        mixed = np.random.default_rng(seed).permutation(genuine)
        first, second = mixed[: mixed.size // 2], mixed[mixed.size // 2 :]
        beside += any(row["applies"] for row in looked(first, second))
        alone += any(row["applies"] for row in looked(first, None))
    return beside, alone


def test_few_batches_are_claimed_on_random_halves_of_genuine_accounts() -> None:
    assert max(claims_on_halves(15)) <= 3


@pytest.mark.slow
def test_batches_are_claimed_on_at_most_5_percent_of_200_halves_of_genuine_accounts() -> None:
    beside, alone = claims_on_halves(200)
    assert beside <= 10
    assert alone <= 10
