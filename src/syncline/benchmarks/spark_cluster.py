"""A standalone Spark cluster on this machine: a master and workers from PySpark's own files, for tests and figures."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from syncline.errors import SynclineError

_HOST = "127.0.0.1"
_START_S = 300


@contextmanager
def standalone(folder: Path, workers: int = 2, memory: str = "1g") -> Iterator[str]:
    """The address of a master with `workers` workers of one core each, which work and log in `folder`.

    Raises SynclineError if they are not up after five minutes, which only a busy machine takes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    master = f"spark://{_HOST}:{port}"
    started: list[subprocess.Popen[bytes]] = []
    try:
        started.append(
            _spawn(
                folder / "master.log", "master.Master", "--port", str(port), "--webui-port", str(_free_port())
            )
        )
        for number in range(workers):
            options = ["--cores", "1", "--memory", memory, "--webui-port", "0"]
            options += ["--work-dir", str(folder / f"worker-{number}"), master]
            started.append(_spawn(folder / f"worker-{number}.log", "worker.Worker", *options))
        _wait(folder / "master.log", workers)
        yield master
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait()


def _spawn(log: Path, name: str, *options: str) -> subprocess.Popen[bytes]:
    import pyspark

    home = Path(pyspark.__file__).parent
    command = [
        str(home / "bin" / "spark-class"),
        f"org.apache.spark.deploy.{name}",
        "--host",
        _HOST,
        *options,
    ]
    environment = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": _HOST}
    with log.open("wb") as messages:
        return subprocess.Popen(command, stdout=messages, stderr=subprocess.STDOUT, env=environment)


def _wait(log: Path, workers: int) -> None:
    """Until the master has said of every worker that it registered."""
    until = time.monotonic() + _START_S
    while log.read_text(encoding="utf-8", errors="replace").count("Registering worker") < workers:
        if time.monotonic() > until:
            raise SynclineError(f"Spark's workers did not come up within {_START_S} s; see {log}.")
        time.sleep(0.2)


def _free_port() -> int:
    with socket.create_server((_HOST, 0)) as server:
        return int(server.getsockname()[1])
