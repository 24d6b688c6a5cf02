"""Co-actions and their evidence: suspect liberally, judge against the crowd.

Reading the `.sql` files in the order in which they run here teaches the method. Every step works on the table
`traces` (behaviour, object, account, time_us, post), which may be the log's own or a permuted copy of it.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from syncline.arrays import as_table, numbers
from syncline.coaction import kernels
from syncline.coaction.communities import NO_COMMUNITIES, find_communities
from syncline.coaction.constants import (
    CONSTANTS,
    DAY_US,
    LINKS_PER_ACCOUNT,
)
from syncline.engines.engine import Engine

__all__ = [
    "CONSTANTS",
    "DAY_US",
    "Nulls",
    "Tested",
    "against_chance",
    "against_the_crowd",
    "discover",
    "forget_habits",
    "judge_listed",
    "rescore",
    "reweigh",
]


@dataclass(frozen=True)
class Nulls:
    """What is held fixed through a scan. Windows in microseconds, ascending; `resolution_us` is the log's own clock."""

    windows_us: Sequence[int]
    alpha: float
    alpha_suspects: float
    seed: int
    resolution_us: int = 1


@dataclass(frozen=True)
class Tested:
    """How many accounts and pairs are tested, in how many slots (behaviour x window).

    `actions_min` is the least number of actions an account needs in some behaviour to be tested, and the least
    number of objects a pair must share in one.
    """

    accounts: int
    slots: int
    actions_min: int

    @property
    def pairs(self) -> int:
        """m = N (N - 1) / 2, one where there is nothing to test."""
        return max(self.pairs_compared, 1)

    @property
    def pairs_compared(self) -> int:
        """N (N - 1) / 2, and none where there is nothing to test."""
        return self.accounts * (self.accounts - 1) // 2

    def log_bar(self, alpha: float, discoveries: int) -> float:
        """ln of the evidence that e-BH asks for when it makes this many discoveries."""
        return math.log(self.pairs / (alpha * max(discoveries, 1)))


def against_chance(engine: Engine, nulls: Nulls) -> Tested:
    """First pass: everyone picks objects by popularity, independently. Makes `suspects`; names nobody.

    Also leaves `eligible`, `judged_meetings` and `chance_evidence` (Tumminello 2011 and Saracco 2017 for validated
    projections; Wang & Ramdas 2022 for e-BH).
    """
    engine.put("windows", as_table({"window_us": np.array(nulls.windows_us, np.int64)}))
    if engine.kernels:
        _in_arrays(engine, kernels.sort_traces)
    _run(engine, "account_margins")
    _run(engine, "behaviour_margins")
    _in_windows(engine, "bursts", nulls)
    _run(engine, "burst_pools")
    _run(engine, "surprisals")
    _run(engine, "eligible")
    tested = _count_tested(engine, nulls.alpha)
    _run(engine, "chance_potential")
    _pair(engine, tested.actions_min)
    _in_windows(engine, "chance_scores", nulls, actions_min=tested.actions_min)
    _run(engine, "chance_evidence")
    _run(engine, "suspects", pairs_tested=tested.pairs, alpha=nulls.alpha_suspects)
    _make(engine, "suspect_meetings")
    engine.drop("bursts", "surprisals", "chance_scores")
    _excuse(engine, nulls, tested)
    return tested


def _excuse(engine: Engine, nulls: Nulls, tested: Tested) -> None:
    """Suspect only whom the weeks do not explain, where the weeks explain most of the suspects.

    Accounts that were there in the same weeks meet more often than chance over the whole log lets them; in a log of
    short stays that is everybody, and what is left is no crowd. Judged within four weeks, with everybody in the
    crowd, they go free. A ring that makes most of its log would too, which is why the choice falls back on chance
    alone as long as half of the suspects stand. Where suspects are few, the rest is crowd enough to judge them by.
    """
    first = engine.fetch("SELECT account FROM suspects ORDER BY account")
    if first.num_rows == 0 or _share_of_suspects(engine) < CONSTANTS["suspects_many"]:
        return
    engine.put("suspects", first.slice(0, 0))
    # At one level throughout: what could pass at the lower one alone would not be weighed at all.
    looser = replace(nulls, alpha=nulls.alpha_suspects)
    against_the_crowd(engine, looser, tested, block_us=_WEEKS_US, habits=False)
    discover(engine, looser, tested)
    rest = engine.fetch(
        "SELECT account_a AS account FROM discoveries UNION SELECT account_b FROM discoveries ORDER BY 1"
    )
    if 2 * rest.num_rows >= first.num_rows:
        engine.put("suspects", first)
        return
    engine.put("suspects", rest)
    _make(engine, "suspect_meetings")


def against_the_crowd(
    engine: Engine,
    nulls: Nulls,
    tested: Tested,
    *,
    block_us: int = DAY_US,
    habits: bool = True,
    candidates: pa.Table | None = None,
) -> None:
    """Second pass: on its active days each account picks what the others pick, by its own taste, at its own pace.

    Without `habits`, everybody has the same taste and pace. Makes `crowd_surprisals`, `crowd_evidence` and
    `pair_evidence` (account_a, account_b, log_e, log_p, objects; natural logarithms) for every pair that could pass
    e-BH, or for the pairs of `candidates` (account_a, account_b).
    """
    if habits:
        find_communities(engine, nulls.seed)
    else:
        engine.put("object_communities", NO_COMMUNITIES)
    _make(engine, "traces_in_blocks", block_us=block_us)
    _run(engine, "crowd_objects")
    _run(engine, "block_margins")
    _in_windows(engine, "crowd_bursts", nulls)
    _run(engine, "crowd_pools")
    _run(engine, "crowd_surprisals")
    _run(engine, "tastes")
    _run(engine, "crowd_potential")
    reweigh(engine, nulls, tested, block_us=block_us, habits=habits, candidates=candidates)


def forget_habits(engine: Engine, nulls: Nulls, tested: Tested, candidates: pa.Table) -> None:
    """The evidence of pairs whose scores are known, had everybody one taste and pace: makes `pair_evidence`."""
    engine.put("object_communities", NO_COMMUNITIES)
    _run(engine, "tastes")
    _run(engine, "crowd_potential")
    _take(engine, candidates)
    _rate(engine)
    _know(engine, nulls, habits=False)
    _weigh(engine, tested)


def judge_listed(engine: Engine, nulls: Nulls, tested: Tested, pairs: pa.Table) -> None:
    """Second pass for `pairs` (account_a, account_b) that were found elsewhere, whoever is suspect here."""
    engine.put("crowd_candidates", pairs)
    _run(engine, "listed_meetings")
    against_the_crowd(engine, nulls, tested, candidates=pairs)


def reweigh(
    engine: Engine,
    nulls: Nulls,
    tested: Tested,
    *,
    block_us: int = DAY_US,
    habits: bool = True,
    candidates: pa.Table | None = None,
) -> None:
    """The evidence of `judged_meetings` under the crowd null as it stands: makes `pair_evidence`."""
    _in_windows(engine, "crowd_scores", nulls, block_us=block_us, actions_min=tested.actions_min)
    if candidates is None:
        _run(engine, "crowd_candidates", pairs_tested=tested.pairs, alpha=nulls.alpha)
        _rate(engine)
        _run(engine, "crowd_finalists", pairs_tested=tested.pairs, alpha=nulls.alpha)
    else:
        _take(engine, candidates)
        _rate(engine)
    _know(engine, nulls, habits=habits)
    _weigh(engine, tested)


def rescore(engine: Engine, nulls: Nulls, tested: Tested) -> None:
    """The evidence of pairs whose rates are known, from other `judged_meetings`: makes `pair_evidence`."""
    _in_windows(engine, "crowd_scores", nulls, block_us=DAY_US, actions_min=tested.actions_min)
    _weigh(engine, tested)


def discover(engine: Engine, nulls: Nulls, tested: Tested) -> int:
    """Make `discoveries`, the pairs of `pair_evidence` that pass e-BH at alpha, and count them."""
    _run(engine, "discoveries", pairs_tested=tested.pairs, alpha=nulls.alpha)
    return int(engine.row("SELECT count(*) FROM discoveries")[0])


_NO_PACES = as_table(
    {
        "behaviour": np.zeros(0, np.uint8),
        "window_us": np.zeros(0, np.int64),
        "account": np.zeros(0, np.int32),
        "pace": np.zeros(0, np.float64),
    }
)

# Long enough for a ring to be a small part of what happens, short enough for stays to differ.
_WEEKS_US = 28 * DAY_US


def _share_of_suspects(engine: Engine) -> float:
    """The suspects' share of all traces."""
    theirs, all_ = engine.row(
        "SELECT sum(CASE WHEN account IN (SELECT account FROM suspects) THEN k ELSE 0 END), sum(k)"
        " FROM account_margins"
    )
    return float(theirs) / float(all_)


def _run(engine: Engine, step: str, **parameters: int | float) -> None:
    engine.run(f"coaction/{step}.sql", **CONSTANTS, **parameters)


def _in_arrays(engine: Engine, kernel: Callable[..., None], *arguments: Any, **parameters: int) -> None:
    with engine.beside(engine.arrays):
        kernel(engine, *arguments, **parameters)


def _make(engine: Engine, step: str, **parameters: int) -> None:
    """Make the table of a step that a kernel makes as well, by the quicker of the two that has room."""
    if engine.kernels:
        _in_arrays(engine, _KERNELS[step], **parameters)
    else:
        _run(engine, step, **parameters)


def _in_windows(engine: Engine, step: str, nulls: Nulls, **parameters: int) -> None:
    """Make the table of a step that counts within one window, for every window."""
    if engine.kernels and step in _KERNELS:
        _in_arrays(engine, _KERNELS[step], nulls.windows_us, **parameters)
        return
    engine.drop(step)
    for window_us in nulls.windows_us:
        _run(engine, step, window_us=window_us, **parameters)


_KERNELS: dict[str, Callable[..., None]] = {
    "bursts": kernels.bursts,
    "crowd_bursts": kernels.crowd_bursts,
    "chance_scores": kernels.chance_scores,
    "crowd_scores": kernels.crowd_scores,
    "candidate_rates": kernels.candidate_rates,
    "suspect_meetings": kernels.suspect_meetings,
    "traces_in_blocks": kernels.traces_in_blocks,
}


def _take(engine: Engine, pairs: pa.Table) -> None:
    """Judge these pairs, whether they could pass or not."""
    engine.put("crowd_candidates", pairs)
    engine.put("crowd_finalists", pairs)


def _know(engine: Engine, nulls: Nulls, *, habits: bool) -> None:
    """What the finalists' own habits add to their rates: shared taste and pace."""
    _run(engine, "shared_taste_rates")
    if habits:
        _in_windows(engine, "account_paces", nulls)
    else:
        engine.put("account_paces", _NO_PACES)


def _rate(engine: Engine) -> None:
    _run(engine, "block_rates")
    _run(engine, "account_rates")
    _make(engine, "candidate_rates")


def _weigh(engine: Engine, tested: Tested) -> None:
    _run(engine, "crowd_evidence")
    _run(engine, "pair_evidence", slots=tested.slots)


def _pair(engine: Engine, actions_min: int) -> None:
    if engine.kernels:
        _in_arrays(engine, kernels.repeated_pairs, actions_min)
        return
    _run(engine, "pairs", actions_min=actions_min)
    _run(engine, "repeated_pairs", actions_min=actions_min)
    engine.drop("pairs")


def _count_tested(engine: Engine, alpha: float) -> Tested:
    """Who is tested is decided by margins alone, so that validity is untouched.

    An account is left out if its traces could not carry it: all of them shared at the greatest surprisal, at
    theta = 1, would stay under the bar of e-BH in a log with `LINKS_PER_ACCOUNT` links for each account.
    Two actions at least, since one meeting is no evidence.
    """
    slots = max(
        engine.row("SELECT count(*) FROM (SELECT DISTINCT behaviour, window_us FROM eligible WHERE usable)")[
            0
        ],
        1,
    )
    most = engine.fetch(
        "SELECT k, count(*) AS accounts"
        " FROM (SELECT max(k) AS k FROM account_margins GROUP BY account) GROUP BY k"
    )
    traces, of_as_many = (numbers(column) for column in most.columns)
    actions_min = 2
    while True:
        accounts = int(of_as_many[traces >= actions_min].sum())
        reachable = CONSTANTS["surprisal_max"] * actions_min - math.log(3 * slots)
        if accounts < 2 or reachable >= math.log(accounts / (2 * alpha * LINKS_PER_ACCOUNT)):
            return Tested(accounts, slots, actions_min)
        actions_min += 1
