"""How well a ranking of accounts, and the names a method gives, agree with known truth.

Accounts are camp (what is looked for), innocent coordination (labelled, and counted apart: it is
coordination) or organic, which includes the crowds that an event draws without any agreement. A wrong name is
an organic account that is named. A score of minus infinity means "never detected".
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from syncline.worlds.truth import CROWDS

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

PRECISION_AT = (50, 100, 500)
WRONG_PER_THOUSAND = (1, 10)
# Camp accounts that a method can be asked to find.
MIN_POSTS = 10


def curve(positive: Flags, score: Floats) -> pd.DataFrame:
    """The whole threshold curve: threshold (falling), right, wrong (how many of each score at least that).

    One row for each distinct score that is not minus infinity.
    """
    detected = np.isfinite(score)
    thresholds, group = np.unique(-score[detected], return_inverse=True)
    right = np.bincount(group, positive[detected], len(thresholds))
    everyone = np.bincount(group, minlength=len(thresholds))
    return pd.DataFrame(
        {
            "threshold": -thresholds,
            "right": np.cumsum(right).astype(np.int64),
            "wrong": np.cumsum(everyone - right).astype(np.int64),
        }
    )


def average_precision(positive: Flags, score: Floats) -> float:
    """Precision averaged over the gains in recall, accounts of one score taken together, not interpolated.

    Accounts never detected come last, together. NaN if nothing is positive.
    """
    if not positive.any():
        return float("nan")
    detected = curve(positive, score)
    right = np.append(detected["right"], positive.sum())
    everyone = np.append(detected["right"] + detected["wrong"], len(positive))
    gained = np.diff(right, prepend=0) / positive.sum()
    return float(np.sum(gained * right / everyone))


def precision_at(positive: Flags, score: Floats, first: int) -> float:
    """Expected share of positives among the `first` accounts, ties (and the never detected) in random order.

    With fewer accounts than that, the share among all of them. NaN if nothing is positive.
    """
    if not positive.any():
        return float("nan")
    first = min(first, len(positive))
    bar = np.sort(score)[-first]
    above, level = score > bar, score == bar
    places = first - above.sum()
    return float((positive[above].sum() + places * positive[level].mean()) / first)


def recall_at_wrong(positive: Flags, score: Floats, per_thousand: npt.ArrayLike) -> Floats:
    """The highest recall at any threshold with at most that many wrong names per 1,000 accounts not positive.

    One figure for each of `per_thousand`; NaN if nothing is positive.
    """
    rates = np.atleast_1d(np.asarray(per_thousand, dtype=np.float64))
    if not positive.any():
        return np.full(len(rates), np.nan)
    detected = curve(positive, score)
    thresholds_allowed = np.searchsorted(detected["wrong"] * 1000, rates * (~positive).sum(), side="right")
    found = np.concatenate([[0], detected["right"]]) / positive.sum()
    recall: Floats = found[thresholds_allowed]
    return recall


def wrong_at_recall(positive: Flags, score: Floats, recall: float) -> float:
    """The fewest wrong names at any threshold that reaches the recall. NaN if none does."""
    if recall <= 0:
        return 0.0
    detected = curve(positive, score)
    reached = detected["right"] >= recall * positive.sum()
    return float(detected["wrong"][reached].min()) if reached.any() else float("nan")


def joined(truth: pd.DataFrame, detections: pd.DataFrame) -> pd.DataFrame:
    """One row for each account of `truth`, with the score and name that `detections` gives it, or none.

    `truth` has platform, account_id, is_camp, innocent_class (null: none) and posts; `detections` has
    platform, account_id, score, named. Adds organic beside score and named: neither camp nor labelled innocent
    coordination, of which `CROWDS` are none.
    """
    key = ["platform", "account_id"]
    both = truth.merge(detections[[*key, "score", "named"]], on=key, how="left", validate="one_to_one")
    return both.assign(
        score=both["score"].fillna(-np.inf),
        named=both["named"].eq(True),
        organic=~both["is_camp"] & (both["innocent_class"].isna() | both["innocent_class"].isin(CROWDS)),
    )


def measures(accounts: pd.DataFrame) -> dict[str, float]:
    """The figures of one run, from `joined` accounts.

    Counts: accounts, camp, organic, innocent. Of the ranking: average_precision, precision_at_50, _100, _500,
    recall_at_1 and _10 (wrong names per 1,000 organic accounts). Of the method's own names: named, recall,
    recall_10_posts (camp accounts with ten posts or more), wrong, wrong_per_1000, named_innocent and
    false_discovery (share of the names on camp or organic accounts that are wrong). All these leave innocent
    coordination out; average_precision_strict, recall_at_1_strict, recall_at_10_strict, wrong_per_1000_strict
    and false_discovery_strict count it as wrong.
    """
    camp = accounts["is_camp"].to_numpy(dtype=np.bool_)
    organic = accounts["organic"].to_numpy(dtype=np.bool_)
    named = accounts["named"].to_numpy(dtype=np.bool_)
    score = accounts["score"].to_numpy(dtype=np.float64)
    ranked = camp | organic
    active = camp & (accounts["posts"].to_numpy() >= MIN_POSTS)
    return {
        "accounts": len(accounts),
        "camp": int(camp.sum()),
        "organic": int(organic.sum()),
        "innocent": int((~ranked).sum()),
        "named": int(named.sum()),
        "recall": _share(named[camp]),
        "recall_10_posts": _share(named[active]),
        "wrong": int((named & organic).sum()),
        "named_innocent": int((named & ~ranked).sum()),
        **{
            f"precision_at_{first}": precision_at(camp[ranked], score[ranked], first)
            for first in PRECISION_AT
        },
        **_error_measures(camp[ranked], score[ranked], named[ranked], ""),
        **_error_measures(camp, score, named, "_strict"),
    }


def _error_measures(positive: Flags, score: Floats, named: Flags, suffix: str) -> dict[str, float]:
    recalls = recall_at_wrong(positive, score, WRONG_PER_THOUSAND).tolist()
    return {
        f"average_precision{suffix}": average_precision(positive, score),
        **{
            f"recall_at_{rate}{suffix}": recall
            for rate, recall in zip(WRONG_PER_THOUSAND, recalls, strict=True)
        },
        f"wrong_per_1000{suffix}": 1000 * _share(named[~positive]),
        f"false_discovery{suffix}": float((named & ~positive).sum() / max(named.sum(), 1)),
    }


def _share(flags: Flags) -> float:
    return float(flags.mean()) if len(flags) else float("nan")


def named_by_class(accounts: pd.DataFrame) -> pd.DataFrame:
    """How many of each innocent class, and of the organic, are named: innocent_class, accounts, named."""
    innocent = accounts[~accounts["is_camp"]]
    by_class = innocent.groupby(innocent["innocent_class"].fillna("organic"))["named"]
    return by_class.agg(accounts="size", named="sum").rename_axis("innocent_class").reset_index()


def bootstrap_interval(
    values: npt.ArrayLike, *, level: float = 0.95, draws: int = 10_000, seed: int = 1
) -> tuple[float, float]:
    """The percentile bootstrap interval of the mean over seeds (Efron 1979).

    NaNs are left out; without values, NaN.
    """
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    if not len(known):
        return float("nan"), float("nan")
    drawn = np.random.default_rng(seed).choice(known, (draws, len(known))).mean(axis=1)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
