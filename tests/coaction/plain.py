"""The method's formulas once more, in plain Python, one pair at a time: what the SQL must agree with."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd

from syncline.coaction import CONSTANTS

THETAS = tuple(CONSTANTS[f"theta_{name}"] for name in ("least", "low", "mid", "high"))
LEAST = CONSTANTS["theta_least_weight"]
WEIGHTS = (LEAST, *[(1 - LEAST) / 3] * 3)
DELTA, W_MAX, W_MIN = (CONSTANTS[name] for name in ("delta", "surprisal_max", "surprisal_min"))
POOLING, SMOOTHING, PRIOR = (CONSTANTS[name] for name in ("pooling", "smoothing", "taste_prior"))

Pair = tuple[int, int]


@dataclass(frozen=True)
class Evidence:
    """One pair in one behaviour and window. Natural logarithms."""

    objects: int
    score: float
    log_e: float
    log_p: float


def e_value(score: float, rates: Iterable[float]) -> tuple[float, float]:
    """ln of the weighted mean over theta of exp(theta T - rate(theta)), and ln of the bound on p."""
    exponents = [theta * score - rate for theta, rate in zip(THETAS, rates, strict=True)]
    highest = max(exponents)
    mean = sum(
        weight * math.exp(exponent - highest) for weight, exponent in zip(WEIGHTS, exponents, strict=True)
    )
    return highest + math.log(mean), min(-highest, 0.0)


def surprisal(mean_activity: float, chance: float) -> float:
    return min(math.log(1 + DELTA / (mean_activity**2 * chance)), W_MAX)


def size_bin(accounts: float) -> int:
    return math.floor(math.log2(accounts))


def groups(acts: pd.DataFrame, by: str | list[str]) -> list[tuple[Any, pd.DataFrame]]:
    return list(acts.groupby(by))


def near(times: Iterable[int], window: int) -> int:
    return sum(abs(one - other) <= window for one, other in combinations(times, 2))


def against_chance(
    acts: pd.DataFrame, window: int, at_least: int
) -> tuple[dict[Pair, Evidence], dict[int, float]]:
    """First pass over the acts of one behaviour: evidence by pair, and the surprisal of every usable object."""
    activity = acts.groupby("account").size()
    mean_activity = len(acts) / len(activity)
    counts = {}
    pools: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for object_, part in groups(acts, "object"):
        if len(part) > 1:
            d = len(part)
            counts[object_] = (d, near(part["time_us"], window))
            pools[size_bin(d)][0] += counts[object_][1]
            pools[size_bin(d)][1] += d * (d - 1) / 2
    chances = {}
    for object_, (d, f) in counts.items():
        g = pools[size_bin(d)][0] / pools[size_bin(d)][1]
        q = (f + POOLING * g) / (d * (d - 1) / 2 + POOLING)
        c = d * (d - 1) * q / len(acts) ** 2
        if c > 0 and surprisal(mean_activity, c) >= W_MIN:
            chances[object_] = c
    weights = {object_: surprisal(mean_activity, c) for object_, c in chances.items()}
    phi = [sum(c * (math.exp(theta * weights[o]) - 1) for o, c in chances.items()) for theta in THETAS]
    scores: dict[Pair, list[float]] = defaultdict(list)
    for object_, part in groups(acts[acts["object"].isin(weights.keys())], "object"):
        for pair in met(part, window):
            scores[pair].append(weights[object_])
    found = {}
    for (one, other), parts in scores.items():
        if len(parts) >= at_least:
            rates = [activity[one] * activity[other] * p for p in phi]
            found[one, other] = Evidence(len(parts), sum(parts), *e_value(sum(parts), rates))
    return found, weights


def met(acts: pd.DataFrame, window: int) -> list[Pair]:
    rows = list(zip(acts["account"], acts["time_us"], strict=True))
    return [
        (min(a, b), max(a, b))
        for (a, at), (b, bt) in combinations(rows, 2)
        if abs(int(at) - int(bt)) <= window
    ]


def against_the_crowd(
    acts: pd.DataFrame,
    usable: Mapping[int, bool],
    suspects: set[int],
    communities: Mapping[int, int],
    *,
    window: int,
    block_us: int,
    at_least: int,
) -> dict[Pair, Evidence]:
    """Second pass over the acts of one behaviour, for the pairs of suspects.

    `usable` says of each object with two accounts or more in the log whether the first pass could use it.
    """
    acts = acts.assign(block=acts["time_us"] // block_us, crowd=~acts["account"].isin(suspects))
    chances = _crowd_chances(acts, usable, window)
    of_everyone = Counter(communities.get(o, 0) for o in acts["object"])
    pi = {h: n / len(acts) for h, n in of_everyone.items()}
    omega = {
        account: _tastes(Counter(communities.get(o, 0) for o in part["object"]), pi)
        for account, part in groups(acts, "account")
    }
    in_block = acts.groupby(["account", "block"]).size()
    weights = {
        (o, b): w
        for (o, b), (c, mean_activity, _) in chances.items()
        if (w := surprisal(mean_activity, c)) >= W_MIN
    }
    pace = _paces(acts, {key: chances[key][2] for key in weights}, window)
    found = {}
    for one, other in combinations(sorted(suspects & set(acts["account"])), 2):
        parts = _shared(acts, one, other, window, weights)
        if len(parts) < at_least:
            continue
        rates = [0.0] * len(THETAS)
        for (o, b), w in weights.items():
            h = communities.get(o, 0)
            both = in_block.get((one, b), 0) * in_block.get((other, b), 0)
            rate = both * omega[one][h] * omega[other][h] * pace[one] * pace[other] * chances[o, b][0]
            rates = [r + rate * (math.exp(theta * w) - 1) for r, theta in zip(rates, THETAS, strict=True)]
        found[one, other] = Evidence(len(parts), sum(parts), *e_value(sum(parts), rates))
    return found


def _crowd_chances(
    acts: pd.DataFrame, usable: Mapping[int, bool], window: int
) -> dict[tuple[int, int], tuple[float, float, float]]:
    """(c_ob, mean activity in the block, q_ob) of every object and block that the first pass did not leave out."""
    speeds = {}
    pools: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    everything = [0.0, 0.0]
    for key, part in groups(acts[acts["crowd"]], ["object", "block"]):
        if len(part) > 1:
            f, pairs = float(near(part["time_us"], window)), len(part) * (len(part) - 1) / 2
            speeds[key] = (f, pairs)
            for pool in (pools[size_bin(len(part))], everything):
                pool[0] += f
                pool[1] += pairs
    overall = (everything[0] + 1) / (everything[1] + 1)
    chances = {}
    for block, here in groups(acts, "block"):
        mean_activity = len(here) / here["account"].nunique()
        crowd_acts, objects = here["crowd"].sum(), here["object"].nunique()
        for object_, part in groups(here, "object"):
            if not usable.get(object_, True):
                continue
            crowd = part["crowd"].sum()
            p = (crowd + SMOOTHING) / (crowd_acts + SMOOTHING * objects)
            size = size_bin(max(crowd, 2))
            g = (pools[size][0] + POOLING * overall) / (pools[size][1] + POOLING) if size in pools else 1.0
            f, pairs = speeds.get((object_, block), (0.0, 0.0))
            q = (f + POOLING * g) / (pairs + POOLING)
            chances[object_, block] = (p * p * q, mean_activity, q)
    return chances


def _paces(acts: pd.DataFrame, in_window: Mapping[tuple[int, int], float], window: int) -> dict[int, float]:
    """How much sooner than the crowd each account acts, on the objects and blocks of `in_window` (q_ob)."""
    shares: dict[int, list[float]] = defaultdict(list)
    usual: Counter[int] = Counter()
    for key, part in groups(acts, ["object", "block"]):
        for account, time_us in zip(part["account"], part["time_us"], strict=True):
            others = part[part["crowd"] & (part["account"] != account)]["time_us"]
            if key in in_window and len(others):
                shares[account].append(((others - time_us).abs() <= window).mean())
                usual[account] += in_window[key]
    paces = dict.fromkeys(acts["account"], 1.0)
    for account, own in shares.items():
        seen = sum(own) - math.sqrt(sum(share**2 for share in own))
        paces[account] = max((seen + POOLING) / (usual[account] + POOLING), 1.0)
    return paces


def _tastes(own: Counter[int], everyone: Mapping[int, float]) -> dict[int, float]:
    total = sum(own.values())
    omega = {
        h: (own[h] + PRIOR * share) / ((total + PRIOR) * share) for h, share in everyone.items() if h != 0
    }
    return {0: 1.0, **omega}


def _shared(
    acts: pd.DataFrame, one: int, other: int, window: int, weights: Mapping[tuple[int, int], float]
) -> list[float]:
    left, right = acts[acts["account"] == one], acts[acts["account"] == other]
    both = left.merge(right, on=["object", "block"], suffixes=("_a", "_b"))
    both = both[(both["time_us_a"] - both["time_us_b"]).abs() <= window]
    keys = zip(both["object"], both["block"], strict=True)
    return [weights[key] for key in keys if key in weights]


def e_bh(log_e: Mapping[Pair, float], tested: int, alpha: float) -> set[Pair]:
    """e-BH (Wang & Ramdas 2022): the largest K with K pairs of e >= m / (alpha K); those pairs."""
    ranked = sorted(log_e, key=lambda pair: (-log_e[pair], pair))
    for k in range(len(ranked), 0, -1):
        if log_e[ranked[k - 1]] >= math.log(tested / (alpha * k)):
            return set(ranked[:k])
    return set()
