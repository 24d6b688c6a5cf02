"""Starting Spark, and saying in words why it does not start."""

import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from syncline.errors import SynclineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_OLDEST_JAVA = 17
# How long a standalone master may take to answer, and workers to take up a first task.
_ANSWER_S, _WORKERS_S = 5, 180

# What results depend on. Numbers that overflow or divisions by zero are errors, as in DuckDB.
_MEANING = {"spark.sql.ansi.enabled": "true", "spark.sql.adaptive.enabled": "true"}
_FILES = {
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}
# On one machine nothing listens to the network.
_LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
}


@contextmanager
def spark_session(master: str, scratch: Path) -> Iterator["SparkSession"]:
    """A Spark session of its own: in the Spark that runs in this process already, else in one on `master`.

    Spark's messages go to `scratch`/spark.log. Raises SynclineError, with what to do, if PySpark or Java is
    missing, if the master does not answer, or if no worker takes up work.
    """
    _need_pyspark()
    from pyspark.sql import SparkSession

    # Nothing here uses what PySpark does with pandas.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    running = SparkSession.getActiveSession()
    if running is not None:
        yield _ready(running.newSession())
        return
    session = _start(master, scratch)
    try:
        yield _ready(session)
    finally:
        session.stop()


def is_local(master: str) -> bool:
    """Whether all of Spark runs in one process of this machine."""
    return master == "local" or master.startswith("local[")


def _ready(session: "SparkSession") -> "SparkSession":
    for name, value in _MEANING.items():
        session.conf.set(name, value)
    return session


def _start(master: str, scratch: Path) -> "SparkSession":
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    _need_java()
    _need_answer(master)
    settings = {**_MEANING, **_FILES, **(_LOCAL if is_local(master) else {})}
    settings["spark.ui.showConsoleProgress"] = "false"
    if is_local(master):
        settings["spark.local.dir"] = str(scratch / "shuffled")
    conf = SparkConf().setMaster(master).setAppName("syncline").setAll(list(settings.items()))
    scratch.mkdir(parents=True, exist_ok=True)
    log = scratch / "spark.log"
    try:
        with log.open("ab") as messages:
            gateway = launch_gateway(conf, {"stdout": messages, "stderr": messages})  # type: ignore[no-untyped-call]
        with _own_interruption():
            session = SparkSession(SparkContext(conf=conf, gateway=gateway))
    except Exception as error:
        raise SynclineError(f"Spark did not start on {master}: {_told(log, error)}") from error
    if not is_local(master):
        _need_workers(session, master)
    return session


@contextmanager
def _own_interruption() -> Iterator[None]:
    """PySpark puts a handler of its own for Ctrl-C into the main thread; the one that was there stays."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handler = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, handler)


def _need_pyspark() -> None:
    try:
        import pyspark  # noqa: F401
        import sqlglot  # noqa: F401
    except ImportError as error:
        raise SynclineError(
            "--engine spark needs PySpark and SQLGlot, which are not installed: pip install 'syncline[spark]'."
        ) from error


def _need_java() -> None:
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=f"{home}/bin" if home else None)
    if java is None:
        raise SynclineError(
            f"--engine spark needs Java {_OLDEST_JAVA} or newer, which was not found"
            f"{f' in JAVA_HOME={home}' if home else ''}. Install it (Debian: apt install default-jre-headless), "
            "or let JAVA_HOME say where it is."
        )
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version and int(version.group(1)) < _OLDEST_JAVA:
        raise SynclineError(
            f"--engine spark needs Java {_OLDEST_JAVA} or newer; {java} is version {version.group(1)}. "
            "Install a newer one, or let JAVA_HOME say where it is."
        )


def _need_answer(master: str) -> None:
    """Whether one of the masters of a standalone cluster listens; Spark itself would wait for a minute."""
    if not master.startswith("spark://"):
        return
    failures = [_no_answer(address) for address in master.removeprefix("spark://").split(",")]
    if all(failures):
        raise SynclineError(
            f"--master {master}: {failures[0]}. Check the address, and that the master runs "
            "(sbin/start-master.sh, or see docs/spark.md)."
        )


def _no_answer(address: str) -> str | None:
    """Why nobody answers at host:port; None where somebody does."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        return f"{address} is no HOST:PORT"
    try:
        socket.create_connection((host, int(port)), timeout=_ANSWER_S).close()
    except OSError as error:
        return f"{address} does not answer ({error.strerror or error})"
    return None


def _need_workers(session: "SparkSession", master: str) -> None:
    """Run a task of nothing, since a cluster without workers would let every other wait for ever."""
    waited = threading.Timer(_WORKERS_S, session.sparkContext.cancelAllJobs)
    waited.start()
    try:
        session.range(1).count()
    except Exception as error:
        session.stop()
        raise SynclineError(
            f"--master {master}: no worker took up work within {_WORKERS_S} s. Check that workers run, and that they "
            "have the memory and cores that are asked for (docs/spark.md)."
        ) from error
    finally:
        waited.cancel()


def _told(log: Path, error: Exception) -> str:
    """What Spark said went wrong, in a line."""
    lines: list[Any] = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    wrong = [line for line in lines if re.search(r"\b(ERROR|Error|Exception)\b", line)]
    return str(wrong[0] if wrong else str(error).splitlines()[0]).strip()
