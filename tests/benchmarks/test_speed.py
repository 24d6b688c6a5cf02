"""The speed benchmark: what a process is charged with, what a run says, and the page that is made of it."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from syncline import cli
from syncline.benchmarks import speed, speed_figures, speed_page
from syncline.benchmarks.speed import Asked, process

MILLION = 1_000_000


def row(name: str, cpu_s: float, **more: Any) -> dict[str, Any]:
    return {
        **{"name": name, "posts": MILLION, "hot": 0, "copies": None, "memory": None, "round": 1},
        **{"cpu_s": cpu_s, "wall_s": 2 * cpu_s, "peak": 2**30, "stopped": False, "failed": ""},
        **{"stages": {}, "tables": {}, "found": 7},
        **more,
    }


def both(cpu_s: float) -> dict[str, float]:
    return {"cpu_s": cpu_s, "wall_s": 2 * cpu_s}


def document(*rows: dict[str, Any]) -> dict[str, Any]:
    return {**speed._circumstances(Asked()), "runs": list(rows)}


OWN = {"read": both(2), "traces": both(1), "code": both(1), "pairs": both(1), "evidence": both(2)}


def figure(runs: dict[str, Any], words: str) -> speed_figures.Figure:
    (found,) = [each for each in speed_figures.requirements([runs]) if words in each.what]
    return found


# Processes.


def test_a_process_is_charged_with_its_own_seconds_and_memory() -> None:
    code = "import time; x = bytearray(300_000_000)\nwhile time.process_time() < 0.3: pass"
    spent = process([sys.executable, "-c", code])
    assert 0.3 <= spent.cpu_s < 3
    assert spent.wall_s >= 0.3
    assert spent.peak >= 300_000_000
    assert not spent.stopped and not spent.failed


def test_a_process_is_stopped_at_the_limit_with_all_that_it_started() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    spent = process([sys.executable, "-c", code], 0.5)
    assert spent.stopped and not spent.failed
    assert 0.5 <= spent.wall_s < 10


def test_a_process_that_fails_says_why_in_its_last_line() -> None:
    spent = process([sys.executable, "-c", "import sys; sys.exit('there is no such thing')"])
    assert spent.failed == "there is no such thing"


def test_a_process_may_say_what_it_did() -> None:
    said = {"stages": {"read": both(1)}, "found": 3}
    spent = process(
        [sys.executable, "-c", f"print('hello'); print({json.dumps(json.dumps(said))})"], says=True
    )
    assert (spent.stages, spent.found) == (said["stages"], 3)


# Coordination Network Toolkit.


def test_without_the_toolkit_the_run_goes_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speed, "find_spec", lambda name: None)
    spent = speed.toolkit(tmp_path / "log.parquet", 1)
    assert "pip install 'syncline[peers]'" in spent.failed
    page = speed_page.render([document(row("toolkit", 0, failed=spent.failed))])
    assert "`toolkit` at 1,000,000 posts gave no answer: it is not installed" in page


def test_the_toolkits_two_commands_share_one_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / speed.TOOLKIT
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import sys, time\n"
        "print(sys.argv[2:], file=open(sys.argv[1] + '.log', 'a'))\n"
        "time.sleep(60 if 'co_retweet' in sys.argv else 0)\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.syspath_prepend(str(tmp_path))
    spent = speed.toolkit(tmp_path / "1000.parquet", 1.5)
    assert spent.stopped and not spent.failed
    assert 1.5 <= spent.wall_s < 10
    assert list(spent.stages) == ["preprocess", "co_retweet"]
    asked = (tmp_path / "1000.db.log").read_text().splitlines()
    assert asked[0] == str(["preprocess", str(tmp_path / "1000_toolkit.csv")])
    assert asked[1] == str(["compute", "co_retweet", "--time_window", "60"])


# Requirements.


@pytest.mark.parametrize(("cpu_s", "holds"), [(44.0, False), (45.0, True)])
def test_the_toolkit_is_compared_with_coded_to_edges(cpu_s: float, holds: bool) -> None:
    runs = document(row("edges", 8, stages=OWN), row("toolkit", cpu_s))
    found = figure(runs, "from coded traces to edges")
    assert (found.measured, found.asked, found.holds) == (cpu_s / 3, "at least 15", holds)
    assert figure(runs, "whole process, reading and coding").measured == cpu_s / 8


def test_a_method_that_was_stopped_is_compared_by_the_clock() -> None:
    runs = document(
        row("edges", 8, stages=OWN, posts=5 * MILLION),
        row("toolkit", 0.1, wall_s=900.0, stopped=True, posts=5 * MILLION),
    )
    found = figure(runs, "from coded traces to edges, wall")
    assert (found.measured, found.asked, found.holds) == (150, "at least 25", True)


def test_medians_are_over_rounds() -> None:
    runs = document(*(row("kernel", cpu_s, round=turn) for turn, cpu_s in enumerate((9.0, 1.0, 2.0))))
    (kernel,) = speed_figures.measured(runs).values()
    assert (kernel.cpu_s, kernel.wall_s, kernel.rounds) == (2, 4, 3)


def test_growth_and_the_hot_object() -> None:
    runs = document(
        row("scan", 10, copies=1, posts=100_000),
        row("scan", 100, copies=1),
        row("scan", 2000, copies=1, posts=10 * MILLION),
        row("scan", 250, copies=1, hot=200_000),
    )
    growth = figure(runs, "growth exponent")
    assert growth.measured == pytest.approx((1 + 1.30103) / 2)
    assert not growth.holds
    hot = figure(runs, "with 200,000 accounts on one object")
    assert (hot.measured, hot.holds) == (2.5, False)
    large = figure(runs, "10,000,000 posts: whole scan, 1 copy, CPU")
    assert (large.measured, large.holds) == (pytest.approx(2000 / 60), False)


def test_a_bound_is_compared_with_the_peak() -> None:
    scan = row("scan", 10, copies=1, memory="2GB", posts=10 * MILLION, peak=3 * 2**30)
    found = figure(document(scan), "peak memory against the bound")
    assert (found.measured, found.holds) == (3, False)


def test_what_is_asked_and_was_not_measured_is_said() -> None:
    scan = row("scan", 10, copies=1, memory="2GB", posts=10 * MILLION)
    assert "with `--memory 2GB`" in speed_page.render([document(row("kernel", 1))])
    assert "with `--memory 2GB`" not in speed_page.render([document(scan)]).split("## Whole scans")[0]


def test_what_a_bound_costs_is_said_without_the_copies() -> None:
    narrow = row("scan", 50, copies=0, memory="2GB", posts=10 * MILLION, peak=2**30)
    wide = row("scan", 40, copies=1, memory="8GB", posts=10 * MILLION, peak=7 * 2**30)
    wide["stages"] = {"placebo copies": both(10), "times redrawn": both(5)}
    other = row("scan", 7, copies=0, posts=MILLION)
    said = speed_page.render([document(narrow), document(wide), document(other)]).split("What a bound costs")[
        1
    ]
    assert "| 10,000,000, 0 copies, `--memory 2GB` | 50 | 1.00 | `--memory 8GB` | 25 | 7.00 | 2 |" in said
    assert said.split("### ")[0].count("| 10,000,000") == 1 and "| 1,000,000, 0" not in said.split("## ")[0]
    assert "What a bound costs" not in speed_page.render([document(narrow)])


# The page.


def test_stages_add_up_to_the_process() -> None:
    stages = {"reading": both(3), "reading x.parquet": both(2.5), "traces": both(1), "networks": both(2)}
    (scan,) = speed_figures.measured(document(row("scan", 10, copies=1, stages=stages))).values()
    spent = speed_page.by_stage(scan)
    assert sum(spent.values()) == 10
    assert spent["report, case and start"] == 4


def test_every_stage_of_a_scan_has_its_place_on_the_page() -> None:
    source = (Path(speed.__file__).parents[1] / "pipeline.py").read_text("utf-8")
    named = {part.split('"')[0] for part in source.split('progress.stage("')[1:]}
    # Spark's start counts as start.
    named.discard("starting Spark")
    assert named == {stage for stages in speed_page._STAGES.values() for stage in stages}


def test_the_command_measures_and_writes_page_tables_and_figure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    asked = ["bench", "speed", "--sizes", "30000", "--rounds", "1", "--only", "start,edges"]
    assert cli.run([*asked, "-o", str(tmp_path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in said["runs"]] == ["syncline --help", "syncline formats", "edges"]
    edges = said["runs"][2]
    assert edges["failed"] == "" and edges["found"] >= 1
    assert {"read", "code", "traces", "pairs", "evidence"} <= edges["stages"].keys()
    assert sum(took["cpu_s"] for took in edges["stages"].values()) < edges["cpu_s"]
    assert said["command"] == "syncline bench speed --sizes 30000 --rounds 1 --only start,edges"
    assert sys.prefix not in json.dumps(said) and str(tmp_path) not in json.dumps(said)
    page = (tmp_path / "speed.md").read_text("utf-8")
    assert "| 30,000 | Syncline, file to edges: reposts, 60 s, both passes |" in page
    assert "<svg" in (tmp_path / "speed.svg").read_text("utf-8")
    assert (tmp_path / "speed.csv").read_text("utf-8").count("\n") == 4 + len(edges["stages"])


def test_what_is_not_known_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["bench", "speed", "--only", "magic"]) == 2
    assert "'magic' is not measured; choose from start, scan," in capsys.readouterr().err
    assert cli.run(["bench", "speed", "--sizes", "many"]) == 2
    assert "--sizes 'many'" in capsys.readouterr().err
    assert cli.run(["bench", "speed", "--sizes", "30000,0"]) == 2
    assert "syncline: A workload of 0 posts has no room for 20,000 planted ones" in capsys.readouterr().err
