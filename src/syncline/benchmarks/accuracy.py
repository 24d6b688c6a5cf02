"""The accuracy benchmark: detectors against known truth, over worlds and seeds, with intervals."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from syncline.benchmarks import accuracy_page
from syncline.benchmarks.baselines import BASELINES, Detector, Tables
from syncline.benchmarks.own import OWN
from syncline.benchmarks.real_sets import operation_and_organic
from syncline.benchmarks.scores import (
    bootstrap_interval,
    joined,
    measures,
    named_by_class,
    recall_at_wrong,
    wrong_at_recall,
)
from syncline.errors import SynclineError
from syncline.progress import Progress

# The logs of one seed, each scanned alone and judged together. Each holds the tables posts and accounts of
# `schema`, and truth: platform, account_id, is_camp, innocent_class (null: none).
World = Callable[[int], Sequence[Tables]]

# Syncline comes first: it is the reference.
DETECTORS: dict[str, Detector] = {**OWN, **BASELINES}
WORLDS = ("null", "quiet", "breaking-news", "election", "camp", "hard")
REAL_SETS = "IRA and conferences"

# Wrong names per 1,000 organic accounts at which a figure shows the recall.
GRID = np.logspace(-1, 3, 81)


@dataclass(frozen=True)
class Accuracy:
    """What a run measured, one row for each world, seed and detector; the first detector is the reference.

    runs: world, seed, detector, seconds, error (text or null), `scores.measures`, and wrong_at_equal_recall
    (and _strict, innocent coordination counting as wrong): the fewest wrong names at any threshold at which
    the detector finds as large a share of the camp as the reference names; null where none does.
    classes: world, seed, detector, innocent_class, accounts, named.
    curves: world, seed, detector, wrong_per_1000, recall.
    """

    runs: pd.DataFrame
    classes: pd.DataFrame
    curves: pd.DataFrame


def simulated(world: str) -> World:
    """A world of the simulator, by the name of its preset or the path of its file."""
    from syncline.worlds import generate

    return lambda seed: [generate(world, seed)]


def bench(
    worlds: Sequence[str], seeds: int, data: Path | None = None, progress: Progress | None = None
) -> Accuracy:
    """Syncline and the baselines on simulated worlds over seeds 1, 2, ..., and on the real sets where present.

    `data` is the folder of the real sets. Raises SynclineError for a world that is not known.
    """
    parts = [run(DETECTORS, {world: simulated(world) for world in worlds}, range(1, seeds + 1), progress)]
    logs = operation_and_organic(data) if data is not None else None
    if logs is not None:
        parts.append(run(DETECTORS, {REAL_SETS: lambda seed: logs}, [1], progress))
    return combined(parts)


def run(
    detectors: Mapping[str, Detector],
    worlds: Mapping[str, World],
    seeds: Sequence[int],
    progress: Progress | None = None,
) -> Accuracy:
    """Measure every detector on every world and seed.

    The first detector is the reference that the others are compared with at equal recall. A detector that
    raises SynclineError (a log too large for it, say) has its reason in `error` and no figures.
    """
    progress = progress or Progress()
    parts = []
    for world, make in worlds.items():
        for seed in seeds:
            with progress.stage(f"{world}, seed {seed}: logs"):
                logs = make(seed)
            parts += _run_seed(detectors, logs, {"world": world, "seed": seed}, progress)
    return combined(parts)


def combined(parts: Sequence[Accuracy]) -> Accuracy:
    """Several runs as one: simulated worlds over many seeds and, say, real logs over one."""
    return Accuracy(
        pd.concat([part.runs for part in parts], ignore_index=True),
        pd.concat([part.classes for part in parts], ignore_index=True),
        pd.concat([part.curves for part in parts], ignore_index=True),
    )


def _run_seed(
    detectors: Mapping[str, Detector], logs: Sequence[Tables], where: dict[str, Any], progress: Progress
) -> list[Accuracy]:
    truth, recall, parts = _truth(logs), None, []
    for name, detector in detectors.items():
        here = {**where, "detector": name}
        began = time.perf_counter()
        try:
            with progress.stage(f"{where['world']}, seed {where['seed']}: {name}"):
                accounts = joined(truth, pd.concat([detector(log) for log in logs], ignore_index=True))
        except SynclineError as error:
            parts.append(_failed({**here, "seconds": time.perf_counter() - began, "error": str(error)}))
            continue
        row = {**here, "seconds": time.perf_counter() - began, "error": None, **measures(accounts)}
        recall = row["recall"] if recall is None else recall
        parts.append(_measured(accounts, here, row | _at_equal_recall(accounts, recall)))
    return parts


def _truth(logs: Sequence[Tables]) -> pd.DataFrame:
    """The truth of all logs in one, with the number of each account's posts."""
    key = ["platform", "account_id"]
    truth = pd.concat([log["truth"].to_pandas() for log in logs], ignore_index=True)
    posts = pd.concat([log["posts"].select(key).to_pandas() for log in logs], ignore_index=True)
    counted = posts.value_counts().rename("posts").reset_index()
    merged: pd.DataFrame = truth.merge(counted, on=key, how="left")
    return merged.fillna({"posts": 0})


def _at_equal_recall(accounts: pd.DataFrame, recall: float) -> dict[str, float]:
    camp = accounts["is_camp"].to_numpy(dtype=np.bool_)
    score = accounts["score"].to_numpy(dtype=np.float64)
    ranked = camp | accounts["organic"].to_numpy(dtype=np.bool_)
    return {
        "wrong_at_equal_recall": wrong_at_recall(camp[ranked], score[ranked], recall),
        "wrong_at_equal_recall_strict": wrong_at_recall(camp, score, recall),
    }


def _failed(row: dict[str, Any]) -> Accuracy:
    return Accuracy(pd.DataFrame([row]), pd.DataFrame(), pd.DataFrame())


def _measured(accounts: pd.DataFrame, here: dict[str, Any], row: dict[str, Any]) -> Accuracy:
    ranked = accounts[accounts["is_camp"] | accounts["organic"]]
    camp, score = ranked["is_camp"].to_numpy(dtype=np.bool_), ranked["score"].to_numpy(dtype=np.float64)
    recalls = recall_at_wrong(camp, score, GRID)
    return Accuracy(
        pd.DataFrame([row]),
        named_by_class(accounts).assign(**here),
        pd.DataFrame({"wrong_per_1000": GRID, "recall": recalls}).assign(**here),
    )


def summary(accuracy: Accuracy) -> pd.DataFrame:
    """Means over seeds with 95% bootstrap intervals: world, detector, measure, seeds, mean, low, high.

    The measure any_named is the share of seeds on which the detector named anybody at all.
    """
    runs = accuracy.runs[accuracy.runs["error"].isna()].drop(columns=["seed", "error"])
    runs = runs.assign(any_named=(runs["named"] > 0).astype(float))
    rows = []
    for (world, detector), group in runs.groupby(["world", "detector"], sort=False):
        for measure, values in group.drop(columns=["world", "detector"]).astype(float).items():
            known = values.dropna()
            low, high = bootstrap_interval(known)
            rows.append((world, detector, measure, len(known), known.mean(), low, high))
    return pd.DataFrame(rows, columns=["world", "detector", "measure", "seeds", "mean", "low", "high"])


def to_json(accuracy: Accuracy) -> str:
    """The run as JSON: summary, runs and classes, each an array of objects; what is not known is null."""
    tables = {"summary": summary(accuracy), "runs": accuracy.runs, "classes": accuracy.classes}
    records = {name: json.loads(table.to_json(orient="records")) for name, table in tables.items()}
    return json.dumps(records, indent=1)


def write(accuracy: Accuracy, out: Path) -> list[Path]:
    """Write accuracy.json, accuracy.md and a figure for each world, accuracy-WORLD.svg, into the folder."""
    out.mkdir(parents=True, exist_ok=True)
    page, data = out / "accuracy.md", out / "accuracy.json"
    page.write_text(accuracy_page.render(summary(accuracy), accuracy.runs, accuracy.classes), "utf-8")
    data.write_text(to_json(accuracy), "utf-8")
    return [page, data, *accuracy_page.draw(accuracy.curves, accuracy.runs, out)]
