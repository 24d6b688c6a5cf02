"""Error control over networks, and the rows of the table."""

import json

import numpy as np
import pytest
from scipy.stats import binomtest

from syncline import schema
from syncline.accounts.findings import SIGNS, Candidate, ErrorControl, SignTest, counted, judged

CONTROL = ErrorControl(0.05, groups=10)


def test_of(
    network_id: int | None, *p_values: float, sign: str = "hours", sufficient: bool = True
) -> SignTest:
    found = [Candidate(p, f"p {p}", {"accounts": 3}, ["a"]) for p in p_values]
    return SignTest(network_id, sign, found, "nothing", {"of": 9}, sufficient)


test_of.__test__ = False  # type: ignore[attr-defined]


def standing(*tests: SignTest) -> list[tuple[int | None, str]]:
    return [(row["network_id"], row["statement"]) for row in judged(tests, CONTROL) if row["applies"]]


def test_signs_share_alpha() -> None:
    assert pytest.approx(0.05 / 10) == CONTROL.level
    assert standing(test_of(1, 0.005)) == [(1, "p 0.005")]
    assert standing(test_of(1, 0.006)) == []


# Of ten networks: the sum of 1/k to ten.
TENTHS = 2.9289682539682538


def test_networks_share_the_level_by_e_bh() -> None:
    nothing = [test_of(network_id, 0.9) for network_id in range(2, 11)]
    step = CONTROL.level / 10 / TENTHS
    assert standing(test_of(1, 1.01 * step), *nothing) == []
    assert len(standing(test_of(1, 0.99 * step), *nothing)) == 1
    # Two of ten: each may have twice the p-value.
    both = standing(test_of(1, 1.9 * step), test_of(2, 1.99 * step), *nothing[1:])
    assert [network for network, _ in both] == [1, 2]


def test_candidates_within_a_network_must_pass_at_the_share_of_selected_networks() -> None:
    nothing = [test_of(network_id, 0.9) for network_id in range(3, 11)]
    found = standing(test_of(1, 0.0001, 0.0003, 0.0004), test_of(2, 0.0002), *nothing)
    assert found == [(1, "p 0.0001"), (1, "p 0.0003"), (2, "p 0.0002")]


def test_wrong_findings_are_in_few_of_the_networks_that_get_one_however_networks_depend() -> None:
    """Two of ten networks have a batch, and all ten a wrong candidate with one and the same p-value, by chance."""
    control = ErrorControl(0.9, groups=10)
    shares = []
    for seed in range(2000):
        wrong = float(np.random.default_rng(seed).random())
        tests = [test_of(number, 1e-6, wrong) for number in (8, 9)]
        tests += [test_of(number, wrong) for number in range(8)]
        rows = [(row["network_id"], row["statement"]) for row in judged(tests, control) if row["applies"]]
        networks = {network for network, _ in rows}
        shares.append(len({network for network, said in rows if said != "p 1e-06"}) / len(networks))
    assert 0 < np.mean(shares) <= control.level


def test_tests_without_enough_data_do_not_count() -> None:
    mute = [test_of(network_id, sufficient=False) for network_id in range(2, 11)]
    assert standing(test_of(1, 0.005), *mute) == [(1, "p 0.005")]


def test_the_whole_log_is_a_family_of_its_own() -> None:
    nothing = [test_of(network_id, 0.9) for network_id in range(2, 11)]
    assert standing(test_of(None, 0.005), *nothing) == [(None, "p 0.005")]


def test_signs_do_not_share_with_each_other() -> None:
    others = [test_of(network_id, 0.9, sign="location") for network_id in range(2, 11)]
    assert standing(test_of(1, 0.005), *others) == [(1, "p 0.005")]


def test_false_discovery_rate_over_networks() -> None:
    """Eight networks without and two with a sign: the share of wrong ones is at most the level."""
    control = ErrorControl(0.9, groups=10)
    shares = []
    for seed in range(2000):
        rng = np.random.default_rng(seed)
        tests = [test_of(number, float(rng.random())) for number in range(8)]
        tests += [test_of(8, 1e-6), test_of(9, 1e-6)]
        found = [row["network_id"] for row in judged(tests, control) if row["applies"]]
        shares.append(sum(number < 8 for number in found) / len(found))
    assert 0 < np.mean(shares) <= control.level


def test_rows_have_the_columns_of_the_schema_and_say_what_was_not_found() -> None:
    rows = judged([test_of(2, 0.9), test_of(1, 1e-9), test_of(3, sufficient=False)], CONTROL)
    assert [row["network_id"] for row in rows] == [1, 2, 3]
    assert all(list(row) == schema.FINDINGS.names for row in rows)
    assert [row["applies"] for row in rows] == [True, False, False]
    assert [row["statement"] for row in rows] == ["p 1e-09", "nothing", "nothing"]
    numbers = [json.loads(row["numbers"]) for row in rows]
    assert [each["p_bound"] for each in numbers] == [1e-9, 0.9, None]
    assert [each["sufficient"] for each in numbers] == [True, True, False]
    assert (rows[0]["account_ids"], rows[1]["account_ids"]) == (["a"], [])


def test_random_numbers_of_a_sign_do_not_depend_on_what_else_is_looked_for() -> None:
    draws = {
        (sign, network_id): CONTROL.random(sign, network_id).random()
        for sign in SIGNS
        for network_id in (None, 0, 1)
    }
    assert len(set(draws.values())) == len(draws)
    assert CONTROL.random("hours", 1).random() == draws["hours", 1]


@pytest.mark.parametrize(("groups", "draws"), [(1, 999), (10, 11715), (100, 207495)])
def test_draws_suffice_for_the_number_of_networks(groups: int, draws: int) -> None:
    control = ErrorControl(0.05, groups)
    assert control.draws == pytest.approx(draws, abs=1)
    # The best of all, and the second best, pass alone among all groups.
    found = [test_of(0, 2 / (control.draws + 1)), *(test_of(number, 1.0) for number in range(1, groups))]
    assert sum(row["applies"] for row in judged(found, control)) == 1


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([], "0 signs"),
        (["hours"], "1 sign"),
        (["eye_position"], "0 signs and 1 hint"),
        (["hours", "client", "eye_position"], "2 signs and 1 hint"),
    ],
)
def test_hints_are_counted_apart(found: list[str], said: str) -> None:
    assert counted(found) == said


def test_p_values_at_random_pass_with_the_level() -> None:
    wrong = sum(
        bool(standing(test_of(1, float(np.random.default_rng(seed).random())))) for seed in range(3000)
    )
    assert binomtest(wrong, 3000, CONTROL.level, alternative="greater").pvalue > 0.01
