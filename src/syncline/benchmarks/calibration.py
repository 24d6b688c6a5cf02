"""Calibration: what share of the edges and names is false, against the share that was allowed.

On worlds an edge is true where its two accounts agreed on something: one camp, one labelled innocent group, one
person. A name is true where the account is of a camp or of an innocent group. Strictly, only camps count. On permuted
copies of a real log, and in worlds in which nobody coordinates, everything that is found is false.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from scipy.stats import beta

from syncline.benchmarks.evidence import (
    default_nulls,
    edges,
    engine_of,
    find,
    named_accounts,
)
from syncline.benchmarks.scores import bootstrap_interval
from syncline.coaction import Nulls, against_chance, against_the_crowd, discover
from syncline.engines.duckdb import DuckDBEngine
from syncline.progress import Progress
from syncline.sources import read
from syncline.traces import build_traces
from syncline.worlds import generate
from syncline.worlds.truth import CROWDS

ALPHAS = (0.01, 0.05, 0.1, 0.2)
# Fewer runs than this have no bootstrap.
_RUNS_MIN = 5

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Truth:
    """Of each account, by its integer: its camp, its innocent group and its person, -1 for none; whether labelled."""

    camp: Integers
    group: Integers
    person: Integers
    labelled: Flags

    def edges_agreed(self, a: Integers, b: Integers) -> Flags:
        """Whether the two accounts of each edge agreed on anything."""
        one_person = (self.person[a] == self.person[b]) & (self.person[a] >= 0)
        one_group = (self.group[a] == self.group[b]) & (self.group[a] >= 0)
        agreed: Flags = one_person | one_group | self.edges_of_one_camp(a, b)
        return agreed

    def edges_of_one_camp(self, a: Integers, b: Integers) -> Flags:
        """Whether the two accounts of each edge belong to one camp."""
        together: Flags = (self.camp[a] == self.camp[b]) & (self.camp[a] >= 0)
        return together


def on_world(world: str, seed: int, alphas: Sequence[float] = ALPHAS) -> pd.DataFrame:
    """One row for each alpha: alpha, edges, false_edges, false_edges_strict, names, false_names, ..._strict."""
    tables = generate(world, seed)
    engine = engine_of(tables["posts"])
    truth = truth_of(engine, tables["truth"])
    return pd.DataFrame(
        [_counted(engine, nulls, truth) for nulls in _at_levels(engine, default_nulls(), alphas)]
    )


def on_copies(
    file: Path, copies: Iterable[int], alphas: Sequence[float] = ALPHAS, progress: Progress | None = None
) -> pd.DataFrame:
    """Rows as `on_world` gives them, with `run` the number of the permuted copy; everything found is false."""
    progress = progress or Progress()
    engine = DuckDBEngine(duckdb.connect())
    nulls = default_nulls(read(engine.connection, [file]).resolution_us)
    build_traces(engine)
    accounts = engine.row("SELECT count(*) FROM accounts_coded")[0]
    none = np.full(accounts, -1)
    nothing = Truth(none, none, none, labelled=np.zeros(accounts, np.bool_))
    rows = []
    for copy in copies:
        progress.detail(f"copy {copy}")
        engine.run("networks/permuted_traces.sql", seed=nulls.seed * 1000 + copy)
        rows += [
            {"run": copy, **_counted(engine, level, nothing)} for level in _at_levels(engine, nulls, alphas)
        ]
    return pd.DataFrame(rows)


def truth_of(engine: DuckDBEngine, truth: pa.Table) -> Truth:
    """The truth of a world (worlds.truth.TRUTH) by the engine's integers.

    Whoever an event drew is not labelled; a person counts where it has two accounts or more.
    """
    accounts = engine.fetch("SELECT platform, account_id FROM accounts_coded ORDER BY account").to_pandas()
    everyone = truth.to_pandas()
    known = accounts.merge(everyone, on=["platform", "account_id"], how="left", validate="one_to_one")
    labelled = known["innocent_class"].notna() & ~known["innocent_class"].isin(CROWDS)
    several = known["person_id"].map(everyone["person_id"].value_counts()) > 1
    return Truth(
        known["camp"].fillna(-1).to_numpy(np.int64),
        known["innocent_group"].where(labelled).fillna(-1).to_numpy(np.int64),
        known["person_id"].where(several).fillna(-1).to_numpy(np.int64),
        labelled.to_numpy(np.bool_),
    )


def _at_levels(engine: DuckDBEngine, nulls: Nulls, alphas: Sequence[float]) -> Iterator[Nulls]:
    """Leave in `discoveries` what a scan at each alpha finds in `traces`, and yield its nulls.

    Only who is tested and the final step depend on alpha. Where the strictest and the loosest level test the same,
    so do those between, and every pair that a stricter one could keep has its evidence at the loosest.
    """
    levels = [replace(nulls, alpha=alpha) for alpha in sorted(alphas)]
    strictest = against_chance(engine, levels[0])
    loosest = against_chance(engine, levels[-1])
    if strictest == loosest:
        against_the_crowd(engine, levels[-1], loosest)
    for level in levels:
        if strictest == loosest:
            discover(engine, level, loosest)
        else:
            find(engine, level)
        yield level


def _counted(engine: DuckDBEngine, nulls: Nulls, truth: Truth) -> dict[str, float]:
    a, b, _ = edges(engine)
    named = named_accounts(engine, nulls.seed)
    agreed, camp = truth.edges_agreed(a, b), truth.edges_of_one_camp(a, b)
    of_camp = truth.camp[named] >= 0
    return {
        "alpha": nulls.alpha,
        "edges": len(a),
        "false_edges": int((~agreed).sum()),
        "false_edges_strict": int((~camp).sum()),
        "names": len(named),
        "false_names": int((~of_camp & ~truth.labelled[named]).sum()),
        "false_names_strict": int((~of_camp).sum()),
    }


def summary(runs: pd.DataFrame) -> pd.DataFrame:
    """Realised against nominal: one row for each source, what (edges or names), and alpha.

    `runs` has source, run and the columns of `on_world`. Gives runs, found (mean), rate (mean over runs of the false
    share), low and high (95%), strict (the same rate counting camps only), any_false (runs with one), any_high (upper
    95% limit of the share of such runs; Clopper & Pearson 1934). The rate's interval is that of its binomial share
    where everything found is false in every run, else a bootstrap over runs; of fewer than five, from 0 to `any_high`.
    """
    rows = [
        {"source": source, "what": what, "alpha": alpha, **_realised(group, what)}
        for (source, alpha), group in runs.groupby(["source", "alpha"], sort=False)
        for what in ("edges", "names")
    ]
    return pd.DataFrame(rows)


def _realised(group: pd.DataFrame, what: str) -> dict[str, float]:
    found, false = group[what].to_numpy(), group[f"false_{what}"].to_numpy()
    shares = false / np.maximum(found, 1)
    any_false = int((false > 0).sum())
    exact = exact_interval(any_false, len(group))
    if (found == false).all():
        low, high = exact
    elif len(group) < _RUNS_MIN:
        # The rate is at most the share of runs with anything false.
        low, high = 0.0, exact[1]
    else:
        low, high = bootstrap_interval(shares)
    return {
        "runs": len(group),
        "found": found.mean(),
        "rate": shares.mean(),
        "low": low,
        "high": high,
        "strict": (group[f"false_{what}_strict"] / np.maximum(found, 1)).mean(),
        "any_false": any_false,
        "any_high": exact[1],
    }


def exact_interval(hits: int, trials: int, level: float = 0.95) -> tuple[float, float]:
    """Clopper & Pearson's interval of a binomial share (1934)."""
    tail = (1 - level) / 2
    low = float(beta.ppf(tail, hits, trials - hits + 1)) if hits else 0.0
    high = float(beta.ppf(1 - tail, hits + 1, trials - hits)) if hits < trials else 1.0
    return low, high
