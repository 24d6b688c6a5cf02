"""Statistically validated network with a uniform null (Tumminello et al. 2011), false discovery rate 1%.

Two accounts with k_a and k_b of the N objects share x or more of them with the hypergeometric upper tail's
probability, every object being as likely as any other: popularity, which is not uniform, is not in this null.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import scipy.sparse as sp
from scipy.special import gammaln

from syncline.benchmarks.baselines.post_log import (
    Detector,
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


def validated_network(shares: pa.Table, accounts: int) -> tuple[Floats, pd.DataFrame]:
    """Each account's highest -log10 p over all pairs with a common object, and the pairs that are validated.

    Validated is Benjamini and Hochberg's step-up at 1% over all pairs of accounts with a share. Pairs have
    account_a, account_b, log10_p; an account without a pair has minus infinity. `shares` has object and
    account (int64).
    """
    matrix = incidence(shares, accounts).sign()
    degree = np.diff(matrix.indptr).astype(np.float64)
    score, candidates = np.full(accounts, -np.inf), [_NO_PAIRS]
    for start, block in projected_blocks(matrix):
        pairs = _tested_pairs(start, block, degree, matrix.shape[1])
        strongest = heaviest_edge(accounts, pairs["account_a"], pairs["account_b"], -pairs["log10_p"])
        np.maximum(score, strongest, out=score)
        # No step-up validates a p above its level; keeping the others would not fit into memory.
        candidates.append(pairs[pairs["log10_p"] <= np.log10(LEVEL)])
    active = int((degree > 0).sum())
    return score, _step_up(pd.concat(candidates, ignore_index=True), active * (active - 1) // 2)


_NO_PAIRS = pd.DataFrame(
    {"account_a": np.empty(0, np.int64), "account_b": np.empty(0, np.int64), "log10_p": np.empty(0)}
)


def _tested_pairs(start: int, shared: sp.csr_matrix, degree: Floats, objects: int) -> pd.DataFrame:
    """The upper triangle of a block of shared objects that begins at row `start`, with each pair's p."""
    pairs = shared.tocoo()
    upper = pairs.col > pairs.row + start
    row, column = pairs.row[upper].astype(np.int64) + start, pairs.col[upper].astype(np.int64)
    log10_p = _log10_p(pairs.data[upper], degree[row], degree[column], objects)
    return pd.DataFrame({"account_a": row, "account_b": column, "log10_p": log10_p})


def _log10_p(shared: Floats, degree_a: Floats, degree_b: Floats, objects: int) -> Floats:
    """The tail, once for each distinct case: pairs are many, (shared, degrees) are few."""
    case = np.stack([shared, np.minimum(degree_a, degree_b), np.maximum(degree_a, degree_b)])
    cases, which = np.unique(case, axis=1, return_inverse=True)
    log10_p: Floats = (log_upper_tail(cases[0], cases[1], cases[2], objects) / np.log(10))[which.ravel()]
    return log10_p


def _step_up(pairs: pd.DataFrame, tests: int) -> pd.DataFrame:
    ranked = np.sort(pairs["log10_p"].to_numpy())
    bar = np.log10(LEVEL * np.arange(1, len(ranked) + 1) / max(tests, 1))
    passing = np.flatnonzero(ranked <= bar)
    return pairs[pairs["log10_p"] <= (ranked[passing[-1]] if len(passing) else -np.inf)]


def detector(*behaviours: str) -> Detector:
    """The validated network on the shares of these behaviours together.

    Curve: -log10 p of the account's most surprising pair. Named: accounts with a validated pair.
    """

    def detect(tables: Tables) -> pd.DataFrame:
        log = PostLog(tables["posts"])
        accounts = len(log.accounts)
        score, pairs = validated_network(log.shares(*behaviours), accounts)
        return log.detections(score, flags(accounts, pairs["account_a"], pairs["account_b"]))

    return detect
