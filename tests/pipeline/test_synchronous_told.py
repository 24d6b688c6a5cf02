"""A group in the same second through a whole scan: table, first screen, section, explanation. Nobody is named."""

import json
from pathlib import Path

import duckdb
import numpy as np
import pytest

import syncline
from syncline.case import outcome
from syncline.report import answer, payload
from syncline.settings import Settings

DAY_S, RING = 86_400, 25


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> syncline.Case:
    """Eight posts that four hundred people pass on within a day, and twenty-five accounts in one second on three."""
    folder = tmp_path_factory.mktemp("synchronous")
    rng = np.random.default_rng(11)
    rows = []
    for post in range(8):
        born = 1_700_000_000 // DAY_S * DAY_S + 5 * post * DAY_S + 12 * 3600
        delays = rng.lognormal(np.log(1800), 1.5, 400).astype(int)
        rows += [
            (f"person{who}", f"popular{post}", born + delay)
            for who, delay in zip(rng.choice(3_000, delays.size, replace=False), delays, strict=True)
        ]
        if post in (1, 4, 6):
            rows += [(f"ring{who}", f"popular{post}", born + 1200) for who in range(RING)]
    log = folder / "log.csv"
    lines = [f"p{number},{who},{at},{what}" for number, (who, what, at) in enumerate(rows)]
    log.write_text("post_id,account_id,time,reposted_post_id\n" + "\n".join(lines) + "\n")
    return syncline.scan(log, folder / "log.case", Settings(placebo_copies=1))


def test_the_table_holds_the_group_and_nobody_is_named(case: syncline.Case) -> None:
    acts = case.synchronous
    assert set(acts["account_id"]) >= {f"ring{who}" for who in range(RING)}
    assert acts["object"].nunique() == 3
    assert case.run["synchronous_groups"] == 1
    assert not case.members["named"].any()


def test_the_shuffled_copy_has_none(case: syncline.Case) -> None:
    assert [copy["synchronous_groups"] for copy in case.run["placebo"]] == [0]


def test_the_first_screen_says_so(case: syncline.Case) -> None:
    (said,) = outcome.in_the_same_second(case.run)
    assert said.startswith("Besides, 1 group of accounts came")
    assert said.endswith("nobody is named for it.")
    assert outcome.in_the_same_second(case.run | {"synchronous_groups": 0}) == []
    if case.run["outcome"] == "nothing found":
        assert answer.headline(case.run) == "No network; 1 group in the same second"


def test_the_report_shows_moments_and_accounts(case: syncline.Case) -> None:
    data = payload.build(case)["synchronous"]
    (group,) = data["groups"]
    assert len(group["moments"]) == 3
    assert {account["name"] for account in group["accounts"]} >= {"ring0", "ring24"}
    assert all("of the group." in moment["said"] for moment in group["moments"])
    assert data["left_out"] == ""
    assert "</script" not in json.dumps(group)


def test_explain_tells_it(case: syncline.Case) -> None:
    assert "In 3 moments of group 1" in str(case.explain("ring3"))


def test_a_case_without_groups_shows_no_section(tmp_path: Path) -> None:
    duckdb.execute(
        f"COPY (SELECT range AS post_id, 'a' || range % 50 AS account_id, 1700000000 + range * 60 AS time,"
        f" 'o' || range % 9 AS reposted_post_id FROM range(500)) TO '{tmp_path / 'log.csv'}' (HEADER)"
    )
    case = syncline.scan(tmp_path / "log.csv", tmp_path / "log.case", Settings(placebo_copies=0))
    assert payload.build(case)["synchronous"] == {"groups": [], "left_out": ""}
    assert case.synchronous.empty
