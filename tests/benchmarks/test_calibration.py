"""Calibration: what counts as false, and how rates are summed up, on answers known beforehand."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from scipy.stats import binomtest

from syncline.benchmarks import calibration, calibration_page
from syncline.benchmarks.evidence import default_nulls, engine_of, find
from syncline.engines.duckdb import DuckDBEngine
from syncline.traces import leave_habits_out
from syncline.worlds import generate, load_world
from syncline.worlds.truth import TRUTH
from syncline.worlds.world import World

ALPHAS = (0.01, 0.2)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> World:
    file = tmp_path_factory.mktemp("world") / "small.toml"
    file.write_text('name = "small"\ndays = 7\n[people]\naccounts = 400\n[[camps]]\naccounts = 20\n', "utf-8")
    return load_world(file)


def account(name: str, **known: object) -> dict[str, object]:
    return {"platform": "x", "account_id": name, "is_camp": "camp" in known, **known}


def test_what_two_accounts_may_agree_on() -> None:
    people = [
        account("a", camp=0, person_id=1),
        account("b", camp=0, person_id=2),
        account("c", camp=1, person_id=3),
        account("d", innocent_class="fandom", innocent_group=7, person_id=4),
        account("e", innocent_class="fandom", innocent_group=7, person_id=5),
        account("f", innocent_class="breaking_news", innocent_group=8, person_id=6),
        account("g", innocent_class="breaking_news", innocent_group=8, person_id=7),
        account("h", innocent_class="second_account", person_id=8),
        account("i", innocent_class="second_account", person_id=8),
    ]
    names = [str(one["account_id"]) for one in people]
    posts = pa.table({"platform": ["x"] * 9, "account_id": names})
    engine = engine_of_accounts(posts)
    truth = calibration.truth_of(engine, pa.Table.from_pylist(people[::-1], schema=TRUTH))
    pairs = {
        "ab": True,
        "ac": False,
        "de": True,
        "ad": False,
        "fg": False,
        "hi": True,
        "gh": False,
        "ef": False,
    }
    a, b = (np.array([names.index(pair[end]) for pair in pairs]) for end in (0, 1))
    assert truth.edges_agreed(a, b).tolist() == list(pairs.values())
    assert truth.edges_of_one_camp(a, b).tolist() == [pair == "ab" for pair in pairs]
    assert [name for name, labelled in zip(names, truth.labelled, strict=True) if labelled] == list("dehi")


def engine_of_accounts(posts: pa.Table) -> DuckDBEngine:
    engine = DuckDBEngine(duckdb.connect())
    engine.put("posts", posts)
    engine.run("traces/accounts_coded.sql")
    return engine


def test_every_level_finds_what_a_scan_at_that_level_finds(small: World) -> None:
    engine = engine_of(generate(small, 3)["posts"])
    alone = []
    for alpha in calibration.ALPHAS:
        leave_habits_out(engine)
        alone.append(find(engine, default_nulls(alpha=alpha))[1])
    found = calibration.on_world(small, 3)
    assert found["edges"].tolist() == alone
    assert alone[0] > 0


def test_a_camp_s_edges_are_true_and_counted(small: World) -> None:
    found = calibration.on_world(small, 3, ALPHAS)
    assert found["alpha"].tolist() == list(ALPHAS)
    assert (found["names"] > 5).all()
    assert (found["false_edges_strict"] >= found["false_edges"]).all()
    assert (found["false_names"] < found["names"]).all()


def test_on_copies_everything_is_false(small: World, tmp_path: Path) -> None:
    file = tmp_path / "posts.parquet"
    pq.write_table(generate(small, 3)["posts"], file)
    found = calibration.on_copies(file, [1, 2], ALPHAS)
    assert found["run"].tolist() == [1, 1, 2, 2]
    assert (found["false_edges"] == found["edges"]).all()
    assert (found["false_names"] == found["names"]).all()


def runs(source: str, edges: list[int], false: list[int]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "source": source,
            "run": range(len(edges)),
            "alpha": 0.05,
            **dict.fromkeys(("edges", "names"), edges),
            **dict.fromkeys(
                ("false_edges", "false_names", "false_edges_strict", "false_names_strict"), false
            ),
        }
    )


def test_rates_are_means_of_shares_and_intervals_are_exact_where_all_is_false() -> None:
    summary = calibration.summary(
        pd.concat(
            [
                runs("null", [0, 0, 5, 1], [0, 0, 5, 1]),
                runs("camp", [10, 4], [1, 2]),
                runs("many", [10, 4] * 3, [1, 2] * 3),
            ]
        )
    )
    null, camp, many = (
        summary[(summary["source"] == name) & (summary["what"] == "edges")].iloc[0]
        for name in ("null", "camp", "many")
    )
    exact = binomtest(2, 4).proportion_ci(method="exact")
    assert (null["rate"], null["found"], null["any_false"]) == (0.5, 1.5, 2)
    assert (null["low"], null["high"]) == (pytest.approx(exact.low), pytest.approx(exact.high))
    # Two runs have no bootstrap; six have, between their extremes.
    assert (camp["rate"], camp["low"], camp["high"]) == (pytest.approx(0.3), 0.0, 1.0)
    assert 0.1 <= many["low"] < many["rate"] == pytest.approx(0.3)
    assert many["rate"] < many["high"] <= 0.5


@pytest.mark.parametrize("hits", [0, 3, 20])
def test_exact_interval(hits: int) -> None:
    expected = binomtest(hits, 20).proportion_ci(method="exact")
    assert calibration.exact_interval(hits, 20) == (pytest.approx(expected.low), pytest.approx(expected.high))


def test_the_page_says_where_the_method_is_anti_conservative(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    good = calibration.summary(runs("null", [0] * 40, [0] * 40))
    assert "No rate below lies above its alpha" in calibration_page.render(good, "a test")
    bad = calibration.summary(runs("leaky", [3] * 40, [3] * 40))
    page = calibration_page.render(bad, "a test")
    assert "- leaky, edges at alpha 0.05: 1 [0.912, 1]" in page
    assert "| 0.05 | 40 | 3 | 1 | [0.912, 1] | 1 | 40 | 1 |" in page
    written = calibration_page.write(bad, tmp_path / "docs", "a test")
    assert [path.name for path in written] == ["calibration.md", "calibration.svg"]
    assert "<svg" in written[1].read_text("utf-8")
