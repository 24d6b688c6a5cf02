"""Statistically validated network with a uniform null (Tumminello et al. 2011), false discovery rate 1%.

Two accounts with k_a and k_b of the N objects share x or more of them with the hypergeometric upper tail's
probability, every object being as likely as any other: popularity, which is not uniform, is not in this null.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from scipy.special import gammaln

from syncline.benchmarks.baselines.post_log import (
    Detector,
    Flags,
    Floats,
    PostLog,
    Tables,
    flags,
    heaviest_edge,
)
from syncline.benchmarks.baselines.projection import incidence, projected_blocks

LEVEL = 0.01


def log_upper_tail(
    shared: npt.ArrayLike, objects_a: npt.ArrayLike, objects_b: npt.ArrayLike, objects: int
) -> Floats:
    """Natural log of P(X >= shared), X hypergeometric: `objects_b` drawn of `objects`, `objects_a` marked.

    The tail is summed on the side of the mean on which its terms fall. All arguments broadcast to one axis.
    """
    x, a, b = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(v, np.float64)) for v in (shared, objects_a, objects_b))
    )
    logs = np.zeros(len(x))
    above = x > a * b / objects
    logs[above] = _log_tail(x[above], a[above], b[above], objects, _upwards)
    below = ~above & (x > np.maximum(0, a + b - objects))
    logs[below] = np.log1p(-np.exp(_log_tail(x[below] - 1, a[below], b[below], objects, _downwards)))
    return logs


Ratio = Callable[[Floats, Floats, Floats, int], Floats]


def _upwards(x: Floats, a: Floats, b: Floats, objects: int) -> Floats:
    """P(X = x + 1) / P(X = x)."""
    ratio: Floats = (a - x) * (b - x) / ((x + 1) * (objects - a - b + x + 1))
    return ratio


def _downwards(x: Floats, a: Floats, b: Floats, objects: int) -> Floats:
    """P(X = x - 1) / P(X = x)."""
    ratio: Floats = x * (objects - a - b + x) / ((a - x + 1) * (b - x + 1))
    return ratio


def _log_tail(x: Floats, a: Floats, b: Floats, objects: int, ratio: Ratio) -> Floats:
    """Log of the summed probabilities from `x` outwards: the first one times a sum of products of ratios."""
    step = 1 if ratio is _upwards else -1
    total, term, at = np.ones(len(x)), np.ones(len(x)), x.copy()
    unfinished = np.arange(len(x))
    while len(unfinished):
        term[unfinished] *= ratio(at[unfinished], a[unfinished], b[unfinished], objects)
        total[unfinished] += term[unfinished]
        at[unfinished] += step
        unfinished = unfinished[term[unfinished] > 1e-17 * total[unfinished]]
    first = _log_choose(a, x) + _log_choose(objects - a, b - x) - _log_choose(np.full(len(x), objects), b)
    logs: Floats = first + np.log(total)
    return logs


def _log_choose(n: Floats, k: Floats) -> Floats:
    logs: Floats = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return logs


def validated_pairs(shares: pa.Table, accounts: int) -> pd.DataFrame:
    """Every pair of accounts with a common object: account_a, account_b, log10_p, validated.

    `validated` is Benjamini and Hochberg's step-up at 1% over all pairs of accounts with a share.
    `shares` has object and account (int64).
    """
    matrix = incidence(shares, accounts).sign()
    degree = np.diff(matrix.indptr).astype(np.float64)
    account_a, account_b, log10_p = [], [], []
    for start, block in projected_blocks(matrix):
        pairs = block.tocoo()
        upper = pairs.col > pairs.row + start
        row, column = pairs.row[upper].astype(np.int64) + start, pairs.col[upper].astype(np.int64)
        account_a.append(row)
        account_b.append(column)
        log10_p.append(_log10_p(pairs.data[upper], degree[row], degree[column], matrix.shape[1]))
    pairs_found = pd.DataFrame(
        {
            "account_a": np.concatenate([*account_a, np.empty(0, np.int64)]),
            "account_b": np.concatenate([*account_b, np.empty(0, np.int64)]),
            "log10_p": np.concatenate([*log10_p, np.empty(0)]),
        }
    )
    active = int((degree > 0).sum())
    tests = active * (active - 1) // 2
    return pairs_found.assign(validated=_step_up(pairs_found["log10_p"].to_numpy(), tests))


def _log10_p(shared: Floats, degree_a: Floats, degree_b: Floats, objects: int) -> Floats:
    """The tail, once for each distinct case: pairs are many, (shared, degrees) are few."""
    case = np.stack([shared, np.minimum(degree_a, degree_b), np.maximum(degree_a, degree_b)])
    cases, which = np.unique(case, axis=1, return_inverse=True)
    log10_p: Floats = (log_upper_tail(cases[0], cases[1], cases[2], objects) / np.log(10))[which.ravel()]
    return log10_p


def _step_up(log10_p: Floats, tests: int) -> Flags:
    ranked = np.sort(log10_p)
    bar = np.log10(LEVEL * np.arange(1, len(ranked) + 1) / max(tests, 1))
    passing = np.flatnonzero(ranked <= bar)
    validated: Flags = log10_p <= (ranked[passing[-1]] if len(passing) else -np.inf)
    return validated


def detector(*behaviours: str) -> Detector:
    """The validated network on the shares of these behaviours together.

    Curve: -log10 p of the account's most surprising pair. Named: accounts with a validated pair.
    """

    def detect(tables: Tables) -> pd.DataFrame:
        log = PostLog(tables["posts"])
        accounts = len(log.accounts)
        pairs = validated_pairs(log.shares(*behaviours), accounts)
        edges = pairs[pairs["validated"]]
        return log.detections(
            heaviest_edge(accounts, pairs["account_a"], pairs["account_b"], -pairs["log10_p"]),
            flags(accounts, edges["account_a"], edges["account_b"]),
        )

    return detect
