"""What the speed benchmark times against each other, each in a process of its own that says what it did as JSON.

    python -m syncline.benchmarks.contenders edges LOG

`LOG` is a file of `syncline.benchmarks.workload`. All look for accounts that shared the same objects.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from syncline.benchmarks.kernel import Pairs, count_pairs
from syncline.progress import Progress

if TYPE_CHECKING:
    from syncline.coaction import Nulls, Tested
    from syncline.engines.duckdb import DuckDBEngine

# What only some of them need is imported inside these, so that nobody's start counts for another.

Integers = npt.NDArray[np.int64]

WINDOW_S = 60
_WINDOW_US = WINDOW_S * 1_000_000
# How often the pair step and the kernel take turns.
_TURNS = 5


def edges(log: Path, *, everything: bool = False) -> dict[str, Any]:
    """From the file to the edges, both passes: reposts within a minute, or all behaviours and windows."""
    import duckdb

    from syncline.benchmarks.evidence import default_nulls, find
    from syncline.benchmarks.laps import LappedEngine, by_stage
    from syncline.schema import BEHAVIOURS
    from syncline.sources import read
    from syncline.traces import build_traces, leave_habits_out

    progress = Progress()
    behaviours = BEHAVIOURS if everything else ("repost",)
    with duckdb.connect() as connection:
        engine = LappedEngine(connection)
        with progress.stage("read"):
            read(connection, [log], behaviours=behaviours)
        engine.start()
        build_traces(engine, behaviours)
        engine.stage = "evidence"
        leave_habits_out(engine)
        _, found = find(engine, default_nulls() if everything else _one_window())
    return {"stages": progress.timings | by_stage(engine.laps), "tables": engine.laps, "found": found}


def _one_window() -> "Nulls":
    from syncline.benchmarks.evidence import default_nulls
    from syncline.coaction import Nulls

    defaults = default_nulls()
    return Nulls((_WINDOW_US,), defaults.alpha, defaults.alpha_suspects, defaults.seed)


def kernel(log: Path) -> dict[str, Any]:
    """The sorted window over integers, and what it takes to get these out of the file."""
    progress = Progress()
    with progress.stage("read and code"):
        object_, account, time_s = coded(log)
    with progress.stage("pairs"):
        found = count_pairs(object_, account, time_s, WINDOW_S)
    return {"stages": progress.timings, "found": len(found.objects)}


def tfidf(log: Path) -> dict[str, Any]:
    """TF-IDF cosine without a window (Pacheco et al. 2021)."""
    from syncline.benchmarks.baselines.tfidf_cosine import cosine_similarities

    progress = Progress()
    with progress.stage("read and code"):
        object_, account, _ = coded(log)
    shares = pa.table({"object": object_, "account": account})
    with progress.stage("pairs"):
        found = cosine_similarities(shares, int(account.max()) + 1)
    return {"stages": progress.timings, "found": len(found)}


def coded(log: Path) -> tuple[Integers, Integers, Integers]:
    """Objects and accounts as integers from 0, and times in seconds."""
    ids = ["object_id", "account_id"]
    rows = pq.read_table(log, columns=[*ids, "timestamp_share"], read_dictionary=ids).unify_dictionaries()
    object_, account = (rows[name].combine_chunks().indices.to_numpy().astype(np.int64) for name in ids)
    return object_, account, rows["timestamp_share"].to_numpy()


def pair_step(log: Path) -> dict[str, Any]:
    """The pair step of a scan and the kernel on the same traces in one process, in turn: medians."""
    from syncline.coaction import kernels

    engine, tested = _prepared(log)
    objects, accounts, times = (column.to_numpy() for column in _kernel_input(engine, tested).columns)

    def scan() -> None:
        kernels.repeated_pairs(engine, tested.actions_min)
        kernels.chance_scores(engine, [_WINDOW_US], tested.actions_min)

    def limit() -> Pairs:
        return count_pairs(objects, accounts, times, _WINDOW_US, at_least=tested.actions_min)

    # The first runs compile and warm up, and say that both count the same.
    scan()
    _check_equal(engine, limit())
    turns = [{"pair step": _took(scan), "kernel": _took(limit)} for _ in range(_TURNS)]
    stages = {
        name: {clock: statistics.median(turn[name][clock] for turn in turns) for clock in ("wall_s", "cpu_s")}
        for name in turns[0]
    }
    return {"stages": stages, "found": len(objects)}


def _prepared(log: Path) -> "tuple[DuckDBEngine, Tested]":
    """The log's reposts with everything that the pair step reads."""
    import duckdb

    from syncline.coaction import against_chance
    from syncline.engines.duckdb import DuckDBEngine
    from syncline.sources import read
    from syncline.traces import build_traces, leave_habits_out

    connection = duckdb.connect()
    engine = DuckDBEngine(connection)
    read(connection, [log], behaviours=["repost"])
    build_traces(engine, ["repost"])
    leave_habits_out(engine)
    return engine, against_chance(engine, _one_window())


def _kernel_input(engine: "DuckDBEngine", tested: "Tested") -> pa.Table:
    """Object, account and time_us of what the pair step looks at: tested accounts on usable objects."""
    return engine.fetch(f"""
        SELECT object::BIGINT AS object, account::BIGINT AS account, time_us FROM traces
        WHERE object IN (SELECT object FROM eligible WHERE usable)
        AND account IN (SELECT account FROM account_margins WHERE k >= {tested.actions_min})
    """)


def _check_equal(engine: "DuckDBEngine", limit: Pairs) -> None:
    """Exits where the two do not find the same pairs with the same number of objects."""
    found = engine.fetch(
        "SELECT account_a, account_b, objects FROM chance_scores ORDER BY account_a, account_b"
    )
    order = np.lexsort((limit.account_b, limit.account_a))
    for name in Pairs._fields:
        if not np.array_equal(found[name].to_numpy(), getattr(limit, name)[order]):
            sys.exit(f"The pair step and the kernel differ in {name}.")


def _took(run: Callable[[], object]) -> dict[str, float]:
    """Wall and CPU seconds of one run."""
    wall, cpu = time.perf_counter(), time.process_time()
    run()
    return {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}


CONTENDERS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "edges": edges,
    "profile": lambda log: edges(log, everything=True),
    "kernel": kernel,
    "tfidf": tfidf,
    "pair-step": pair_step,
}

if __name__ == "__main__":
    print(json.dumps(CONTENDERS[sys.argv[1]](Path(sys.argv[2]))))
