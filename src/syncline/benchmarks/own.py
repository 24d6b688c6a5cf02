"""Syncline's own detector, and its first pass alone, at default settings, as detectors of the benchmark.

Logs need a clock of a minute or finer, which is the shortest window.
"""

import heapq
import math
from dataclasses import replace

import numpy as np
import pandas as pd

from syncline.benchmarks.baselines import Detector, Tables
from syncline.benchmarks.baselines.post_log import flags
from syncline.benchmarks.evidence import (
    Floats,
    Integers,
    default_nulls,
    edges,
    engine_of,
    named_accounts,
)
from syncline.coaction import Nulls, Tested, against_chance, against_the_crowd, discover
from syncline.engines.duckdb import DuckDBEngine

# Evidence is made for every pair that could pass at this level, so that the curve goes on beyond alpha.
_CURVE_ALPHA = 1.0


def detect(tables: Tables) -> pd.DataFrame:
    """Both passes. Curve: the evidence asked of an edge; an account is found in the 2-core of such edges.

    Named: as a scan names, at alpha, inside its networks.
    """
    engine, nulls = engine_of(tables["posts"]), default_nulls()
    tested = against_chance(engine, nulls)
    against_the_crowd(engine, replace(nulls, alpha=_CURVE_ALPHA), tested)
    return _detections(engine, nulls, tested)


def detect_by_first_pass(tables: Tables) -> pd.DataFrame:
    """The first pass alone, at the same alpha, which shows what the second is worth."""
    engine, nulls = engine_of(tables["posts"]), default_nulls()
    tested = against_chance(engine, nulls)
    engine.connection.execute(
        "CREATE OR REPLACE TABLE crowd_evidence AS SELECT * FROM chance_evidence"
    ).fetchall()
    engine.run("coaction/pair_evidence.sql", slots=tested.slots)
    return _detections(engine, nulls, tested)


OWN: dict[str, Detector] = {"Syncline": detect, "Syncline, first pass alone": detect_by_first_pass}


def _detections(engine: DuckDBEngine, nulls: Nulls, tested: Tested) -> pd.DataFrame:
    """Scores from `pair_evidence`, names from those of its pairs that pass e-BH at alpha."""
    accounts: pd.DataFrame = engine.fetch(
        "SELECT platform, account_id FROM accounts_coded ORDER BY account"
    ).to_pandas()
    score = core_levels(*edges(engine, "pair_evidence"), len(accounts))
    discover(engine, nulls, tested)
    return accounts.assign(score=score, named=flags(len(accounts), named_accounts(engine, nulls.seed)))


def core_levels(a: Integers, b: Integers, weight: Floats, accounts: int) -> Floats:
    """For each account, the highest bar at which it is in the 2-core of the edges that reach the bar.

    Minus infinity for an account in no 2-core. Generalised cores (Batagelj & Zaversnik 2011): whoever has the
    weakest second edge is taken away, again and again.
    """
    graph = _Graph(a, b, weight, accounts)
    levels = np.full(accounts, -np.inf)
    bars = {account: graph.second(account) for account in np.unique(np.concatenate([a, b])).tolist()}
    waiting = [(bar, account) for account, bar in bars.items()]
    heapq.heapify(waiting)
    reached = -math.inf
    while waiting:
        bar, account = heapq.heappop(waiting)
        if bars.get(account) != bar:
            continue  # gone, or waiting again with a lower bar
        reached = max(reached, bar)
        levels[account] = reached
        del bars[account]
        for other in graph.take_away(account):
            if (now := graph.second(other)) != bars[other]:
                bars[other] = now
                heapq.heappush(waiting, (now, other))
    return levels


class _Graph:
    """Each account's edges, the strongest first, from which accounts are taken away one by one."""

    def __init__(self, a: Integers, b: Integers, weight: Floats, accounts: int) -> None:
        ends, others, weights = np.concatenate([a, b]), np.concatenate([b, a]), np.tile(weight, 2)
        order = np.lexsort((-weights, ends))
        self._others: list[int] = others[order].tolist()
        self._weights: list[float] = weights[order].tolist()
        self._stop: list[int] = np.cumsum(np.bincount(ends, minlength=accounts)).tolist()
        self._start = [0, *self._stop[:-1]]
        # The places of each account's strongest and second strongest edge that are left; they only move on.
        self._first, self._second = list(self._start), list(self._start)
        self._gone = [False] * accounts

    def take_away(self, account: int) -> list[int]:
        """Take `account` away and return the neighbours that it leaves behind."""
        self._gone[account] = True
        neighbours = self._others[self._start[account] : self._stop[account]]
        return [other for other in neighbours if not self._gone[other]]

    def second(self, account: int) -> float:
        """The weight of the second strongest edge that is left, or minus infinity."""
        first = self._first[account] = self._left(account, self._first[account])
        second = self._second[account] = self._left(account, max(self._second[account], first + 1))
        return self._weights[second] if second < self._stop[account] else -math.inf

    def _left(self, account: int, place: int) -> int:
        while place < self._stop[account] and self._gone[self._others[place]]:
            place += 1
        return place
