"""The bound on memory: who gets what of it, and what is refused before it starts."""

import gzip
import os
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from syncline import cli, memory
from syncline.engines.duckdb import DuckDBEngine, execute
from syncline.errors import SynclineError
from syncline.pipeline import _connected, _engine, scan
from syncline.settings import Settings
from syncline.sources.size import rows_roughly

GB = 10**9


@pytest.mark.parametrize(
    ("said", "expected"), [("4GB", 4 * GB), ("4 gib", 4 * 2**30), ("1.5MB", 1_500_000), ("2TB", 2 * 10**12)]
)
def test_a_bound_in_bytes(said: str, expected: int) -> None:
    assert memory.in_bytes(said) == expected


@pytest.mark.parametrize("bound", [GB // 2, GB, 2 * GB, 4 * GB, 8 * GB, 64 * GB])
@pytest.mark.parametrize("traces", [0, 100_000, 2_000_000, 20_000_000])
def test_the_shares_keep_the_bound_together_where_it_can_be_kept(bound: int, traces: int) -> None:
    share = memory.with_traces(bound, traces)
    arrays = share.pairs * memory.PAIR + (traces * memory.TRACE_IN_KERNELS if share.pairs else 0)
    assert share.arrays == arrays
    assert memory.BASE + arrays + memory.beside(bound, arrays) <= bound or not arrays
    assert not arrays or memory.beside(bound, arrays) >= memory.ENGINE_TOLD * memory.ENGINE_PART * bound - 1


def test_the_kernels_are_left_out_where_their_arrays_would_take_it_all() -> None:
    assert memory.with_traces(8 * GB, 20_000_000).pairs >= 4_000_000
    assert memory.with_traces(2 * GB, 20_000_000).pairs == 0
    assert memory.with_traces(64 * GB, 20_000_000).pairs == 64_000_000


def limit_of(engine: DuckDBEngine) -> int:
    (limit,) = engine.row("SELECT value FROM duckdb_settings() WHERE name = 'memory_limit'")
    return memory.in_bytes(limit)


def test_the_engine_makes_room_for_arrays_and_takes_it_back() -> None:
    with duckdb.connect() as connection:
        engine = DuckDBEngine(connection, bound=2 * GB)
        alone = limit_of(engine)
        assert alone == pytest.approx(memory.ENGINE_TOLD * (2 * GB - memory.BASE), rel=0.1)
        with engine.beside(GB):
            assert limit_of(engine) == pytest.approx(memory.ENGINE_TOLD * (GB - memory.BASE), rel=0.1)
            with engine.beside(100 * GB):
                assert 0 < limit_of(engine) < GB / 10
                assert engine.row("SELECT sum(range) FROM range(1000000)") == (499999500000,)
            assert limit_of(engine) == pytest.approx(memory.ENGINE_TOLD * (GB - memory.BASE), rel=0.1)
        assert limit_of(engine) == alone


class Narrow:
    """A connection on which a statement only has room on one thread, and with a limit of so many bytes."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, least: int = 0) -> None:
        self.connection = connection
        self.least = least

    def execute(self, statement: str) -> duckdb.DuckDBPyConnection:
        settings = "SELECT current_setting('threads'), current_setting('memory_limit')"
        threads, limit = self.connection.execute(settings).fetchall()[0]
        if statement.startswith("CREATE") and (threads != 1 or memory.in_bytes(limit) < self.least):
            raise duckdb.OutOfMemoryException("could not allocate block")
        return self.connection.execute(statement)


@pytest.mark.parametrize("least", [0, GB])
def test_what_has_no_room_on_all_threads_is_done_on_one_and_then_with_the_whole_part(least: int) -> None:
    told = int(memory.ENGINE_TOLD * GB) + (1 << 20)
    with duckdb.connect(config={"threads": 3, "memory_limit": f"{told}B"}) as connection:
        execute(Narrow(connection, least), "CREATE TABLE one AS SELECT 1")  # type: ignore[arg-type]
        assert connection.execute("FROM one").fetchall() == [(1,)]
        settings = connection.execute("SELECT current_setting('threads'), current_setting('memory_limit')")
        threads, limit = settings.fetchall()[0]
        assert threads == 3
        assert memory.in_bytes(limit) == pytest.approx(told, rel=0.01)


def test_more_than_the_whole_part_is_never_taken() -> None:
    with duckdb.connect(config={"memory_limit": "500MB"}) as connection:
        with pytest.raises(duckdb.OutOfMemoryException):
            execute(Narrow(connection, GB), "CREATE TABLE one AS SELECT 1")  # type: ignore[arg-type]
        (limit,) = connection.execute("SELECT current_setting('memory_limit')").fetchall()[0]
        assert memory.in_bytes(limit) == pytest.approx(500e6, rel=0.01)
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    assert memory.higher(int(0.8 * machine * 0.998), 0) == []
    assert memory.higher(int(0.7 * machine), 0)[-1] == pytest.approx(0.8 * machine, abs=2)


def test_first_what_the_program_leaves_of_the_bound_and_then_the_whole_part(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bound, held = 2 * GB, GB // 2
    told = memory.alone(bound)
    whole = bound - memory.BASE
    monkeypatch.setattr(memory, "taken", lambda: held + memory.BASE + (100 << 20))
    assert memory.higher(told, held) == pytest.approx([whole - (100 << 20), whole], abs=2)
    monkeypatch.setattr(memory, "taken", lambda: held + memory.BASE // 2)
    assert memory.higher(told, held) == pytest.approx([whole], abs=2)
    monkeypatch.setattr(memory, "taken", lambda: held + bound)
    assert memory.higher(told, held) == pytest.approx([whole], abs=2)


# Half of the pieces are freed, each behind one that stays: the allocator keeps them until it is told.
FREED = """
import ctypes, time
from syncline import memory

libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_size_t], [ctypes.c_void_p]
memory.keep_little()
pieces = [libc.malloc(1 << 18) for _ in range(800)]
for piece in pieces:
    ctypes.memset(piece, 1, 1 << 18)
for piece in pieces[::2]:
    libc.free(piece)
before = memory.taken()
with memory.watched(f"{before * {share} / 1e9:.6f}GB"):
    time.sleep(1.0)
print(before - memory.taken())
"""


@pytest.mark.skipif(memory._allocator() is None, reason="the C library is not glibc")
@pytest.mark.parametrize(("share", "least", "most"), [(1.0, 90 << 20, 110 << 20), (2.0, -1 << 20, 1 << 20)])
def test_near_its_bound_a_program_hands_back_what_is_free(share: float, least: int, most: int) -> None:
    program = FREED.replace("{share}", str(share))
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert least <= int(ran.stdout) <= most


def test_without_a_bound_nobody_watches() -> None:
    before = threading.active_count()
    with memory.watched(None):
        assert threading.active_count() == before
    with memory.watched("4GB"):
        assert threading.active_count() == before + memory._TAKEN.exists()
    assert threading.active_count() == before


def test_room_is_only_made_where_memory_is_bounded() -> None:
    with duckdb.connect() as connection:
        engine = DuckDBEngine(connection)
        before = limit_of(engine)
        with engine.beside(GB):
            assert limit_of(engine) == before


def test_engine_and_kernels_of_a_scan_get_their_shares(tmp_path: Path) -> None:
    settings = Settings(memory="3GB")
    with _connected(settings, tmp_path / "log.case") as connection:
        engine = _engine(connection, settings)
        engine.share(1000)
        share = memory.with_traces(3 * GB, 1000)
        assert engine.kernels == share.pairs > 0
        with engine.beside(engine.arrays):
            assert limit_of(engine) == pytest.approx(memory.beside(3 * GB, share.arrays), rel=0.1)
        assert limit_of(engine) == pytest.approx(memory.alone(3 * GB), rel=0.1)


def test_what_makes_the_evidence_of_a_scan_knows_its_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log.csv"
    log.write_text("post_id,account_id,time,text\n1,a,2026-01-01 00:00:00,x\n", encoding="utf-8")
    seen = []

    def find(engine: DuckDBEngine, *rest: object) -> None:
        seen.append(engine.kernels)
        raise SynclineError("that is enough")

    monkeypatch.setattr("syncline.pipeline._find", find)
    monkeypatch.setattr(memory, "with_traces", lambda bound, traces: memory.Share(bound // 2, 7))
    with pytest.raises(SynclineError, match="that is enough"):
        scan([log], tmp_path / "log.case", Settings(memory="1GB"))
    assert seen == [7]


def test_what_cannot_fit_is_said_with_what_it_needs() -> None:
    memory.check_room(1_000_000, "1GB")
    with pytest.raises(SynclineError, match=r"1,000,000,000 posts need at least 48.6 GB, and --memory 8GB"):
        memory.check_room(1_000_000_000, "8GB")
    with pytest.raises(SynclineError, match="this machine's"):
        memory.check_room(1_000_000_000_000, None)


def test_a_scan_that_cannot_fit_ends_before_it_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "log.csv"
    log.write_text("post_id,account_id,time,text\n" + "1,a,2026-01-01 00:00:00,x\n" * 50, encoding="utf-8")
    monkeypatch.setattr("syncline.pipeline.rows_roughly", lambda inputs: 500_000_000)
    assert cli.run(["scan", str(log), "-o", str(tmp_path / "log.case"), "--memory", "4GB", "--quiet"]) == 1
    said = capsys.readouterr().err
    assert "Some 500,000,000 posts need at least" in said and "scan a part of the log" in said
    assert [file.name for file in tmp_path.iterdir()] == ["log.csv"]


def test_rows_are_told_by_the_beginning_of_text_and_by_parquet_itself(tmp_path: Path) -> None:
    line = '{"id": 1, "text": "some words that make a line"}\n'
    (tmp_path / "a.jsonl").write_text(line * 40_000, encoding="utf-8")
    assert rows_roughly([tmp_path / "a.jsonl"]) == pytest.approx(40_000, rel=0.01)
    pq.write_table(pa.table({"id": range(777)}), tmp_path / "b.parquet")
    assert rows_roughly([tmp_path / "b.parquet"]) == 777
    # Films that an export keeps beside its posts hold none.
    (tmp_path / "film.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + b"\0" * 10_000_000)
    assert rows_roughly([tmp_path]) == pytest.approx(40_777, rel=0.01)


def test_rows_of_what_cannot_be_counted_are_guessed(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.csv.gz", "wb") as file:
        file.write(bytes(range(256)) * 4000)
    assert 0 <= rows_roughly([tmp_path / "a.csv.gz"]) < 5000
    (tmp_path / "empty.csv").touch()
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no more")
    assert rows_roughly([tmp_path / "empty.csv", tmp_path / "broken.parquet"]) == 0


def test_a_bound_below_the_program_itself_is_told() -> None:
    assert memory.too_narrow(None) == memory.too_narrow("540MiB") == []
    assert memory.too_narrow("1KB") == ["--memory 1KB could not be kept: Syncline alone takes some 540 MiB."]
