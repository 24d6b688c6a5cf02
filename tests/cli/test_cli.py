"""The command line: exit codes, one-line errors, JSON, silence, interruption."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

import handmade
import syncline
from syncline import case as cases
from syncline.api import Case
from syncline.cli import run
from syncline.errors import SynclineError
from syncline.settings import Settings

SOURCE = str(Path(syncline.__file__).parents[1])
ENVIRONMENT = {**os.environ, "PYTHONPATH": SOURCE}


def syncline_process(*arguments: str, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "syncline", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, **options,
    )  # fmt: skip


@pytest.fixture
def scans(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Puts a scan that writes the hand-made case in the place of the real one, and notes its calls."""
    calls: list[dict[str, Any]] = []

    def scan(inputs: list[str], out: Path, settings: Settings, **options: Any) -> cases.Case:
        calls.append({"inputs": inputs, "out": out, "settings": settings, **options})
        return handmade.write(out, overwrite=options["overwrite"])

    module = ModuleType("syncline.pipeline")
    module.scan = scan  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "syncline.pipeline", module)
    return calls


# Starting up.


@pytest.mark.parametrize("arguments", [["--help"], ["formats"]])
def test_what_scans_nothing_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys, syncline, syncline.cli\n"
        f"assert syncline.cli.run({arguments}) == 0\n"
        "heavy = {'duckdb', 'pyarrow', 'numpy', 'pandas', 'networkit', 'orjson', 'scipy', 'jinja2'}\n"
        "print('heavy:', sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=ENVIRONMENT)
    assert done.stdout.endswith("heavy: []\n")


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"syncline {syncline.__version__}\n"


def test_no_arguments_shows_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    run([])
    printed = "".join(capsys.readouterr())
    for command in ("demo", "scan", "explain", "export", "verify", "simulate", "formats"):
        assert command in printed


# Wrong usage: exit code 2, one line.


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["frob"], "No such command 'frob'"),
        (["scan"], "Missing argument"),
        (["scan", "x", "--frob"], "No such option"),
        (["scan", "x", "--alpha", "7"], "--alpha 7.0"),
        (["scan", "x", "--windows", "60,1e9"], "--windows 60,1e+09: each window is a number of seconds"),
        (["scan", "x", "--memory", "4"], "--memory '4': give memory as a number with its unit, such as 4GB"),
        (["scan", "x", "--alpha", "much"], "Invalid value for '--alpha'"),
        (["scan", "x", "--windows", "60,soon"], "--windows '60,soon': give seconds"),
        (["scan", "x", "--windows", "-60"], "--windows '-60': give seconds"),
        (["scan", "x", "--windows", "nan"], "--windows 'nan': give seconds"),
        (["scan", "x", "--windows", "inf"], "--windows 'inf': give seconds"),
        (
            ["scan", "x", "--behaviours", "repost,dance"],
            "--behaviours: 'dance' is not one; choose from repost,",
        ),
        (["scan", "x", "--placebo", "-1"], "--placebo -1"),
        (["scan", "x", "--threads", "0"], "--threads 0"),
        (["simulate", "demo"], "Missing option"),
        (["scan", "x", "--seed", "-1"], "--seed -1: input should be greater than or equal to 0"),
        (["scan", "x", "--seed", str(2**64)], f"--seed {2**64}: input should be less than or equal to"),
        (["accounts", "x", "--seed", "-1"], "--seed -1: input should be greater than or equal to 0"),
        (["simulate", "demo", "-o", "x", "--seed", "-1"], "--seed -1: give a whole number, 0 or more"),
        (["scan", ""], "syncline: an argument is empty; name a file"),
        (["scan", "a.csv", ""], "syncline: an argument is empty; name a file"),
        (["scan", "a.csv", "-o", ""], "-o: an argument is empty; name a file"),
        (["scan", "a.csv", "--images="], "--images: an argument is empty; name a file"),
        (["accounts", "a.csv", "--controls", ""], "--controls: an argument is empty; name a file"),
        (["formats", ""], "an argument is empty; name a file"),
        (["report", ""], "an argument is empty; name a file"),
        (["report", "made.case", "--out="], "--out: an argument is empty; name a file"),
        (["export", "made.case", "--to", "csv", "--out", ""], "--out: an argument is empty; name a file"),
        (["verify", ""], "an argument is empty; name a file"),
        (["simulate", "demo", "-o", ""], "-o: an argument is empty; name a file"),
    ],
)
def test_wrong_usage(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert err.startswith("syncline: ")
    assert err.count("\n") == 1


def test_a_value_may_end_in_an_equals_sign(made: Case) -> None:
    link = "--link=https://e.example/?q="
    assert run(["note", str(made.path), "organisation", "x:1", "--by", "B", "--name", "N", link]) == 0


# Could not: exit code 1, one line.


def test_a_case_that_is_not_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for command in (["explain", "{}", "x"], ["export", "{}", "--to", "csv"], ["verify", "{}"]):
        assert run([part.format(tmp_path / "none.case") for part in command]) == 1
        err = capsys.readouterr().err
        assert err.startswith(f"syncline: {tmp_path}/none.case: not a case; give the folder of a scan, ")
        assert err.count("\n") == 1


def test_errors_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "none.case", "--json"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {
        "error": "none.case: not a case; give the folder of a scan, such as tweets.case.",
        "exit_code": 1,
    }


def test_an_error_about_a_hostile_name_does_not_reach_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["verify", "\x1b[2J\u202e\nsyncline: all is well"]) == 1
    err = capsys.readouterr().err
    assert err.startswith("syncline: \\x1b[2J\\u202e syncline: all is well: not a case")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (SynclineError("log.csv, row 7: bad; do this."), "log.csv, row 7: bad; do this."),
        (OSError(28, "No space left on device", "/tmp/x"), "/tmp/x: No space left on device; check the path"),
        (MemoryError(), "not enough memory"),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed"), "not enough memory"),
        (duckdb.IOException('IO Error: {"errno":"28"}'), "No space left on device; check the path"),
        (ZeroDivisionError("division by zero"), "a bug in Syncline (ZeroDivisionError: division by zero)"),
        (AssertionError(), "a bug in Syncline (AssertionError: AssertionError)"),
    ],
)
def test_whatever_breaks_is_one_line(
    error: Exception, message: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.delenv("SYNCLINE_DEBUG", raising=False)
    monkeypatch.setattr("syncline.api.scan", fail)
    assert run(["scan", "log.csv", "--quiet"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"syncline: {message}")
    assert err.count("\n") == 1


def test_a_bug_shows_its_traceback_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setenv("SYNCLINE_DEBUG", "1")
    monkeypatch.setattr("syncline.api.scan", fail)
    with pytest.raises(ZeroDivisionError):
        run(["scan", "log.csv", "--quiet"])


# The commands.


def test_scan_hands_its_options_on(scans: list[dict[str, Any]], tmp_path: Path) -> None:
    out = tmp_path / "a.case"
    options = "--windows 60,3600 --alpha 0.01 --seed 7 --placebo 0 --behaviours repost,url --format x-api "
    options += "--mapping m.toml --memory 2GB --threads 1 --quiet"
    assert run(["scan", "a.csv", "b.csv", "-o", str(out), *options.split()]) == 0
    (call,) = scans
    assert call["inputs"] == ["a.csv", "b.csv"]
    assert (call["out"], call["format"], call["mapping"]) == (out, "x-api", Path("m.toml"))
    assert call["settings"] == Settings(
        windows=(60.0, 3600.0), alpha=0.01, seed=7, placebo_copies=0, behaviours=("repost", "url"),
        memory="2GB", threads=1,
    )  # fmt: skip


def test_scan_without_options_is_the_default(
    scans: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["scan", "logs/tweets.csv.gz", "--quiet"]) == 0
    assert scans[0]["settings"] == Settings()
    assert scans[0]["out"] == Path("tweets.case")


def test_scan_says_what_was_found_and_where(
    scans: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.case"
    assert run(["scan", "a.csv", "-o", str(out)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Syncline read 20 posts by 7 accounts")
    assert "3 accounts" in lines[1]
    assert "On 1 shuffled copy of the log: 0" in lines[2]
    assert "The clock ticks in minutes." in lines
    assert lines[-2:] == [f"Case:   {out}", f"Report: {out}/report.html"]


def test_scan_as_json(
    scans: list[dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", "a.csv", "-o", str(tmp_path / "a.case"), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["case"] == str(tmp_path / "a.case")
    assert document["run"]["named"] == 3


def test_scan_refuses_an_existing_folder_before_it_reads_anything(
    scans: list[dict[str, Any]], made: Case, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["scan", "a.csv", "-o", str(made.path)]) == 1
    assert "exists already; choose another folder with -o, or add --overwrite" in capsys.readouterr().err
    assert scans == []
    assert run(["scan", "a.csv", "-o", str(made.path), "--overwrite", "--quiet"]) == 0


def test_explain(made: Case, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", str(made.path), "network", "1"]) == 0
    assert capsys.readouterr().out.startswith("Network 1: 4 accounts")


def test_explain_as_json_is_whole_and_plain_ascii(made: Case, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", str(made.path), "x:1", "--json"]) == 0
    out = capsys.readouterr().out
    assert out.isascii()
    assert json.loads(out)["edges"][1]["co_actions"][0]["text_a"] == handmade.ESCAPES


def test_export_prints_the_files(made: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["export", str(made.path), "--to", "gexf", "-o", str(tmp_path / "a.gexf")]) == 0
    assert capsys.readouterr().out == f"{tmp_path}/a.gexf\n"
    assert run(["export", str(made.path), "--to", "csv", "-o", str(tmp_path / "a"), "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["files"]) == 3


def test_who_exports_for_a_spreadsheet_is_told_how_to_keep_the_ids(
    made: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for to, told in (("csv", True), ("gexf", False)):
        assert run(["export", str(made.path), "--to", to, "-o", str(tmp_path / to)]) == 0
        assert ("rounds ids of 16 digits" in capsys.readouterr().out) == told


def test_verify(made: Case, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", str(made.path)]) == 0
    assert ": as it was written; manifest " in capsys.readouterr().out
    (made.path / "report.html").write_text("changed")
    assert run(["verify", str(made.path)]) == 1
    assert "report.html: changed\n" in capsys.readouterr().out
    assert run(["verify", str(made.path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["problems"] == {"report.html": "changed"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["report", "made.case", "-o", "made.case/edges.parquet"],
        ["report", "made.case", "-o", "made.case/report.html"],
        ["export", "made.case", "--to", "csv", "-o", "made.case"],
        ["export", "made.case", "--to", "markdown", "-o", "made.case/report.html"],
    ],
)
def test_overwrite_spares_the_evidence(
    made: Case, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    monkeypatch.chdir(made.path.parent)
    assert run([*arguments, "--overwrite"]) == 2
    assert "lies in the case made.case, which stays as it was written" in capsys.readouterr().err
    assert made.verify() == {}


def test_verify_of_a_case_that_cannot_be_opened(made: Case, capsys: pytest.CaptureFixture[str]) -> None:
    with (made.path / "run.json").open("a") as file:
        file.write("x\n")
    (made.path / "edges.parquet").unlink()
    assert run(["explain", str(made.path), "x:1"]) == 1
    assert "scan again" not in capsys.readouterr().err
    assert run(["verify", str(made.path)]) == 1
    assert capsys.readouterr().out.startswith("edges.parquet: missing\nrun.json: changed\n")
    (made.path / "run.json").unlink()
    assert run(["verify", str(made.path), "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)["problems"]
    assert problems == {"edges.parquet": "missing", "run.json": "missing"}


def test_verify_without_a_manifest(made: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made.path / "manifest.sha256").unlink()
    assert run(["verify", str(made.path)]) == 1
    assert "manifest.sha256 is missing, so nothing tells whether" in capsys.readouterr().err
    assert run(["verify", str(tmp_path)]) == 1
    assert "not a case, it has no run.json" in capsys.readouterr().err


def test_quiet_prints_nothing(
    scans: list[dict[str, Any]], made: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", str(made.path), "--quiet"]) == 0
    assert run(["scan", "a.csv", "-o", str(tmp_path / "b.case"), "-q"]) == 0
    assert run(["export", str(made.path), "--to", "csv", "-o", str(tmp_path / "c"), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_formats(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["formats", "--json"]) == 0
    formats = json.loads(capsys.readouterr().out)["formats"]
    assert formats
    assert all(one["name"] and one["title"] and one["files"] for one in formats)


def test_formats_says_how_a_file_is_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "posts.csv"
    file.write_text("post_id,screen_name,time,text,mood\n1,ann,1577872800,red \x1b[31m #one,good\n")
    assert run(["formats", str(file)]) == 0
    out = capsys.readouterr().out
    assert "(generic)\nWhy:  its columns have usual names\n" in out
    assert "  account_id         screen_name\n" in out
    assert "  hashtags           found in the text\n" in out
    assert "Not used: mood\n" in out
    assert "  time_us            2020-01-01 10:00:00+00:00\n" in out
    assert r"red \x1b[31m #one" in out
    assert run(["formats", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["account_id"] == "ann"
    assert run(["formats", "--format", "generic"]) == 2


def test_formats_of_what_is_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["formats", str(tmp_path / "nope")]) == 1
    assert "(No such file or directory). Check the spelling and the folder.\n" in capsys.readouterr().err
    assert run(["formats", str(tmp_path)]) == 1
    assert "(Is a directory). Name one of the files in it.\n" in capsys.readouterr().err


# Pipes, terminals and signals, in processes of their own.


def test_a_reader_that_goes_away_is_no_error(made: Case) -> None:
    process = syncline_process("explain", str(made.path), "x:1", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(timeout=120) in (0, 1)
    assert process.stderr.read() == ""
    process.stderr.close()


def test_a_terminal_without_persian_gets_escapes(made: Case) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "syncline", "explain", str(made.path), "x:3"],
        capture_output=True, env={**ENVIRONMENT, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}, timeout=120,
    )  # fmt: skip
    assert process.returncode == 0
    assert b"\\u0627" in process.stdout


INTERRUPTED = """
import sys, time
from pathlib import Path
from types import ModuleType
sys.path.insert(0, {tests!r})
import handmade
from syncline import case, cli
from syncline.interrupt import interruptible

def scan(inputs, out, settings, **options):
    connection = handmade.connect(handmade.tables())
    def write_report(case, path):
        path.write_text("half")
        with interruptible(connection):
            print("ready", flush=True)
            endless = "SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b"
            connection.execute(endless).fetchall()
    return case.write_case(connection, handmade.run(), out, write_report=write_report)

module = ModuleType("syncline.pipeline")
module.scan = scan
sys.modules["syncline.pipeline"] = module
sys.exit(cli.run(["scan", "a.csv", "-o", {out!r}]))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_in_the_middle_of_a_query_leaves_nothing(
    tmp_path: Path, number: signal.Signals
) -> None:
    code = INTERRUPTED.format(tests=str(Path(handmade.__file__).parent), out=str(tmp_path / "a.case"))
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.3)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "syncline: interrupted; nothing half done is left."
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"PAR1 torn", None])
def test_a_damaged_case_is_no_bug(
    made: Case, capsys: pytest.CaptureFixture[str], damage: bytes | None
) -> None:
    table = made.path / "edges.parquet"
    whole = table.read_bytes()
    table.write_bytes(whole + b"x" if damage is None else damage)
    assert run(["explain", str(made.path), "network", "1"]) == 1
    assert "edges.parquet" in (said := capsys.readouterr().err)
    assert said.endswith("the file is damaged: of a case, syncline verify says which of its files are.\n")


def test_a_report_takes_the_place_of_a_report_and_of_no_other_file(
    made: Case, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "log.csv"
    place.write_text("post_id,account_id,time,text\n")
    assert run(["report", str(made.path), "-o", str(place), "--overwrite"]) == 1
    assert "holds what Syncline did not write" in capsys.readouterr().err
    assert place.read_text() == "post_id,account_id,time,text\n"
    place.unlink()
    for _ in range(2):
        assert run(["report", str(made.path), "-o", str(place), "--overwrite"]) == 0
