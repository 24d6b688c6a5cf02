"""Accounts that an analyst has cleared are left out when the log is scanned again."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

from whole_scan import Scan

import small_log
from syncline.api import Case
from syncline.notes import append_note, note_of


def test_the_next_scan_looks_for_signs_and_campaigns_without_them(
    scan: Scan, made: Case, tmp_path: Path
) -> None:
    cleared = note_of(kind="cleared", about=("posts:ring0", "posts:ring1"), by="B", when=datetime.now(UTC))
    append_note(made.path, cleared)
    (tmp_path / "out").mkdir()
    shutil.move(made.path, tmp_path / "out" / "log.case")
    again = scan(small_log.write_csv(tmp_path / "log.csv", small_log.posts()), "log.csv", "--overwrite").case
    told = again.sql("SELECT numbers FROM findings WHERE sign = 'hours' AND network_id = 1").fetchall()
    assert {json.loads(numbers)["of"] for (numbers,) in told} == {len(small_log.RING) - 2}
    with_roles = {account_id for (account_id,) in again.sql("SELECT account_id FROM roles").fetchall()}
    assert with_roles == small_log.RING - {"ring0", "ring1"}
