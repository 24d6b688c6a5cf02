"""Times of every kind, and years that no post can have."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import Read, read_paths

Reader = Callable[..., Read]
NOON = 1_593_604_800_000_000  # 2020-07-01 12:00 UTC


@pytest.mark.parametrize(
    ("written", "us"),
    [
        ("2020-07-01T12:00:00Z", NOON),
        ("2020-07-01T12:00:00.000Z", NOON),
        ("2020-07-01 12:00:00", NOON),
        ("2020-07-01 12:00", NOON),
        ("2020-07-01T14:00:00+02:00", NOON),
        ("2020-07-01T14:00:00+0200", NOON),
        ("2020-07-01 06:30:00-05:30", NOON),
        ("2020-07-01 12:00:00 UTC", NOON),
        ("2020-07-01 14:00:00 +0200", NOON),
        ("2020-07-01 09:30:00 -02:30", NOON),
        ("2020-07-01 08:00:00 EDT", NOON),
        # An abbreviation means itself, in summer too.
        ("2020-07-01 07:00:00 EST", NOON),
        ("2020-07-01 21:30:00 ACST", NOON),
        ("2020-07-01 08:30:00 NST", NOON),
        ("2020-07-01 15:00:00 IDT", NOON),
        ("2020-07-01 09:00:00 -03", NOON),
        ("2020-07-01 17:45:00 +0545", NOON),
        ("2020-07-01 04:00 PST", NOON),
        ("2020-07-01 13:00:00 CET", NOON),
        ("2020-07-01 13:00:00.5 BST", NOON + 500_000),
        ("2020-07-01 12:00:00.123456", NOON + 123_456),
        ("2020-07-01", NOON - 43_200_000_000),
        ("1593604800", NOON),
        ("1593604800.25", NOON + 250_000),
        ("1593604800.123456", NOON + 123_456),
        ("1593604800.0", NOON),
        (" 1593604800 ", NOON),
        ("1593604800000", NOON),
        ("1593604800000000", NOON),
        ("1593604800000000000", NOON),
        ("946684800", 946_684_800_000_000),
        ("Wed Jul 01 12:00:00 +0000 2020", NOON),
        ("Wed Jul 01 14:00:00 +0200 2020", NOON),
        ("Wed Jul 01 05:00:00 PDT 2020", NOON),
        ("Wed Jul 01 12:00:00 UTC 2020", NOON),
        ("Wed Jul 01 14:00:00 CEST 2020", NOON),
    ],
)
def test_understood(read: Reader, written: str, us: int) -> None:
    assert read(f"post_id,account_id,time,text\n1,a,{written},x\n").column("time_us") == [us]


@pytest.mark.parametrize(
    "written",
    [
        "1969-12-31 23:59:59",
        "1970-01-01",
        "1989-12-31 23:59:59",
        "2101-01-01",
        "2262-04-11 23:47:16",
        "-1",
        "0",
        "9223372036",
        "9223372036854775807",
        "99999999999999999999999999",
        "yesterday",
        "2020-07-01 12:00:00 IST",
        "2020-07-01 12:00:00 XYZ",
        "Wed Jul 01 12:00:00 IST 2020",
        "Wed Jul 01 12:00:00 2020 PDT",
        "Wed Jul 01 PDT 2020",
        "01/02/2020 10:00",
        "2020-02-30 10:00:00",
        "2020-07-01 25:00:00",
        "2020-07-01 12:00:00 XYZ",
        "Wed Jul 01 12:00:00 IST 2020",
        "Wed Jul 01 12:00:00 2020 PDT",
        "Wed Jul 01 PDT 2020",
        "infinity",
        "1e9",
        "Wed Foo 01 12:00:00 +0000 2020",
    ],
)
def test_refused(read: Reader, written: str) -> None:
    got = read(f"post_id,account_id,time,text\n1,a,{written},x\n2,b,1593604800,x\n")
    (reject,) = got.rejects
    assert (reject["source_row"], reject["reason"], reject["detail"]) == (1, "bad_time", written)


def test_kinds_may_be_mixed_in_one_file(read: Reader) -> None:
    got = read(
        "post_id,account_id,time,text\n1,a,1593604800,x\n2,a,2020-07-01T12:00:00Z,x\n3,a,1593604800000,x\n"
    )
    assert got.column("time_us") == [NOON] * 3


@pytest.mark.parametrize(
    "column",
    [
        pa.array([datetime.datetime(2020, 7, 1, 12)], pa.timestamp("us")),
        pa.array([datetime.datetime(2020, 7, 1, 12)], pa.timestamp("ns")),
        pa.array([datetime.datetime(2020, 7, 1, 12)], pa.timestamp("s")),
        pa.array([datetime.datetime(2020, 7, 1, 12)], pa.timestamp("ms", tz="Europe/Berlin")),
        pa.array([1_593_604_800], pa.int32()),
        pa.array([1_593_604_800_000], pa.int64()),
        pa.array([1_593_604_800.0], pa.float64()),
        pa.array(["2020-07-01T12:00:00Z"]),
    ],
)
def test_typed_columns(tmp_path: Path, column: pa.Array) -> None:
    table = pa.table({"post_id": ["1"], "account_id": ["a"], "time": column, "text": ["x"]})
    pq.write_table(table, tmp_path / "p.parquet")
    assert read_paths(tmp_path / "p.parquet").column("time_us") == [NOON]


@pytest.mark.parametrize(
    ("times", "unit"),
    [
        (["2020-07-01", "2020-07-02"], 86_400_000_000),
        (["2020-07-01 10:00", "2020-07-02 11:00"], 3_600_000_000),
        (["2020-07-01 10:01", "2020-07-02 11:00"], 60_000_000),
        (["2020-07-01 10:01:07", "2020-07-02 11:00:00"], 1_000_000),
        (["1593604800123", "1593604800456"], 1_000),
        (["1593604800.123456", "1593604800.5"], 1),
    ],
)
def test_resolution_is_measured(read: Reader, times: list[str], unit: int) -> None:
    rows = "".join(f"{n},a,{time},x\n" for n, time in enumerate(times))
    assert read("post_id,account_id,time,text\n" + rows).result.resolution_us == unit


def test_resolution_forgives_one_in_a_hundred(read: Reader) -> None:
    times = ["2020-07-01 10:01"] * 199 + ["2020-07-01 10:01:07"]
    rows = "".join(f"{n},a,{time},x\n" for n, time in enumerate(times))
    assert read("post_id,account_id,time,text\n" + rows).result.resolution_us == 60_000_000


def test_zone_of_the_machine_does_not_matter(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tehran")
    assert read("post_id,account_id,time,text\n1,a,2020-07-01 12:00:00,x\n").column("time_us") == [NOON]
