"""Accounts that an analyst has cleared: in no table that is shown, in no report, and still in the files."""

from pathlib import Path

import pyarrow.parquet as pq

from syncline.api import Case, open_case
from syncline.report import payload


def cleared(made: Case) -> Case:
    made.note("cleared", ["x:1"], by="B", text="spoke to them")
    return open_case(made.path)


def test_the_views_know_nothing_of_them_and_counts_agree(made: Case) -> None:
    case = cleared(made)
    assert "1" not in set(case.members["account_id"])
    assert not {"1"} & (set(case.edges["account_a"]) | set(case.edges["account_b"]))
    assert not {"1"} & (set(case.co_actions["account_a"]) | set(case.co_actions["account_b"]))
    network = case.networks.set_index("network_id").loc[1]
    assert (network["size"], network["named"], network["edges"]) == (3, 2, 2)


def test_what_was_computed_stays_in_the_files(made: Case) -> None:
    case = cleared(made)
    assert "1" in pq.read_table(made.path / "members.parquet").column("account_id").to_pylist()
    assert case.verify() == {}


def test_the_report_counts_without_them_and_says_so(made: Case) -> None:
    case = cleared(made)
    case.run["settings"]["alpha"] = 0.05
    built = payload.build(case)
    assert [account["id"] for account in built["accounts"] if account["id"] == "1"] == []
    assert built["answer"]["headline"].startswith("2 accounts")
    assert any("1 account was cleared by an analyst" in line for line in built["left_out"])
    assert built["notes"][0]["text"] == "spoke to them"
    assert built["notes"][0]["by"] == "B"


def test_a_later_confirmation_brings_them_back(made: Case) -> None:
    cleared(made).note("confirmed", "x:1", by="C")
    assert "1" in set(open_case(made.path).members["account_id"])


def test_exports_do_not_hold_them(made: Case, tmp_path: Path) -> None:
    (file,) = cleared(made).export("gexf", tmp_path / "g.gexf")
    assert 'id="x:1"' not in file.read_text(encoding="utf-8")
