"""The measures, against cases worked by hand and against scikit-learn."""

import math

import numpy as np
import pandas as pd
import pytest

from syncline.benchmarks import scores

NEVER = -np.inf


def case(*pairs: tuple[int, float]) -> tuple[np.ndarray, np.ndarray]:
    positive, score = zip(*pairs, strict=True)
    return np.array(positive, dtype=bool), np.array(score, dtype=float)


# By falling score: right, wrong, right, a tie of one right and one wrong; one right and two wrong undetected.
RANKED = case((1, 9), (0, 8), (1, 7), (1, 5), (0, 5), (1, NEVER), (0, NEVER), (0, NEVER))


def test_curve_counts_both_kinds_at_each_distinct_score() -> None:
    found = scores.curve(*RANKED)
    assert found.to_dict("list") == {"threshold": [9, 8, 7, 5], "right": [1, 1, 2, 3], "wrong": [0, 1, 1, 2]}


def test_average_precision_by_hand() -> None:
    expected = 1 / 4 * (1 / 1) + 1 / 4 * (2 / 3) + 1 / 4 * (3 / 5) + 1 / 4 * (4 / 8)
    assert scores.average_precision(*RANKED) == pytest.approx(expected)


def test_average_precision_equals_scikit_learn() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(3)
    for _ in range(50):
        positive = rng.random(40) < 0.3
        positive[0] = True
        score = rng.integers(0, 8, 40).astype(float)
        unseen = score == 0
        with_unseen = np.where(unseen, NEVER, score)
        expected = metrics.average_precision_score(positive, score)
        assert scores.average_precision(positive, with_unseen) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (1, 1.0),
        (2, 1 / 2),
        (3, 2 / 3),
        (4, (2 + 1 / 2) / 4),  # one place for a tie of one right and one wrong
        (5, 3 / 5),
        (6, (3 + 1 / 3) / 6),  # the never detected in random order
        (100, 4 / 8),  # fewer accounts than places
    ],
)
def test_precision_at_shares_ties(first: int, expected: float) -> None:
    assert scores.precision_at(*RANKED, first) == pytest.approx(expected)


def test_recall_at_wrong_takes_the_best_allowed_threshold() -> None:
    # Four accounts are not positive: one wrong name is 250 per 1,000. The never detected are never names.
    assert scores.recall_at_wrong(*RANKED, [0, 249, 250, 499, 500, 1000]).tolist() == [
        0.25,
        0.25,
        0.5,
        0.5,
        0.75,
        0.75,
    ]
    first_is_wrong = case((0, 9), (1, 8))
    assert scores.recall_at_wrong(*first_is_wrong, 1).tolist() == [0.0]


@pytest.mark.parametrize(
    ("recall", "expected"), [(0, 0), (0.25, 0), (0.3, 1), (0.5, 1), (0.75, 2), (0.8, math.nan)]
)
def test_wrong_at_recall(recall: float, expected: float) -> None:
    assert scores.wrong_at_recall(*RANKED, recall) == pytest.approx(expected, nan_ok=True)


def test_without_positives_there_is_nothing_to_measure() -> None:
    nobody = case((0, 3), (0, NEVER))
    assert math.isnan(scores.average_precision(*nobody))
    assert math.isnan(scores.precision_at(*nobody, 1))
    assert np.isnan(scores.recall_at_wrong(*nobody, [1, 10])).all()


TRUTH = pd.DataFrame(
    [
        ("x", "camp-1", True, None, 50),
        ("x", "camp-2", True, None, 3),
        ("y", "camp-1", True, None, 10),
        ("x", "fan-1", False, "fandom", 20),
        ("x", "fan-2", False, "fandom", 20),
        ("x", "one", False, None, 5),
        ("x", "two", False, None, 5),
        ("x", "three", False, None, 5),
        ("x", "four", False, None, 5),
    ],
    columns=["platform", "account_id", "is_camp", "innocent_class", "posts"],
)
DETECTIONS = pd.DataFrame(
    [
        ("x", "camp-1", 9.0, True),
        ("x", "fan-1", 8.0, True),
        ("x", "camp-2", 7.0, True),
        ("x", "one", 6.0, True),
        ("x", "two", 1.0, False),
        ("x", "stranger", 99.0, True),
    ],
    columns=["platform", "account_id", "score", "named"],
)


def test_joined_keeps_the_truth_and_fills_what_was_not_detected() -> None:
    accounts = scores.joined(TRUTH, DETECTIONS).set_index(["platform", "account_id"])
    assert len(accounts) == len(TRUTH)
    assert accounts.loc[("y", "camp-1"), "score"] == NEVER
    assert not accounts.loc[("y", "camp-1"), "named"]
    assert accounts["organic"].sum() == 4


def test_an_account_twice_in_the_detections_is_refused() -> None:
    with pytest.raises(pd.errors.MergeError):
        scores.joined(TRUTH, pd.concat([DETECTIONS, DETECTIONS]))


def test_measures_by_hand_with_innocent_coordination_apart_and_as_wrong() -> None:
    found = scores.measures(scores.joined(TRUTH, DETECTIONS))
    expected = {
        "accounts": 9,
        "camp": 3,
        "organic": 4,
        "innocent": 2,
        "named": 4,
        "recall": 2 / 3,
        "recall_10_posts": 1 / 2,  # camp-2 has three posts
        "wrong": 1,
        "named_innocent": 1,
        "wrong_per_1000": 250,
        "wrong_per_1000_strict": 1000 * 2 / 6,
        "false_discovery": 1 / 3,
        "false_discovery_strict": 2 / 4,
        "average_precision": (1 + 1 + 3 / 7) / 3,
        "average_precision_strict": (1 + 2 / 3 + 3 / 9) / 3,
        "recall_at_1": 2 / 3,
        "recall_at_10": 2 / 3,
        "recall_at_1_strict": 1 / 3,
        "recall_at_10_strict": 1 / 3,
        "precision_at_50": 3 / 7,
        "precision_at_100": 3 / 7,
        "precision_at_500": 3 / 7,
    }
    assert found == pytest.approx(expected)


def test_nobody_named_is_no_false_discovery() -> None:
    found = scores.measures(scores.joined(TRUTH, DETECTIONS.assign(named=False)))
    assert (found["recall"], found["wrong"], found["false_discovery"]) == (0, 0, 0)


def test_named_by_class() -> None:
    found = scores.named_by_class(scores.joined(TRUTH, DETECTIONS)).set_index("innocent_class")
    assert found.loc["fandom"].tolist() == [2, 1]
    assert found.loc["organic"].tolist() == [4, 1]


def test_naming_someone_whom_only_an_event_drew_is_wrong() -> None:
    drawn = TRUTH.assign(innocent_class=TRUTH["innocent_class"].replace("fandom", "breaking_news"))
    accounts = scores.joined(drawn, DETECTIONS)
    found = scores.measures(accounts)
    assert (found["organic"], found["wrong"], found["innocent"]) == (6, 2, 0)
    by_class = scores.named_by_class(accounts).set_index("innocent_class")
    assert by_class.loc["breaking_news"].tolist() == [2, 1]


def test_bootstrap_interval() -> None:
    assert scores.bootstrap_interval([4.0, 4.0, 4.0]) == (4.0, 4.0)
    low, high = scores.bootstrap_interval([0.0, 1.0] * 50)
    spread = 1.96 * 0.5 / 10  # normal approximation of the mean of 100 coin tosses
    assert (low, high) == (pytest.approx(0.5 - spread, abs=0.02), pytest.approx(0.5 + spread, abs=0.02))
    assert scores.bootstrap_interval([0.0, 1.0, np.nan]) == scores.bootstrap_interval([0.0, 1.0])
    assert all(math.isnan(end) for end in scores.bootstrap_interval([np.nan]))


def test_bootstrap_interval_covers_the_mean_as_often_as_it_says() -> None:
    rng = np.random.default_rng(11)
    hits = 0
    for _ in range(200):
        low, high = scores.bootstrap_interval(rng.normal(size=40), draws=500)
        hits += low <= 0 <= high
    assert 0.88 <= hits / 200 <= 0.99
