"""A scan's report lists every innocent explanation that is checked, beside every network, whatever was found."""

from pathlib import Path

import pytest
from whole_scan import Scan

import small_log
from syncline.cli import run
from syncline.report import payload

CHECKED = {
    "Breaking news", "Shared taste", "One event", "One day", "Fandom", "Mutual support",
    "Declared organisation", "One client app", "One domain", "Scheduler", "One person's second account",
}  # fmt: skip


def test_all_of_them_stand_in_the_gauges_with_what_was_found(
    scan: Scan, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ended = scan(small_log.write_csv(tmp_path / "log.csv", small_log.posts()), "log.csv")
    networks = [number for (number,) in ended.case.sql("SELECT network_id FROM networks").fetchall()]
    assert networks
    gauges = payload.build(ended.case)["gauges"]
    for number in networks:
        told = [one for gauge in gauges[str(number)].values() for one in gauge["explanations"]]
        assert {one["title"] for one in told} == CHECKED
        assert len(told) == len(CHECKED)
        for one in told:
            assert one["applies"] in (True, False, None)
            assert one["statement"].endswith(".")
    found = ended.case.sql(
        f"SELECT statement FROM findings WHERE gauge = 'explanation' AND network_id = {networks[0]}"
    ).fetchall()
    assert run(["explain", str(ended.folder), f"network {networks[0]}"]) == 0
    said = capsys.readouterr().out
    # Declared organisations are what analysts note; news and taste stand in the ladder.
    assert len(found) == len(CHECKED) - 3
    assert all(statement in said for (statement,) in found)
    assert "same days and news" in said
    assert "taste" in said
