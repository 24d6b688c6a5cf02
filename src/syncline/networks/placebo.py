"""Placebo: the whole scan on copies of the log in which nobody can be in company."""

from dataclasses import dataclass

import numpy as np

from syncline.coaction import Nulls, against_chance, against_the_crowd, discover, judge_listed
from syncline.engines.engine import Engine
from syncline.networks.partition import partition
from syncline.networks.synchronous import find_synchronous_groups


@dataclass(frozen=True)
class Placebo:
    """What the scan found on one copy, where every finding is false."""

    copy: int
    edges: int
    named: int
    synchronous_groups: int


def permuted_copy(engine: Engine, nulls: Nulls, copy: int) -> Placebo:
    """Scan a copy whose accounts are permuted among the traces of each day. Replaces `traces`."""
    engine.run("networks/permuted_traces.sql", seed=nulls.seed * 1000 + copy)
    tested = against_chance(engine, nulls)
    against_the_crowd(engine, nulls, tested)
    edges = discover(engine, nulls, tested)
    named = _named(engine, nulls.seed) if edges else 0
    return Placebo(copy, edges, named, find_synchronous_groups(engine, nulls))


def minute_share(engine: Engine, nulls: Nulls) -> float | None:
    """The share of the links' evidence that is gone when times are redrawn within the hour.

    Reads `links`; replaces `traces`. None where there is no link.
    """
    links = engine.fetch("SELECT account_a, account_b, log_e FROM links")
    if links.num_rows == 0:
        return None
    engine.run("networks/redrawn_traces.sql", seed=nulls.seed)
    tested = against_chance(engine, nulls)
    judge_listed(engine, nulls, tested, links.select(["account_a", "account_b"]))
    kept = engine.row("SELECT coalesce(sum(greatest(log_e, 0)), 0) FROM pair_evidence")[0]
    total = float(np.sum(links.column("log_e").to_numpy()))
    return float(np.clip(1 - kept / total, 0, 1))


def _named(engine: Engine, seed: int) -> int:
    found = engine.fetch("SELECT account_a, account_b, log_e FROM discoveries ORDER BY account_a, account_b")
    a, b = (found.column(name).to_numpy().astype(np.int64) for name in ("account_a", "account_b"))
    return int(partition(a, b, found.column("log_e").to_numpy(), seed).named.sum())
