"""The same log, settings and seed give the same case, whatever the process, the threads and the order of rows."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from whole_scan import Ended, Scan

import small_log
import syncline

TABLES = ("edges", "members", "networks", "ladder", "co_actions", "traces")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case written by a process of its own, whose hashes of strings are its own too."""
    folder = tmp_path_factory.mktemp("first")
    log = small_log.write_csv(folder / "log.csv", small_log.posts())
    source = str(Path(syncline.__file__).parents[1])
    command = (
        f"{sys.executable} -m syncline scan {log} -o {folder}/log.case --placebo=0 --windows=60 --threads=2"
    )
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONHASHSEED": "7"}
    subprocess.run(command.split(), env=environment, check=True, timeout=300, stdout=subprocess.DEVNULL)
    return folder / "log.case"


def table(case: Path, name: str) -> bytes:
    return (case / f"{name}.parquet").read_bytes()


def differing(first: Path, again: Ended) -> list[str]:
    return [name for name in TABLES if table(first, name) != table(again.folder, name)]


def test_another_process_with_another_number_of_threads(first: Path, scan: Scan) -> None:
    again = scan(first.parent / "log.csv", "log.csv", "--threads=1")
    assert again.run["named"] == len(small_log.RING)
    assert differing(first, again) == []
    runs = [json.loads((case / "run.json").read_text()) for case in (first, again.folder)]
    for run in runs:
        del run["created"], run["timings"], run["settings"]["threads"]
    assert runs[0] == runs[1]


def test_another_order_of_rows(first: Path, scan: Scan, tmp_path: Path) -> None:
    rows = small_log.posts()
    random.Random(5).shuffle(rows)
    assert differing(first, scan(small_log.write_csv(tmp_path / "log.csv", rows))) == []
