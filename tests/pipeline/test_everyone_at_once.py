"""One post that 200,000 accounts repost in the same second: bounded memory, no error, no false name."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import small_log
import syncline
from syncline.case import open_case

EVERYONE = 200_000
# Their pairs are 20,000,000,000; the log itself is some ten megabytes.
MOST_BYTES = 1_500_000_000


def write_log(path: Path) -> None:
    rows = small_log.posts()
    columns = {name: [row[name] for row in rows] for name in small_log.COLUMNS}
    moment = rows[0]["created_at"]
    columns["post_id"] += [f"all{number}" for number in range(EVERYONE)]
    columns["account_id"] += [f"everyone{number}" for number in range(EVERYONE)]
    columns["created_at"] += [moment] * EVERYONE
    columns["text"] += ["said by everyone"] * EVERYONE
    columns["retweeted_id"] += ["viral"] * EVERYONE
    pq.write_table(pa.table(columns), path)


def test_memory_is_bounded_and_the_ring_is_still_found(tmp_path: Path) -> None:
    write_log(tmp_path / "log.parquet")
    command = (
        f"{sys.executable} -m syncline scan {tmp_path}/log.parquet -o {tmp_path}/log.case"
        " --placebo=0 --windows=60 --threads=2 --quiet"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(syncline.__file__).parents[1])}
    process = subprocess.Popen(command.split(), env=environment)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    assert used.ru_maxrss * 1024 < MOST_BYTES
    case = open_case(tmp_path / "log.case")
    assert case.run["rows"]["posts"] == EVERYONE + len(small_log.posts())
    named = case.sql("SELECT account_id FROM members WHERE named").fetchall()
    assert {account for (account,) in named} == small_log.RING
