"""CSV: opens in a spreadsheet, keeps every row, and runs nothing."""

import csv
import math
import shutil
from pathlib import Path

import pytest

import handmade
from syncline.api import Case, open_case
from syncline.case import write_case
from syncline.errors import SynclineError, UsageError
from syncline.exports import default_output
from syncline.exports.csv import _FILES as FILES

Rows = list[dict[str, str]]


def exported(made: Case, folder: Path) -> dict[str, Rows]:
    return {
        file.name: list(csv.DictReader(file.open(encoding="utf-8-sig", newline="")))
        for file in made.export("csv", folder)
    }


def test_every_account_edge_and_co_action_is_there(made: Case, tmp_path: Path) -> None:
    files = exported(made, tmp_path / "out")
    rows = handmade.tables()
    assert list(files) == ["nodes.csv", "edges.csv", "co_actions.csv"]
    assert len(files["nodes.csv"]) == len(rows["members"])
    assert len(files["edges.csv"]) == len(rows["edges"])
    assert len(files["co_actions.csv"]) == len(rows["co_actions"])


def test_edges_join_the_nodes(made: Case, tmp_path: Path) -> None:
    files = exported(made, tmp_path / "out")
    nodes = {row["Id"] for row in files["nodes.csv"]}
    for row in files["edges.csv"] + files["co_actions.csv"]:
        assert {row["Source"], row["Target"]} <= nodes


def test_weights_behaviours_and_times_are_kept(made: Case, tmp_path: Path) -> None:
    edge = exported(made, tmp_path / "out")["edges.csv"][0]
    assert edge["Weight"] == edge["log10_e"] == "9.0"
    assert edge["behaviours"] == "repost|url"
    assert edge["log10_p_bound"] == "-10.0"
    assert (edge["first_us"], edge["first_utc"]) == (str(handmade.START_US), "2016-01-03T12:00:00+00:00")


def test_a_lag_is_no_time_of_day(made: Case, tmp_path: Path) -> None:
    act = exported(made, tmp_path / "out")["co_actions.csv"][0]
    assert [name for name in act if name.endswith("_utc")] == ["time_a_utc", "time_b_utc"]


def test_named_and_member_are_told_apart(made: Case, tmp_path: Path) -> None:
    named = {row["Id"]: row["named"] for row in exported(made, tmp_path / "out")["nodes.csv"]}
    assert named["x:1"] == "true"
    assert named["x:-100"] == "false"


def test_excel_reads_persian(made: Case, tmp_path: Path) -> None:
    nodes, *_ = made.export("csv", tmp_path / "out")
    assert nodes.read_bytes().startswith(b"\xef\xbb\xbfId,Label")
    assert handmade.PERSIAN in nodes.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_is_a_formula_whatever_separator_a_spreadsheet_assumes(
    made: Case, tmp_path: Path, delimiter: str
) -> None:
    for file in made.export("csv", tmp_path / "out"):
        for row in csv.reader(file.open(encoding="utf-8-sig", newline=""), delimiter=delimiter):
            for cell in row:
                if cell.lstrip().startswith(("=", "+", "-", "@")):
                    assert math.isfinite(float(cell.split(",")[0])), cell


def test_no_control_character_is_left(made: Case, tmp_path: Path) -> None:
    for file in made.export("csv", tmp_path / "out"):
        text = file.read_text(encoding="utf-8-sig").replace("\n", "")
        assert text.isprintable() or not [c for c in text if ord(c) < 32 or 0x7F <= ord(c) < 0xA0]


def test_what_exists_is_not_overwritten(made: Case, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(SynclineError, match="exists already"):
        made.export("csv", tmp_path / "out")
    assert len(made.export("csv", tmp_path / "out", overwrite=True)) == 3
    assert len(made.export("csv", tmp_path / "out", overwrite=True)) == 3


def test_nothing_is_left_when_it_stops_in_the_middle(
    made: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FILES, "edges.csv", "SELECT * FROM nowhere")
    with pytest.raises(Exception, match="nowhere"):
        made.export("csv", tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["made.case"]


def test_a_place_that_cannot_be_written(made: Case) -> None:
    with pytest.raises(SynclineError, match="could not be written"):
        made.export("csv", Path("/proc/out"))


def test_an_unknown_format(made: Case, tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match="'doc': not a format to export to; choose csv, gexf, markdown or stix"
    ):
        made.export("doc", tmp_path / "out")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize(
    ("to", "place"),
    [
        ("csv", "made.case"),
        ("csv", "made.case/csv"),
        ("markdown", "made.case"),
        ("markdown", "made.case/report.html"),
        ("gexf", "made.case/edges.parquet"),
        ("stix", "link.case/run.json"),
    ],
)
def test_no_export_is_written_into_a_case(made: Case, tmp_path: Path, to: str, place: str) -> None:
    (tmp_path / "link.case").symlink_to(made.path)
    before = contents(made.path)
    with pytest.raises(UsageError, match=r"lies in the case made\.case, which stays as it was written"):
        made.export(to, tmp_path / place, overwrite=True)
    assert contents(made.path) == before


def test_a_damaged_case_is_kept_as_it_is_too(made: Case, tmp_path: Path) -> None:
    other = shutil.copytree(made.path, tmp_path / "other.case")
    (other / "run.json").unlink()
    with pytest.raises(UsageError, match="lies in the case other"):
        made.export("csv", other, overwrite=True)


@pytest.mark.parametrize("name", ["chapter.txt", "nodes.csv"])
def test_overwrite_leaves_a_folder_alone_that_no_export_wrote(made: Case, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine")
    before = contents(tmp_path)
    with pytest.raises(SynclineError, match=f"holds what Syncline did not write .*{name}"):
        made.export("csv", tmp_path, overwrite=True)
    assert contents(tmp_path) == before


def test_a_file_does_not_take_the_place_of_a_folder(made: Case, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(SynclineError, match="is a folder, and gexf is written to a file"):
        made.export("gexf", tmp_path / "folder", overwrite=True)


def test_an_empty_folder_here_may_be_filled(
    made: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert made.export("csv", Path(), overwrite=True) == [Path(name) for name in FILES]


def test_the_default_output_is_named_for_the_case(made: Case) -> None:
    assert default_output(made, "csv") == Path("made-csv")
    assert default_output(made, "gexf") == Path("made.gexf")


@pytest.mark.parametrize("to", ["gexf", "markdown", "stix"])
def test_overwrite_takes_the_place_of_an_export_and_of_no_other_file(
    made: Case, tmp_path: Path, to: str
) -> None:
    """The log itself may be named by mistake."""
    place = tmp_path / "log.csv"
    place.write_text("post_id,account_id,time,text\n1,a,1577872800,x\n")
    before = place.read_bytes()
    with pytest.raises(SynclineError, match="holds what Syncline did not write"):
        made.export(to, place, overwrite=True)
    assert place.read_bytes() == before
    place.write_bytes(b"")
    assert made.export(to, place, overwrite=True) == [place]
    assert made.export(to, place, overwrite=True) == [place]


def with_signs(folder: Path) -> Case:
    """Signs found on network 1 and on the whole log, and one that was not found."""
    rows = handmade.tables()
    found = {"gauge": "authenticity", "numbers": "{}", "statement": "", "applies": True}
    rows["findings"] += [
        found | {"network_id": 1, "sign": "hours", "account_ids": ["1", "2"]},
        found | {"network_id": 1, "sign": "client", "account_ids": ["1"]},
        found | {"network_id": 1, "sign": "handles", "account_ids": ["3"], "applies": False},
        found | {"network_id": None, "sign": "creation_batch", "account_ids": ["1", "7", "50"]},
    ]
    # Two platforms have an account 50: which of them the finding is about, nobody knows.
    rows["accounts"].append({"platform": "y", "account_id": "50"})
    write_case(handmade.connect(rows), handmade.run(), folder)
    return open_case(folder)


@pytest.mark.parametrize("pseudonymise", [False, True])
def test_nodes_say_in_which_signs_an_account_stands(tmp_path: Path, pseudonymise: bool) -> None:
    case = with_signs(tmp_path / "s.case")
    key = tmp_path / "key" if pseudonymise else None
    nodes, *_ = case.export("csv", tmp_path / "out", pseudonymise=key)
    with nodes.open(encoding="utf-8-sig", newline="") as file:
        signs = [(row["signs"], row["signs_of_log"]) for row in csv.DictReader(file)]
    # Accounts 1, 2, 3 and -100 of network 1, and 50 and 60 of pair 2.
    assert signs == [("client|hours", "creation_batch"), ("hours", "")] + [("", "")] * 4
