"""Two cases side by side: what is told of accounts, networks, settings and files, and how it reads."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import handmade
from syncline.api import Case, open_case
from syncline.case import Comparison, write_case
from syncline.cli import run

Change = Callable[[dict[str, list[dict[str, Any]]], dict[str, Any]], None]


def beside(made: Case, folder: Path, change: Change) -> Comparison:
    """The comparison of `made` with a case in `folder` that `change` made of its rows and of its run."""
    rows, ran = handmade.tables(), handmade.run()
    change(rows, ran)
    write_case(handmade.connect(rows), ran, folder / "second.case")
    return made.compare(open_case(folder / "second.case"))


def member(rows: dict[str, list[dict[str, Any]]], account_id: str) -> dict[str, Any]:
    return next(row for row in rows["members"] if row["account_id"] == account_id)


def test_a_case_and_itself_do_not_differ(made: Case) -> None:
    comparison = made.compare(made)
    assert comparison.data["made"] == comparison.data["accounts"] == []
    assert comparison.data["named_in_both"] == 3
    assert [(row["first"], row["second"], row["in_both"]) for row in comparison.data["networks"]] == [
        (1, 1, 4),
        (2, 2, 2),
    ]
    assert "Both read the same files, with the same settings and version." in str(comparison)
    assert "of the same accounts in both: 2; others: 0" in str(comparison)


def test_what_the_other_case_makes_of_an_account_that_it_does_not_name(made: Case, tmp_path: Path) -> None:
    def change(rows: dict[str, list[dict[str, Any]]], ran: dict[str, Any]) -> None:
        # 1 is a member only, 2 has posts and no network, 3 is gone from the log, and -100 is named.
        member(rows, "1").update(named=False, reason="not named: its evidence passes with one member only")
        member(rows, "-100")["named"] = True
        rows["members"] = [row for row in rows["members"] if row["account_id"] not in ("2", "3")]
        for table in ("accounts", "posts"):
            rows[table] = [row for row in rows[table] if row["account_id"] != "3"]
        rows["accounts"] = [row for row in rows["accounts"] if row["account_id"] != "2"]

    comparison = beside(made, tmp_path, change)
    assert comparison.data["named_in_both"] == 0
    told = {row["account_id"]: (row["first"], row["second"]) for row in comparison.data["accounts"]}
    assert told == {
        "1": ("named in network 1", "in network 1, not named: its evidence passes with one member only"),
        "2": ("named in network 1", "in no network"),
        "3": ("named in network 1", "not in the log"),
        "-100": ("in network 1, not named: reason 3", "named in network 1"),
    }
    assert (
        "Named in the second alone: 1 account\n"
        "  @four\\x1b[2J (x:-100): named in network 1; in the first case in network 1, not named: reason 3"
    ) in str(comparison)


def test_networks_are_matched_by_their_accounts(made: Case, tmp_path: Path) -> None:
    def change(rows: dict[str, list[dict[str, Any]]], ran: dict[str, Any]) -> None:
        # Of the four of network 1 two are in 7 now, one in 5 with somebody new, one in none; 2 has lost both.
        rows["members"] = [
            member(rows, "1") | {"network_id": 7},
            member(rows, "2") | {"network_id": 7},
            member(rows, "3") | {"network_id": 5},
            member(rows, "3") | {"network_id": 5, "account_id": "7", "named": False},
            member(rows, "3") | {"network_id": 6, "account_id": "8", "named": False},
        ]
        rows["networks"] = [rows["networks"][0] | {"network_id": number} for number in (5, 6, 7)]

    comparison = beside(made, tmp_path, change)
    columns = ("first", "second", "accounts_first", "accounts_second", "in_both")
    assert [tuple(row[name] for name in columns) for row in comparison.data["networks"]] == [
        (1, 7, 4, 2, 2),
        (1, 5, 4, 2, 1),
        (2, None, 2, None, 0),
        (None, 6, None, 1, 0),
    ]
    said = str(comparison)
    assert (
        "network 1 of the first (4 accounts) and network 7 of the second (2 accounts): 2 accounts in both"
        in said
    )
    assert "network 2 of the first (2 accounts): none of its accounts is in a network of the second" in said
    assert "network 6 of the second (1 account): none of its accounts is in a network of the first" in said


def test_how_they_were_made(made: Case, tmp_path: Path) -> None:
    def change(rows: dict[str, list[dict[str, Any]]], ran: dict[str, Any]) -> None:
        ran["settings"] = {"alpha": 0.01, "windows": [60.0, 600.0]}
        moved = ran["inputs"][0] | {"path": "moved.csv"}
        ran["inputs"] = [moved, {"path": "new\x1b.csv", "sha256": "1" * 64, "blind": []}]
        ran["rows"]["posts"] = 1_020
        ran["syncline"] = "0.2.0"

    comparison = beside(made, tmp_path, change)
    assert comparison.data["made"] == [
        {"what": "alpha", "first": 0.05, "second": 0.01},
        {"what": "syncline", "first": "0.1.0", "second": "0.2.0"},
        {"what": "windows", "first": None, "second": [60.0, 600.0]},
        {"what": "file", "first": None, "second": "new\x1b.csv"},
    ]
    said = str(comparison)
    assert "  windows: default in the first, 60, 600 in the second" in said
    assert "  new\\x1b.csv: read by the second alone" in said
    assert "  posts        20   1,020" in said


def test_each_without_the_accounts_that_its_own_notes_clear(made: Case, tmp_path: Path) -> None:
    handmade.write(tmp_path / "second.case").note("cleared", ["x:1"], by="B")
    comparison = made.compare(open_case(tmp_path / "second.case"))
    told = {row["account_id"]: row["second"] for row in comparison.data["accounts"]}
    assert told["1"] == "cleared by an analyst"
    assert told["2"].startswith("in network 1, not named: ")
    assert comparison.data["counts"][-1] == {"what": "cleared", "first": 0, "second": 1}
    assert comparison.data["counts"][-2] == {"what": "named", "first": 3, "second": 0}


def test_as_it_is_typed(made: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = handmade.write(tmp_path / "second.case")
    assert run(["compare", str(made.path), str(other.path)]) == 0
    assert "Named in both: 3 accounts" in capsys.readouterr().out
    assert run(["compare", str(made.path), str(other.path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["named_in_both"] == 3
    assert run(["compare", str(made.path), str(tmp_path)]) == 1
    assert "not a case" in capsys.readouterr().err


def test_long_lists_end_and_say_so(made: Case, tmp_path: Path) -> None:
    def change(rows: dict[str, list[dict[str, Any]]], ran: dict[str, Any]) -> None:
        rows["members"] += [member(rows, "1") | {"account_id": f"new{number}"} for number in range(23)]

    said = str(beside(made, tmp_path, change))
    assert "Named in the second alone: 23 accounts" in said
    assert "  … and 3 more accounts; --json shows them all." in said
    assert said.count("x:new") == 20
