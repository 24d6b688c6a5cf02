"""Folders, globs, and files that are no input."""

import os
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import read_paths

from syncline.errors import SynclineError
from syncline.progress import Progress
from syncline.schema import TABLES
from syncline.sources.watch import share_told

POSTS = "post_id,account_id,time,text\n{},a,1577872800,x\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "b.csv").write_text(POSTS.format(2))
    (tmp_path / "a.csv").write_text(POSTS.format(1))
    (tmp_path / "deep" / "er" / "c.csv").write_text(POSTS.format(3))
    (tmp_path / ".hidden.csv").write_text(POSTS.format(4))
    return tmp_path


def test_a_folder_is_read_in_order_of_names(folder: Path) -> None:
    got = read_paths(folder)
    assert got.column("post_id") == ["1", "2", "3"]
    assert [Path(each["path"]).name for each in got.result.inputs] == ["a.csv", "b.csv", "c.csv"]
    assert len(got.result.inputs[0]["sha256"]) == 64


def test_globs(folder: Path) -> None:
    assert read_paths(str(folder / "*.csv")).column("post_id") == ["1", "2"]
    assert read_paths(str(folder / "**" / "c*.csv")).column("post_id") == ["3"]
    with pytest.raises(SynclineError, match="no such file, folder or pattern match"):
        read_paths(str(folder / "*.tsv"))


def test_a_file_named_twice_is_read_once(folder: Path) -> None:
    assert read_paths(folder / "a.csv", folder, folder / "a.csv").column("post_id") == ["1", "2", "3"]


def test_files_that_hold_no_posts_are_skipped_in_a_folder_and_refused_by_name(folder: Path) -> None:
    others = {
        "run.json": '{"syncline": "0.1.0", "rows": {"in": 3}, "inputs": [{"path": "a.csv"}]}',
        "world.toml": 'name = "quiet"\n[camp]\nsize = 40\n',
        "manifest.sha256": "00  posts.parquet\n",
        "report.html": "<html><body>words, words</body></html>\n",
        "empty.csv": "",
    }
    for name, content in others.items():
        (folder / name).write_text(content)
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    pq.write_table(pa.table({"platform": ["x"], "account_id": ["a"], "camp": [1]}), folder / "truth.parquet")
    pq.write_table(TABLES["traces"].empty_table(), folder / "traces.parquet")
    got = read_paths(folder)
    assert got.column("post_id") == ["1", "2", "3"]
    skipped = {Path(each["path"]).name: each["why"] for each in got.result.skipped}
    assert set(skipped) == {*others, "picture.png", "truth.parquet", "traces.parquet"}
    assert skipped["empty.csv"].startswith("the file is empty.")
    for name in skipped:
        with pytest.raises(SynclineError, match=name):
            read_paths(folder / name)


def test_a_folder_without_posts(tmp_path: Path) -> None:
    with pytest.raises(SynclineError, match="holds no files"):
        read_paths(tmp_path)
    (tmp_path / "notes.txt").write_text("nothing here\n")
    with pytest.raises(SynclineError, match=r"No posts in .*notes\.txt"):
        read_paths(tmp_path)


def test_a_file_that_fails_halfway_is_an_error_even_in_a_folder(folder: Path) -> None:
    (folder / "d.csv").write_text("post_id,account_id,time,text\n1.2E+18,a,1577872800,x\n")
    with pytest.raises(SynclineError, match=r"d\.csv"):
        read_paths(folder)


def test_the_share_of_a_long_file_is_told() -> None:
    told: list[str] = []

    class Engine:
        """What `share_told` asks of a connection, with a query that goes on for a while."""

        def execute(self, query: str) -> None:
            assert query.startswith("SET enable_progress_bar")

        def query_progress(self) -> float:
            return 41.7

    progress = Progress(told.append)
    with progress.stage("reading posts.csv"), share_told(Engine(), progress):  # type: ignore[arg-type]
        deadline = time.monotonic() + 10
        while len(told) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
    assert told[:2] == ["reading posts.csv", "reading posts.csv: 42%"]


def test_a_pipe_is_refused_rather_than_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SynclineError, match=r"pipe: a pipe or device.*Write its posts into a file"):
        read_paths(tmp_path / "pipe")
    with pytest.raises(SynclineError, match="Standard input is not read"):
        read_paths("-")


@pytest.mark.parametrize("target", ["link.csv", "nowhere.csv"])
def test_a_link_that_leads_nowhere_is_no_file(tmp_path: Path, target: str) -> None:
    (tmp_path / "link.csv").symlink_to(tmp_path / target)
    with pytest.raises(SynclineError, match=r"link\.csv: no such file"):
        read_paths(tmp_path / "link.csv")
    with pytest.raises(SynclineError, match="the folder holds no files"):
        read_paths(tmp_path)


def test_the_case_of_an_earlier_scan_is_no_input(folder: Path) -> None:
    """Else what was withdrawn since would come back with it."""
    case = folder / "deep" / "earlier.case"
    case.mkdir()
    pq.write_table(
        pa.table({"post_id": ["9"], "account_id": ["a"], "time": [1577872800]}), case / "posts.parquet"
    )
    (case / "manifest.sha256").write_text("")
    got = read_paths(folder)
    assert got.column("post_id") == ["1", "2", "3"]
    assert {Path(each["path"]).name for each in got.result.skipped} == {"posts.parquet", "manifest.sha256"}
    assert "part of a case" in got.result.skipped[0]["why"]
    assert read_paths(case / "posts.parquet").column("post_id") == ["9"]
    assert read_paths(case).column("post_id") == ["9"]
