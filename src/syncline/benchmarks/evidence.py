"""The evidence and the names alone, without files, checks or a case: what a benchmark runs many times."""

from dataclasses import replace

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from syncline.coaction import Nulls, Tested, against_chance, against_the_crowd, discover
from syncline.engines.duckdb import DuckDBEngine
from syncline.settings import Settings
from syncline.traces import build_traces, leave_habits_out

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


def default_nulls(resolution_us: int = 1, alpha: float | None = None) -> Nulls:
    """What a scan with default settings holds fixed on a log of this time resolution, at `alpha` if given."""
    settings = Settings()
    windows_us = tuple(round(window * 1_000_000) for window in settings.windows)
    nulls = Nulls(windows_us, settings.alpha, settings.alpha_suspects, settings.seed)
    kept = tuple(window for window in windows_us if window >= resolution_us)
    return replace(
        nulls,
        windows_us=kept or (resolution_us,),
        alpha=settings.alpha if alpha is None else alpha,
        resolution_us=resolution_us,
    )


def engine_of(posts: pa.Table) -> DuckDBEngine:
    """An engine that holds `posts` (schema.POSTS) and its coded traces, `traces` being the log's own."""
    engine = DuckDBEngine(duckdb.connect())
    engine.put("posts", posts)
    build_traces(engine)
    leave_habits_out(engine)
    return engine


def find(engine: DuckDBEngine, nulls: Nulls) -> tuple[Tested, int]:
    """Both passes over `traces`: what was tested, and how many edges there are (table `discoveries`)."""
    tested = against_chance(engine, nulls)
    against_the_crowd(engine, nulls, tested)
    return tested, discover(engine, nulls, tested)


def edges(engine: DuckDBEngine, table: str = "discoveries") -> tuple[Integers, Integers, Floats]:
    """account_a, account_b and log_e of `discoveries` or `pair_evidence`, in one order."""
    found = engine.fetch(f"SELECT account_a, account_b, log_e FROM {table} ORDER BY account_a, account_b")
    a, b = (found.column(name).to_numpy().astype(np.int64) for name in ("account_a", "account_b"))
    return a, b, found.column("log_e").to_numpy()


def named_accounts(engine: DuckDBEngine, seed: int) -> Integers:
    """The accounts that a scan names from its `discoveries`, as integers of `accounts_coded`."""
    # The room of networks needs more of SciPy than all of the search for edges.
    from syncline.networks.partition import partition

    a, b, log_e = edges(engine)
    if not len(a):
        return np.array([], dtype=np.int64)
    found = partition(a, b, log_e, seed)
    return found.accounts[found.named]
