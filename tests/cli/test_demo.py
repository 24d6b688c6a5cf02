"""The demonstration: scored against the truth, and careful with what lies in its way."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import handmade
from syncline import demo
from syncline.api import Case
from syncline.cli import run
from syncline.errors import SynclineError

TRUTH = [
    ("1", True, None),
    ("2", True, None),
    ("9", True, None),
    ("3", False, "fandom"),
    ("-100", False, None),
    ("7", False, None),
]


def write_truth(folder: Path, rows: list[tuple[str, bool, str | None]] = TRUTH) -> Path:
    columns = [
        {"platform": "x", "account_id": account_id, "is_camp": is_camp, "innocent_class": innocent_class}
        for account_id, is_camp, innocent_class in rows
    ]
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(columns), folder / "truth.parquet")
    return folder / "truth.parquet"


def test_recall_and_wrong_names_are_counted(made: Case, tmp_path: Path) -> None:
    score = demo.score(made, write_truth(tmp_path))
    assert score == demo.Score(camp=3, found=2, together={"fandom": 1}, wrong={}, innocent=1)
    assert str(score) == (
        "Against the world's truth: 2 of 3 camp accounts named (recall 66.7%); "
        "wrong names: 0 of 1 innocent account; innocent coordination named: 1 account (fandom: 1)."
    )


def test_only_who_could_have_been_a_wrong_name_counts_as_innocent(made: Case, tmp_path: Path) -> None:
    """Of two more, one never posted, and one is of a group that does act together."""
    ordinary = [("-100", False, None), ("50", False, "breaking_news")]
    others = [("60", False, "outlet"), ("never posted", False, None)]
    assert demo.score(made, write_truth(tmp_path, [*TRUTH[:4], *ordinary, *others])).innocent == 2


def test_a_name_in_the_crowd_of_an_event_is_a_wrong_name(made: Case, tmp_path: Path) -> None:
    score = demo.score(made, write_truth(tmp_path, [*TRUTH[:3], ("3", False, "breaking_news")]))
    assert (score.wrong, score.together) == ({"breaking_news": 1}, {})


def test_a_member_that_is_not_named_is_no_wrong_name(made: Case, tmp_path: Path) -> None:
    score = demo.score(made, write_truth(tmp_path, [("-100", False, None), *TRUTH[:3], ("3", True, None)]))
    assert score.wrong == {}


def test_a_name_that_the_truth_does_not_know_is_wrong(made: Case, tmp_path: Path) -> None:
    assert demo.score(made, write_truth(tmp_path, TRUTH[:3])).wrong == {"not in the truth": 1}


def test_a_wrong_name_in_no_group_is_ordinary(made: Case, tmp_path: Path) -> None:
    assert demo.score(made, write_truth(tmp_path, [*TRUTH[:3], ("3", False, None)])).wrong == {"ordinary": 1}


def test_a_world_without_a_camp_has_no_recall(made: Case, tmp_path: Path) -> None:
    score = demo.score(made, write_truth(tmp_path, TRUTH[3:]))
    assert score.as_dict()["recall"] is None
    assert "recall" not in str(score)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A world and a scan that take no time."""

    def simulate(world: str, folder: Path) -> Path:
        if folder.exists():
            raise SynclineError(f"{folder}: already exists.")
        write_truth(folder)
        (folder / "world.toml").write_text("")
        return folder

    def scan(inputs: object, out: Path, settings: object, *, overwrite: bool, **options: object) -> Case:
        return handmade.write(out, overwrite=overwrite)

    module = ModuleType("syncline.pipeline")
    module.scan = scan  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "syncline.pipeline", module)
    monkeypatch.setattr(demo, "simulate", simulate)


@pytest.mark.usefixtures("quick")
def test_the_demo_prints_where_the_report_is_and_how_it_did(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "shown"
    assert run(["demo", "-o", str(out)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert f"Report: {out}/demo.case/report.html" in lines
    assert lines[-1].startswith("Against the world's truth: 2 of 3 camp accounts named")


@pytest.mark.usefixtures("quick")
def test_a_file_of_ones_own_beside_the_world_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["demo", "-o", str(tmp_path), "--overwrite", "--json"]
    assert run(arguments) == 0
    (tmp_path / "world/mine.txt").write_text("mine")
    capsys.readouterr()
    assert run(arguments) == 1
    assert "holds what Syncline did not write (mine.txt)" in json.loads(capsys.readouterr().out)["error"]
    assert (tmp_path / "world/mine.txt").read_text() == "mine"


@pytest.mark.usefixtures("quick")
def test_the_demo_runs_again_only_over_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["demo", "-o", str(tmp_path), "--json"]
    assert run(arguments) == 0
    assert json.loads(capsys.readouterr().out)["truth"]["innocent_coordination_named"] == 1
    assert run(arguments) == 1
    assert (
        "exists already; choose another folder with -o, or add --overwrite."
        in json.loads(capsys.readouterr().out)["error"]
    )
    assert run([*arguments, "--overwrite"]) == 0


def test_overwriting_leaves_a_folder_that_is_no_world(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(SynclineError):
        demo.make_world(tmp_path, overwrite=True)
    assert (tmp_path / "thesis.txt").exists()
