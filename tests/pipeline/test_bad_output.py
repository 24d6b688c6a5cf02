"""A whole scan that cannot write its case, or is stopped: one line, the right exit code, nothing left."""

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from whole_scan import Scan

import small_log
import syncline
from syncline.case import open_case
from syncline.cli import run
from syncline.errors import SynclineError
from syncline.pipeline import _connected, _engine
from syncline.progress import Progress
from syncline.settings import Settings

Capture = pytest.CaptureFixture[str]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(syncline.__file__).parents[1])}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return small_log.write_csv(tmp_path / "log.csv", small_log.posts()[:60])


def command(log: Path, out: Path) -> list[str]:
    return ["scan", str(log), "-o", str(out), "--placebo=0", "--windows=60"]


def python(*arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT,
    )  # fmt: skip


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_that_exists_is_refused_before_the_log_is_read(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine")
    for options, says in (
        ([], "exists already; choose another folder with -o"),
        (["--overwrite"], "is not a case"),
    ):
        assert run([*command(tmp_path / "no log.csv", tmp_path / "thesis"), *options]) == 1
        assert says in capsys.readouterr().err
    assert left_in(tmp_path / "thesis") == ["chapter.txt"]


def test_a_place_below_a_file_is_refused_before_the_log_is_read(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "file").write_text("mine")
    assert run(command(tmp_path / "no log.csv", tmp_path / "file" / "log.case")) == 1
    assert "no case can be written there (Not a directory); choose another folder" in capsys.readouterr().err
    assert left_in(tmp_path) == ["file"]


READ_ONLY = """
import os, sys
from syncline.cli import run
from syncline.errors import SynclineError
run(["scan", "no log.csv", "-o", "/dev/null/log.case"])  # loads what another user may not be allowed to read
if os.geteuid() == 0:  # who may write everywhere
    os.setgid(65534); os.setuid(65534)
sys.exit(run(["scan", "no log.csv", "-o", sys.argv[1]]))
"""


def test_a_read_only_folder_is_refused_before_the_log_is_read(tmp_path: Path) -> None:
    for folder, mode in ((tmp_path, 0o555), (tmp_path.parent, 0o755), (tmp_path.parents[1], 0o755)):
        folder.chmod(mode)
    done = python("-c", READ_ONLY, str(tmp_path / "log.case"))
    _, err = done.communicate(timeout=300)
    tmp_path.chmod(0o755)
    assert done.returncode == 1
    assert "log.case: no case can be written there (Permission denied); choose another folder" in err
    assert "Traceback" not in err


@contextmanager
def files_at_most(size: int) -> Iterator[None]:
    """The system refuses to let any file grow beyond `size` bytes, as it does on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [2_000, 100_000], ids=["in a table", "in the report"])
def test_a_disk_that_fills_up(scan: Scan, log: Path, size: int) -> None:
    with files_at_most(size):
        ended = scan(log)
    assert ended.code == 1
    assert "log.case: the case could not be written (File too large); nothing is left of it." in ended.message
    assert ended.message.endswith("Make room there, or choose another folder with -o.")


def test_a_failed_overwrite_leaves_the_former_case_as_it_was(
    scan: Scan, log: Path, tmp_path: Path, capsys: Capture
) -> None:
    before = scan(log)
    with files_at_most(2_000):
        assert run([*command(log, before.folder), "--overwrite"]) == 1
    with pytest.raises(SynclineError, match=r"the report could not be written \(Not a directory\)"):
        before.case.report(log / "report.html")
    assert left_in(before.folder.parent) == ["log.case"]
    assert open_case(before.folder).verify() == {}


def test_what_does_not_fit_into_memory_goes_beside_the_case_and_is_taken_away(tmp_path: Path) -> None:
    large = "CREATE TABLE large AS SELECT hash(range) AS a, hash(range + 1) AS b FROM range(3000000)"
    settings = Settings(memory="30MB", threads=1)
    with _connected(settings, tmp_path / "new" / "log.case") as connection:
        _engine(connection, settings)
        connection.execute(large).fetchall()
        (spill,) = left_in(tmp_path)
        assert spill.startswith(".log.case.") and spill.endswith(".spill")
        assert left_in(tmp_path / spill)
    assert left_in(tmp_path) == []


# Ctrl-C, at every station of the road.


@pytest.fixture
def interrupt_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this process interrupt itself when the progress first shows a given text."""

    def arrange(station: str) -> None:
        show = Progress.__init__

        def interrupting(self: Progress, shown: Callable[[str], None] | None = None) -> None:
            def watch(message: str) -> None:
                if message.startswith(station):
                    os.kill(os.getpid(), signal.SIGINT)

            show(self, watch)

        monkeypatch.setattr(Progress, "__init__", interrupting)

    return arrange


@pytest.mark.parametrize(
    "station",
    ["reading log.csv", "traces", "evidence against the crowd", "networks", "posts, 1 of", "edges, "],
)
def test_ctrl_c_leaves_nothing(
    scan: Scan, log: Path, interrupt_at: Callable[[str], None], station: str
) -> None:
    interrupt_at(station)
    ended = scan(log)
    assert ended.code == 130
    assert ended.message == "syncline: interrupted; nothing half done is left."


def test_ctrl_c_on_the_command_while_it_waits_for_its_input(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("post_id,account_id,created_at\n1,a,1577836807\n")
    os.mkfifo(tmp_path / "m.toml")
    asked = command(tmp_path / "log.csv", tmp_path / "log.case")
    process = python("-m", "syncline", *asked, "--mapping", str(tmp_path / "m.toml"))
    writer = open_when_read(tmp_path / "m.toml", process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=300)
    os.close(writer)
    assert (process.returncode, out) == (130, "")
    assert err.splitlines()[-1] == "syncline: interrupted; nothing half done is left."
    assert "Traceback" not in err
    assert sorted(left_in(tmp_path)) == ["log.csv", "m.toml"]


def open_when_read(pipe: Path, process: "subprocess.Popen[str]") -> int:
    """The writing end of `pipe`, once the process has opened the other."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError as error:
            assert error.errno == errno.ENXIO  # nobody reads yet
            time.sleep(0.05)
    raise AssertionError(process.communicate())


WHILE_STARTING = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
from syncline.__main__ import main
main()
"""


def test_ctrl_c_while_the_command_is_loading() -> None:
    process = python("-c", WHILE_STARTING)
    assert process.communicate(timeout=300) == ("", "")
    assert process.returncode == -signal.SIGINT
