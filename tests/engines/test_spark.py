"""Spark gives what DuckDB gives, and says in a line why where it cannot."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import syncline
from crowds import crowd, popular, ring
from evidence import DAY, HOUR, NULLS, SECOND, START, engine_with, joined, traces
from syncline.benchmarks.evidence import default_nulls
from syncline.cli import run
from syncline.coaction import against_chance, against_the_crowd, discover, judge_listed
from syncline.demo import make_world
from syncline.engines.duckdb import DuckDBEngine
from syncline.engines.engine import Engine
from syncline.engines.step import load_step
from syncline.errors import SynclineError
from syncline.networks import (
    Checks,
    confirm,
    find_networks,
    find_synchronous_groups,
    minute_share,
    permuted_copy,
    write_tables,
)
from syncline.sources import read
from syncline.traces import build_traces

ROOM = Path(syncline.__file__).parent / "coaction"


def missing() -> str | None:
    """Why nothing can run on Spark here."""
    try:
        import pyspark  # noqa: F401
    except ImportError:
        return "PySpark is not installed: pip install 'syncline[spark]'"
    if not shutil.which("java") and "JAVA_HOME" not in os.environ:
        return "Java is not installed: install Debian's package 'default-jre-headless'"
    return None


if why := missing():
    pytest.skip(why, allow_module_level=True)

from pyspark.sql import SparkSession  # noqa: E402

from syncline.benchmarks.spark_cluster import standalone  # noqa: E402
from syncline.benchmarks.workload import write as write_workload  # noqa: E402
from syncline.engines.spark import SparkEngine  # noqa: E402
from syncline.engines.spark_session import spark_session  # noqa: E402
from syncline.engines.spark_sql import in_spark_sql, tables_of  # noqa: E402

pytestmark = pytest.mark.xdist_group("spark")

# What makes many small queries cheap, and changes no answer.
QUICK = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    """The Spark of this process, which every scan in it uses."""
    builder = SparkSession.builder.master("local[2]")
    for name, value in QUICK.items():
        builder = builder.config(name, value)
    running = builder.getOrCreate()
    running.sparkContext.setLogLevel("ERROR")
    yield running
    running.stop()


def sorted_rows(table: pa.Table) -> pd.DataFrame:
    """The rows in an order that does not hang on floating-point numbers."""
    # DuckDB's sums are of 128 bits.
    wide = [field.name for field in table.schema if pa.types.is_decimal(field.type)]
    frame = table.to_pandas().astype(dict.fromkeys(wide, "int64"))
    exact = [name for name in frame if frame[name].dtype.kind in "iubO"]
    for name in exact:
        if frame[name].dtype.kind == "O":
            frame[name] = frame[name].map(str)
    return frame.sort_values(exact, ignore_index=True)


def assert_same(one: pa.Table, other: pa.Table, what: str) -> None:
    """The same rows, order aside, floating-point numbers to 1e-9."""
    assert one.column_names == other.column_names, what
    a, b = sorted_rows(one), sorted_rows(other)
    pd.testing.assert_frame_equal(a, b, check_dtype=False, rtol=1e-9, atol=0, obj=what)


class Beside(DuckDBEngine):
    """DuckDB, which lets Spark run each step too, until it has made rows, on the same tables."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, session: SparkSession, scratch: Path) -> None:
        super().__init__(connection, kernels=0)
        self.spark = SparkEngine(session, self, scratch)
        self.compared: dict[str, int] = {}

    def run(self, path: str, **parameters: int | float) -> None:
        super().run(path, **parameters)
        step = load_step(path)
        if self.compared.get(path) or step.table in tables_of(step.select):
            return
        query = step.bound(parameters)
        answer = self.spark._write("answer", query)
        mine, theirs = self.fetch(query), pq.read_table(answer.folders[0])
        self.spark.close()
        assert_same(mine, theirs, path)
        self.compared[path] = mine.num_rows


def hot_log() -> Any:
    """People with news, a ring, an object that 900 accounts share in one second, and a second behaviour."""
    rng = np.random.default_rng(1)
    people = crowd(rng, accounts=400, acts=12, days=6, objects_per_day=40, communities=3)
    together = ring(rng, np.arange(600, 620), np.arange(900, 908), np.arange(4))
    # The ring shares what others like, too: so its tastes meet.
    liked = ring(rng, np.arange(600, 620), popular(rng, people, 10, 12), np.arange(6))
    hot = traces(np.full(900, 950), np.arange(900), START + rng.integers(0, SECOND, 900))
    # The gap between these is just the widest window, and just over it.
    edge = traces([951, 951, 952, 952], [1, 2, 1, 2], START + np.array([0, HOUR, 0, HOUR + 1]))
    # Before 1970 integer division rounds towards zero or down, as an engine likes.
    early = traces([953, 953], [1, 2], np.array([-DAY - 5, -DAY + 5]))
    # Ten who come in one second, of forty who come within the quarter of an hour, three times.
    objects = np.repeat(np.arange(954, 957), 40)
    after = np.tile(np.concatenate([np.zeros(10, np.int64), np.arange(1, 31) * 30 * SECOND]), 3)
    who = np.concatenate(
        [np.concatenate([np.arange(700, 710), rng.choice(400, 30, replace=False)]) for _ in range(3)]
    )
    second_for_second = traces(objects, who, START + (objects - 954) * DAY + after)
    other = crowd(rng, accounts=400, acts=4, days=6, objects_per_day=20)
    second = traces(other.object + 1000, other.account, other.time_us, behaviour=7)
    return joined(people, together, liked, hot, edge, early, second_for_second, second)


def test_every_step_gives_the_same_rows(session: SparkSession, tmp_path: Path) -> None:
    engine = Beside(engine_with(hot_log()).connection, session, tmp_path)
    tested = against_chance(engine, NULLS)
    against_the_crowd(engine, NULLS, tested)
    links = discover(engine, NULLS, tested)
    find_networks(engine, NULLS.seed)
    engine.run("networks/linked_meetings.sql")
    confirm(engine, Checks(NULLS, tested, tested.log_bar(NULLS.alpha, links)))
    judge_listed(engine, NULLS, tested, engine.fetch("SELECT account_a, account_b FROM links"))
    assert find_synchronous_groups(engine, NULLS) == 1
    expected = {f"coaction/{file.name}" for file in ROOM.glob("*.sql")}
    expected |= {
        f"networks/{name}.sql"
        for name in (
            *("links", "meetings", "linked_meetings", "half_meetings", "half_blocks"),
            *("moments", "moment_acts", "moment_pairs", "synchronous_acts"),
        )
    }
    assert expected <= engine.compared.keys()
    assert {path for path in expected if not engine.compared[path]} == set()


def judged(engine: Engine) -> tuple[Any, ...]:
    """What a permuted copy of the log comes to, the evidence of its pairs against chance, and the minute's share."""
    placebo = permuted_copy(engine, NULLS, 1)
    evidence = engine.fetch("SELECT * FROM chance_evidence")
    return placebo, minute_share(engine, NULLS), evidence


def test_a_copy_of_the_log_is_judged_as_in_duckdb(session: SparkSession, tmp_path: Path) -> None:
    driver = engine_with(hot_log())
    tested = against_chance(driver, NULLS)
    against_the_crowd(driver, NULLS, tested)
    assert discover(driver, NULLS, tested) > 0
    find_networks(driver, NULLS.seed)
    placebo, share, evidence = judged(driver)
    placebo_on_spark, share_on_spark, evidence_on_spark = judged(SparkEngine(session, driver, tmp_path))
    assert placebo_on_spark == placebo
    assert 0 < share_on_spark == pytest.approx(share, rel=1e-9)
    assert evidence.num_rows > 0
    assert_same(evidence, evidence_on_spark, "chance_evidence")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> DuckDBEngine:
    """The demonstration's world, coded."""
    folder = make_world(tmp_path_factory.mktemp("demo") / "world")
    engine = DuckDBEngine(duckdb.connect(config={"threads": 2}))
    read(engine.connection, [folder / "posts.parquet", folder / "accounts.parquet"])
    build_traces(engine)
    return engine


def results(engine: Engine, driver: DuckDBEngine) -> dict[str, pa.Table]:
    """`edges` and `members` of the log in `driver`."""
    nulls = default_nulls()
    engine.make("traces", "SELECT * FROM traces_coded")
    tested = against_chance(engine, nulls)
    against_the_crowd(engine, nulls, tested)
    discover(engine, nulls, tested)
    find_networks(engine, nulls.seed)
    driver.put(
        "confirmations",
        pa.table({"network": pa.array([], pa.int64()), "confirmed": pa.array([], pa.string())}),
    )
    write_tables(driver)
    return {table: driver.fetch(f"SELECT * FROM {table}") for table in ("edges", "members")}


def test_the_demonstration_has_the_same_edges_and_members(
    session: SparkSession, world: DuckDBEngine, tmp_path: Path
) -> None:
    found = results(world, world)
    assert found["edges"].num_rows > 100
    spark = SparkEngine(session, world, tmp_path)
    on_spark = results(spark, world)
    for table, rows in found.items():
        assert_same(rows, on_spark[table], table)
    spark.keep_only("edges")
    assert not spark.has("traces") and spark.has("edges")
    assert list(tmp_path.iterdir()) == []


def test_only_numbers_are_sent(session: SparkSession, tmp_path: Path) -> None:
    driver = DuckDBEngine(duckdb.connect())
    driver.make("traces_coded", "SELECT 1 AS account, 2 AS object, 'a name' AS name, ['a tag'] AS tags")
    spark = SparkEngine(session, driver, tmp_path)
    spark.make("traces", "SELECT * FROM traces_coded")
    assert spark.fetch("SELECT * FROM traces").to_pylist() == [{"account": 1, "object": 2}]


def test_the_driver_makes_the_graph_of_tastes_of_its_own_traces(
    session: SparkSession, tmp_path: Path
) -> None:
    driver = engine_with(traces([1, 1, 2, 2, 3], [1, 2, 1, 2, 3], START + np.arange(5)))
    spark = SparkEngine(session, driver, tmp_path, small_rows=0)
    spark.make("traces", "SELECT * FROM traces_coded")
    spark.make("suspects", "SELECT DISTINCT account FROM traces WHERE account = 2")
    assert not driver.has("suspects")
    spark.run("coaction/communities.sql")
    links = driver.fetch("SELECT account, subject FROM crowd_links ORDER BY ALL").to_pylist()
    assert [link["account"] for link in links] == [1, 1, 3]


def test_a_table_is_extended_wherever_it_lives(session: SparkSession, tmp_path: Path) -> None:
    for small_rows in (3, 100):
        driver = engine_with(traces([1, 1, 2, 2], [1, 2, 1, 2], START + np.arange(4)))
        spark = SparkEngine(session, driver, tmp_path / str(small_rows), small_rows=small_rows)
        spark.make("traces", "SELECT * FROM traces_coded")
        for window_us in (1, SECOND):
            spark.run("coaction/bursts.sql", window_us=window_us)
        counts = spark.fetch(
            "SELECT window_us, count(*) AS objects FROM bursts GROUP BY window_us ORDER BY 1"
        )
        assert counts.to_pydict() == {"window_us": [1, SECOND], "objects": [2, 2]}
        assert driver.has("bursts") == (small_rows > 3)


def test_what_spark_cannot_do_is_one_line(session: SparkSession, tmp_path: Path) -> None:
    driver = DuckDBEngine(duckdb.connect())
    driver.make("traces_coded", "SELECT 9223372036854775807 AS object")
    spark = SparkEngine(session, driver, tmp_path)
    spark.make("traces", "SELECT * FROM traces_coded")
    with pytest.raises(SynclineError, match="Spark could not finish a step") as told:
        spark.fetch("SELECT object + 1 AS object FROM traces")
    assert "\n" not in str(told.value)


def test_an_order_that_would_be_lost_is_refused() -> None:
    with pytest.raises(ValueError, match="list_sort"):
        in_spark_sql("SELECT list(a ORDER BY b) FROM t")


def test_fractions_are_floating_point() -> None:
    assert in_spark_sql("SELECT 1 / (0.05 * n) FROM t") == "SELECT 1 / (CAST(0.05 AS DOUBLE) * n) FROM t"


SCAN = """
import sys, syncline
from syncline.settings import Settings
settings = Settings(windows=(60,), behaviours=("repost",), placebo_copies=0, confirm=False, engine=sys.argv[3],
                    master=sys.argv[4] if len(sys.argv) > 4 else None)
syncline.scan(sys.argv[1], sys.argv[2], settings)
"""


def test_a_million_skewed_posts_give_the_same_case_on_one_machine_and_on_two_workers(tmp_path: Path) -> None:
    log = write_workload(tmp_path / "log.parquet", 1_000_000, hot=50_000)
    (tmp_path / "spark-defaults.conf").write_text(
        "spark.executor.extraJavaOptions -XX:TieredStopAtLevel=1\n"
        "spark.driver.extraJavaOptions -XX:TieredStopAtLevel=1\nspark.sql.codegen.wholeStage false\n"
    )
    source = str(Path(syncline.__file__).parents[1])
    environment = {
        **os.environ,
        "PYTHONPATH": source,
        "SPARK_CONF_DIR": str(tmp_path),
        "SPARK_LOCAL_IP": "127.0.0.1",
    }

    def scan(name: str, *engine: str) -> Path:
        case = tmp_path / f"{name}.case"
        command = [sys.executable, "-c", SCAN, str(log), str(case), *engine]
        subprocess.run(command, env=environment, check=True, timeout=900)
        return case

    in_duckdb = scan("duckdb", "duckdb")
    on_spark = [scan("local", "spark", "local[2]")]
    with standalone(tmp_path / "cluster") as master:
        on_spark.append(scan("cluster", "spark", master))
        took_part = [folder for folder in (tmp_path / "cluster").glob("worker-*/app-*/*") if folder.is_dir()]
    for table in ("edges", "members"):
        expected, *found = (pq.read_table(case / f"{table}.parquet") for case in (in_duckdb, *on_spark))
        assert expected.num_rows > 0
        for rows in found:
            assert_same(expected, rows, table)
    assert len(took_part) >= 2
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith(".")) == []


# What stands in the way is said in a line.


@pytest.fixture
def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SparkSession, "getActiveSession", staticmethod(lambda: None))


def refused(master: str, folder: Path) -> str:
    with pytest.raises(SynclineError) as told, spark_session(master, folder):
        pass
    return str(told.value)


def test_java_is_missing(nothing_runs: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "needs Java 17 or newer, which was not found in JAVA_HOME" in refused("local[1]", tmp_path)


def test_java_is_too_old(nothing_runs: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert "is version 11" in refused("local[1]", tmp_path)


def test_pyspark_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    assert "pip install 'syncline[spark]'" in refused("local[1]", tmp_path)


def test_nobody_answers_at_the_master(nothing_runs: None, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert f"127.0.0.1:{port} does not answer" in refused(f"spark://127.0.0.1:{port}", tmp_path)
    assert "is no HOST:PORT" in refused("spark://nowhere", tmp_path)


def test_a_master_without_spark_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "log.csv", "--master", "spark://here:7077"]) == 2
    assert "add --engine spark" in capsys.readouterr().err.lower()
    assert run(["scan", "log.csv", "--engine", "abacus"]) == 2
