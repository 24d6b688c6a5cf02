"""The accuracy benchmark, on worlds and detectors whose figures are known beforehand."""

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from syncline import cli, schema
from syncline.benchmarks import accuracy
from syncline.benchmarks.baselines import Tables
from syncline.errors import SynclineError


def log(camp: int, organic: int, fans: int = 0, posts_each: int = 12) -> Tables:
    numbers = {"camp": camp, "fan": fans, "one": organic}
    names = [f"{kind}{number}" for kind, count in numbers.items() for number in range(count)]
    truth = pd.DataFrame(
        {
            "platform": "x",
            "account_id": names,
            "is_camp": [name.startswith("camp") for name in names],
            "innocent_class": ["fandom" if name.startswith("fan") else None for name in names],
        }
    )
    posts = [
        {"platform": "x", "post_id": f"{name}-{n}", "account_id": name, "time_us": n}
        for name in names
        for n in range(posts_each)
    ]
    return {
        "posts": pa.Table.from_pylist(posts, schema=schema.POSTS),
        "truth": pa.Table.from_pandas(truth, preserve_index=False),
    }


def answer(tables: Tables, score: dict[str, float], named: float) -> pd.DataFrame:
    """Accounts scored by the letters before their number; named where the score reaches `named`."""
    accounts = tables["truth"].select(["platform", "account_id"]).to_pandas()
    scores = accounts["account_id"].str.rstrip("0123456789").map(score)
    return accounts.assign(score=scores, named=scores >= named)


def perfect(tables: Tables) -> pd.DataFrame:
    return answer(tables, {"camp": 3, "fan": 2, "one": 1}, named=3)


def fooled(tables: Tables) -> pd.DataFrame:
    """Ranks fans first, then the camp and everybody else alike."""
    return answer(tables, {"camp": 1, "fan": 2, "one": 1}, named=1)


def silent(tables: Tables) -> pd.DataFrame:
    return answer(tables, {}, named=1)


def too_large(tables: Tables) -> pd.DataFrame:
    raise SynclineError("this log is too large for me")


DETECTORS = {"perfect": perfect, "fooled": fooled, "silent": silent, "giant": too_large}


@pytest.fixture(scope="module")
def measured() -> accuracy.Accuracy:
    worlds = {
        "camp": lambda seed: [log(camp=4, organic=40 + seed, fans=5)],
        "null": lambda seed: [log(camp=0, organic=20)],
    }
    return accuracy.run(DETECTORS, worlds, seeds=[1, 2])


def row(measured: accuracy.Accuracy, world: str, detector: str) -> dict[str, float]:
    return measured.runs.set_index(["world", "detector", "seed"]).loc[(world, detector, 1)].to_dict()


def test_figures_of_known_detectors(measured: accuracy.Accuracy) -> None:
    best = row(measured, "camp", "perfect")
    assert [best[key] for key in ("average_precision", "recall", "recall_10_posts", "wrong")] == [1, 1, 1, 0]
    assert best["wrong_at_equal_recall"] == 0
    worst = row(measured, "camp", "fooled")
    assert worst["average_precision"] == pytest.approx(4 / 45)
    assert worst["average_precision_strict"] == pytest.approx(4 / 50)
    assert (worst["wrong"], worst["named_innocent"]) == (41, 5)
    # To find the whole camp it must name everybody.
    assert (worst["wrong_at_equal_recall"], worst["wrong_at_equal_recall_strict"]) == (41, 46)
    nobody = row(measured, "camp", "silent")
    assert (nobody["recall"], nobody["named"]) == (0, 0)
    assert math.isnan(nobody["wrong_at_equal_recall"])


def test_a_world_without_a_camp_counts_names_only(measured: accuracy.Accuracy) -> None:
    assert row(measured, "null", "perfect")["named"] == 0
    fooled_by_null = row(measured, "null", "fooled")
    assert (fooled_by_null["wrong"], fooled_by_null["wrong_per_1000"]) == (20, 1000)
    assert math.isnan(fooled_by_null["average_precision"])


def test_a_detector_that_cannot_is_reported_and_stops_nobody(measured: accuracy.Accuracy) -> None:
    failed = measured.runs[measured.runs["detector"] == "giant"]
    assert len(failed) == 4
    assert (failed["error"] == "this log is too large for me").all()
    assert failed["recall"].isna().all()
    assert len(measured.runs) == 16


def test_summary_has_means_and_intervals(measured: accuracy.Accuracy) -> None:
    summary = accuracy.summary(measured).set_index(["world", "detector", "measure"])
    wrong = summary.loc[("camp", "fooled", "wrong")]
    assert wrong[["seeds", "mean", "low", "high"]].tolist() == [2, 41.5, 41, 42]
    assert summary.loc[("null", "perfect", "any_named"), "mean"] == 0
    assert summary.loc[("null", "fooled", "any_named"), "mean"] == 1


def test_logs_of_one_world_are_scanned_apart_and_judged_together() -> None:
    seen = []

    def counts_logs(tables: Tables) -> pd.DataFrame:
        seen.append(tables["truth"].num_rows)
        return perfect(tables)

    both = {"both": lambda seed: [log(camp=3, organic=0), log(camp=0, organic=7)]}
    measured = accuracy.run({"one": counts_logs}, both, seeds=[0])
    assert seen == [3, 7]
    assert measured.runs[["accounts", "camp", "organic", "recall"]].iloc[0].tolist() == [10, 3, 7, 1]
    twice = accuracy.combined([measured, measured])
    assert (len(twice.runs), len(twice.curves)) == (2, 2 * len(accuracy.GRID))


def test_recall_curve_runs_over_wrong_names(measured: accuracy.Accuracy) -> None:
    curves = measured.curves
    of_fooled = curves[(curves["detector"] == "fooled") & (curves["world"] == "camp") & (curves["seed"] == 1)]
    assert of_fooled["recall"].tolist() == [0.0] * (len(accuracy.GRID) - 1) + [1.0]
    assert np.isclose(of_fooled["wrong_per_1000"].iloc[-1], 1000)


def test_page_json_and_figures_come_from_the_run(measured: accuracy.Accuracy, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    written = accuracy.write(measured, tmp_path / "docs")
    assert [path.name for path in written] == [
        *("accuracy.md", "accuracy.json", "accuracy-camp.svg", "accuracy-null.svg")
    ]
    page = written[0].read_text("utf-8")
    assert "perfect is the reference at equal recall" in page
    assert "| fooled | 41.5 [41, 42] |" in page
    assert "giant gave no answer: this log is too large for me" in page
    assert page.count("### Ranking") == 1  # there is nothing to rank in a world without a camp
    assert "| fandom | 5 | 0 | 5 | 0 |" in page
    data = json.loads(written[1].read_text("utf-8"))
    assert set(data) == {"summary", "runs", "classes"}
    assert len(data["runs"]) == len(measured.runs)
    assert data["runs"][3]["recall"] is None
    assert all("<svg" in path.read_text("utf-8") for path in written[2:])


def test_the_command_measures_every_detector_and_writes_the_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.delenv("SYNCLINE_DATA", raising=False)
    world = tmp_path / "small.toml"
    world.write_text('name = "small"\ndays = 3\n[people]\naccounts = 200\n[[camps]]\naccounts = 8\n', "utf-8")
    out = tmp_path / "measured"
    assert (
        cli.run(["bench", "accuracy", "--worlds", str(world), "--seeds", "1", "-o", str(out), "--json"]) == 0
    )
    data = json.loads(capsys.readouterr().out)
    assert [row["detector"] for row in data["runs"]] == list(accuracy.DETECTORS)
    assert next(iter(accuracy.DETECTORS)) == "Syncline"
    assert data["runs"][0]["camp"] == 8
    assert "Syncline is the reference at equal recall" in (out / "accuracy.md").read_text("utf-8")


def test_a_world_that_is_not_known_is_said_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["bench", "accuracy", "--worlds", "nosuch", "--quiet"]) == 1
    assert "nosuch: cannot read this world" in capsys.readouterr().err
