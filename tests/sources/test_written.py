"""Times whose spelling shows by many, not by one."""

import csv
import gzip
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_files import Read

from syncline.errors import SynclineError
from syncline.sources import read

# Patterns of strptime as they are met in exports; with points the day comes first, whatever the days are.
PATTERNS = [
    *("%m/%d/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%m/%d/%Y %I:%M %p", "%d.%m.%Y %H:%M"),
    *("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %I:%M:%S %p", "%a, %d %b %Y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y"),
    *("%a, %d %b %Y %H:%M:%S +0000", "%b %d, %Y · %I:%M %p UTC", "%I:%M %p · %b %d, %Y", "%d %B %Y %H:%M"),
    *("%Y%m%d%H%M%S", "%Y%m%d%H%M", "%Y%m%dT%H%M%SZ", "%A, %B %d, %Y at %I:%M%p"),
    "%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)",
]
MOMENTS = st.datetimes(datetime(1990, 1, 2), datetime(2100, 12, 30)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


def written(path: Path, times: list[str]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as stream:
        rows = csv.writer(stream)
        rows.writerow(["id", "author", "created_at", "text"])
        rows.writerows([number, f"a{number % 3}", time, "words"] for number, time in enumerate(times))
    return path


def read_times(path: Path) -> list[int]:
    with duckdb.connect() as connection:
        read(connection, [path])
        return [
            row[0] for row in connection.execute("SELECT time_us FROM posts ORDER BY post_id::INT").fetchall()
        ]


def microseconds(moment: datetime) -> int:
    return int(moment.replace(tzinfo=UTC).timestamp()) * 1_000_000


def test_days_of_english_dates_are_read_with_their_ordinals(tmp_path: Path) -> None:
    """As Kibana writes them."""
    days = {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 23: "23rd"}
    times = [f"June {each} 2019, 02:34:51.250" for each in days.values()]
    wanted = [microseconds(datetime(2019, 6, day, 2, 34, 51)) + 250_000 for day in days]
    assert read_times(written(tmp_path / "posts.csv", times)) == wanted


@pytest.mark.parametrize(
    ("september", "october"),
    [
        ("13 Sept 2021, 10:05", "13 Oct 2021, 10:05"),
        ("Sept. 13, 2021 10:05 a.m.", "Oct. 13, 2021 10:05 a.m."),
        ("10:05 am · 13 Sept 2021", "10:05 am · 13 Oct 2021"),
        ("13/9/2021, 10:05:00 a. m.", "13/10/2021, 10:05:00 a. m."),
    ],
)
@pytest.mark.parametrize("others", [1, 250])
def test_months_and_halves_of_days_as_some_countries_spell_them(
    september: str, october: str, others: int, tmp_path: Path
) -> None:
    """September may come after the rows that are looked at first."""
    file = written(tmp_path / "posts.csv", [october] * others + [september])
    assert read_times(file) == [microseconds(datetime(2021, 10, 13, 10, 5))] * others + [
        microseconds(datetime(2021, 9, 13, 10, 5))
    ]


@pytest.mark.parametrize("pattern", PATTERNS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments=st.lists(MOMENTS, min_size=1, max_size=20))
def test_times_of_one_pattern_are_read_as_they_were_written(
    pattern: str, moments: list[datetime], tmp_path: Path
) -> None:
    # A day that is no month tells the two apart.
    moments = [*moments, datetime(2021, 5, 23, 7, 5)]
    file = written(tmp_path / "posts.csv", [moment.strftime(pattern) for moment in moments])
    assert read_times(file) == [microseconds(moment) for moment in moments]


def test_numbers_need_no_zeros_before_them(tmp_path: Path) -> None:
    file = written(tmp_path / "posts.csv", ["1/9/2020 9:05", "1/23/2020 19:05"])
    assert read_times(file) == [
        microseconds(datetime(2020, 1, 9, 9, 5)),
        microseconds(datetime(2020, 1, 23, 19, 5)),
    ]


def test_the_narrow_space_of_browsers(tmp_path: Path) -> None:
    file = written(tmp_path / "posts.csv", ["2/14/2020, 7:05\u202fPM"])
    assert read_times(file) == [microseconds(datetime(2020, 2, 14, 19, 5))]


def test_with_points_the_day_comes_first_unless_it_cannot(tmp_path: Path) -> None:
    assert read_times(written(tmp_path / "open.csv", ["2.1.2020 10:00"])) == [
        microseconds(datetime(2020, 1, 2, 10))
    ]
    assert read_times(written(tmp_path / "told.csv", ["2.14.2020 10:00"])) == [
        microseconds(datetime(2020, 2, 14, 10))
    ]


def test_a_mapping_without_a_pattern_finds_it_in_its_own_zone(tmp_path: Path) -> None:
    file = written(tmp_path / "posts.csv", ["14/2/2020 10:00"])
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[posts]\naccount_id = "author"\ntime = "created_at"\ntext = "text"\n[time]\nzone = "Asia/Tehran"\n'
    )
    with duckdb.connect() as connection:
        read(connection, [file], mapping=mapping)
        assert connection.execute("SELECT time_us FROM posts").fetchall() == [
            (microseconds(datetime(2020, 2, 14, 6, 30)),)
        ]


@pytest.mark.parametrize(
    ("days", "clock"),
    [
        (["2/1/2020", "2/14/2020"], "7:05 PM"),
        (["1/2/2020", "14/2/2020"], "19:05"),
        (["2020-02-01", "2020-02-14"], "7:05 PM"),
        (["2020-02-01", "2020-02-14"], "19:05:00"),
        (["20200201", "20200214"], "19:05"),
        (["Feb 1, 2020", "Feb 14, 2020"], "19:05"),
    ],
)
def test_days_and_clocks_in_two_columns(days: list[str], clock: str, read: Callable[..., Read]) -> None:
    rows = "".join(f'{number},a,"{day}",{clock},words\n' for number, day in enumerate(days))
    assert read("id,author,date,time,text\n" + rows).column("time_us") == [
        microseconds(datetime(2020, 2, day, 19, 5)) for day in (1, 14)
    ]


@pytest.mark.parametrize("written_as", ["Fri, 14 Feb 2020 10:00:00 GMT", "20200214T100000Z"])
def test_a_time_that_names_utc_is_of_no_other_zone(written_as: str, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[posts]\naccount_id = "author"\ntime = "created_at"\n[time]\nzone = "Asia/Tehran"\n')
    with duckdb.connect() as connection:
        read(connection, [written(tmp_path / "posts.csv", [written_as])], mapping=mapping)
        assert connection.execute("SELECT time_us FROM posts").fetchall() == [
            (microseconds(datetime(2020, 2, 14, 10)),)
        ]


def test_a_packed_file_that_is_cut_is_told_as_such(tmp_path: Path) -> None:
    file = tmp_path / "posts.csv.gz"
    # The first rows leave the day open, and the cut comes behind them.
    rows = "".join(f"{n},a,2/1/2020 10:00,{random.Random(n).random()}\n" for n in range(100_000))
    packed = gzip.compress(("id,author,created_at,text\n" + rows).encode())
    file.write_bytes(packed[: 3 * len(packed) // 4])
    with pytest.raises(SynclineError, match=r"posts\.csv\.gz: cannot be read .*cut off or damaged"):
        read_times(file)


def test_what_the_first_rows_leave_open_the_later_tell(tmp_path: Path) -> None:
    times = ["2/1/2020 10:00"] * 300 + ["nothing"] + ["2/14/2020 10:00"]
    read_as = read_times(written(tmp_path / "posts.csv", times))
    assert read_as == [microseconds(datetime(2020, 2, 1, 10))] * 300 + [
        microseconds(datetime(2020, 2, 14, 10))
    ]


@pytest.mark.parametrize(
    "times",
    [
        ["2/1/2020 10:00", "3/4/2020 11:00"],  # either may be the month
        ["2/14/2020 10:00", "14/2/2020 11:00"],  # neither is, always
        ["10/1/17 19:01", "10/2/17 19:01"],  # a year of two digits may be a day
        ["2/14/2020 10:00", "2020-02-14 10:00 AM"],
        ["2020", "2021"],  # names no day
        ["Feb 2020", "Mar 2020"],
        ["2/14/2020 10:00 (EST)"],  # a zone that is not understood
    ],
    ids=["open", "both", "two digits", "mixed", "year", "month", "zone"],
)
def test_what_stays_open_is_refused_with_what_to_do(times: list[str], tmp_path: Path) -> None:
    file = written(tmp_path / "posts.csv", times)
    with pytest.raises(SynclineError, match=r"row 1: .*bad_time.*\[time\] format"):
        read_times(file)


@pytest.mark.parametrize("write", [str, lambda time: int(time)], ids=["text", "number"])
def test_json_and_parquet_as_well(write: Callable[[str], object], tmp_path: Path) -> None:
    import json

    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [
        {"id": str(number), "author": "a", "created_at": write(time), "text": "words"}
        for number, time in enumerate(["20200614012301", "20200614012302"])
    ]
    (tmp_path / "posts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "posts.parquet")
    wanted = [microseconds(datetime(2020, 6, 14, 1, 23, second)) for second in (1, 2)]
    assert read_times(tmp_path / "posts.jsonl") == read_times(tmp_path / "posts.parquet") == wanted


def test_a_cell_that_is_no_time_is_no_reason_to_refuse_the_others(tmp_path: Path) -> None:
    file = written(tmp_path / "posts.csv", ["2/14/2020 10:00", "created_at", "2/15/2020 10:00"])
    with duckdb.connect() as connection:
        (described,) = read(connection, [file]).inputs
        rejects = connection.execute("SELECT source_row, reason, detail FROM rejects").fetchall()
    assert described["posts"] == 2
    assert rejects == [(2, "bad_time", "created_at")]


def test_most_times_decide_who_reads_them(tmp_path: Path) -> None:
    times = ["2020-02-14 10:00:00", "2020-02-14 11:00:00", "2/14/2020 10:00"]
    with duckdb.connect() as connection:
        (described,) = read(connection, [written(tmp_path / "posts.csv", times)]).inputs
    assert (described["posts"], described["rejects"], described["notes"]) == (2, 1, [])


def test_how_times_were_read_is_told(tmp_path: Path) -> None:
    file = written(tmp_path / "posts.csv", ["2/14/2020 10:00"])
    with duckdb.connect() as connection:
        (described,) = read(connection, [file]).inputs
    assert described["notes"] == [f"{file}: the times in created_at were read as month/day/year hour:minute."]


@pytest.mark.parametrize(
    ("spelled", "read_as"),
    [
        (["8/3/20 10:05", "8/31/20 9:00"], [(2020, 8, 3, 10, 5), (2020, 8, 31, 9, 0)]),
        (["03.08.20 10:05", "31.08.20 09:00"], [(2020, 8, 3, 10, 5), (2020, 8, 31, 9, 0)]),
        (["8/3/20 10:05 AM", "8/31/20 9:00 PM"], [(2020, 8, 3, 10, 5), (2020, 8, 31, 21, 0)]),
        (["03-Aug-20 10:05", "31-Aug-20 09:00"], [(2020, 8, 3, 10, 5), (2020, 8, 31, 9, 0)]),
        (["03-Aug-2020 10:05", "31-Aug-2020 09:00"], [(2020, 8, 3, 10, 5), (2020, 8, 31, 9, 0)]),
        (["10:05 AM - 3 Aug 2020", "9:00 PM - 31 Aug 2020"], [(2020, 8, 3, 10, 5), (2020, 8, 31, 21, 0)]),
        (
            ["Mon Aug 03 10:05:00 -0700 2020", "Mon Aug 31 09:00:00 -0700 2020"],
            [(2020, 8, 3, 17, 5), (2020, 8, 31, 16, 0)],
        ),
    ],
)
def test_years_of_two_digits_and_hyphens(
    spelled: list[str], read_as: list[tuple[int, ...]], tmp_path: Path
) -> None:
    file = written(tmp_path / "posts.csv", spelled)
    assert read_times(file) == [microseconds(datetime(*each)) for each in read_as]  # type: ignore[arg-type]


@pytest.mark.parametrize("spelled", ["8/3/20 10:05", "10/11/12 10:05", "03-Aug-20 10:05"])
def test_which_number_is_the_year_is_not_guessed(spelled: str, tmp_path: Path) -> None:
    with pytest.raises(SynclineError, match=r"bad_time.*\[time\] format"):
        read_times(written(tmp_path / "posts.csv", [spelled]))


def test_a_pattern_of_a_mapping_is_taken_as_it_stands(tmp_path: Path, read: Callable[..., Read]) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[posts]\naccount_id = "author"\ntime = "date"\n[time]\nzone = "Asia/Shanghai"\n'
        'format = "%dth %B %Y %H:%M CST"\n'
    )
    got = read("author,date\na,14th February 2020 18:00 CST\n", mapping=mapping)
    assert got.column("time_us") == [microseconds(datetime(2020, 2, 14, 10))]
    assert notes(got) == ""


def notes(got: Read) -> str:
    return " ".join(got.result.inputs[0]["notes"])


@pytest.mark.parametrize(("first", "later"), [("May", "June"), ("June", "May")])
def test_a_month_whose_name_is_its_abbreviation_leaves_the_others_open(
    first: str, later: str, read: Callable[..., Read]
) -> None:
    rows = [f"{n},a{n % 3},1 {first} 2020 10:00,words" for n in range(250)] + [
        f"250,a,2 {later} 2020 10:00,words"
    ]
    got = read("\n".join(["id,author,created_at,text", *rows]) + "\n")
    assert not got.rejects
    months = {"May": 5, "June": 6}
    assert got.column("time_us")[-1] == microseconds(datetime(2020, months[later], 2, 10))


@pytest.mark.parametrize("cells", [("43831.5", "43831.50012", "43832"), ("43831,5", "43831,50012", "43832")])
def test_days_as_spreadsheets_count_them(cells: tuple[str, ...], read: Callable[..., Read]) -> None:
    got = read("id;author;date;text\n" + "".join(f"{n};a;{cell};words\n" for n, cell in enumerate(cells)))
    noon = datetime(2020, 1, 1, 12)
    assert got.column("time_us") == [
        microseconds(each) for each in (noon, noon.replace(second=10), datetime(2020, 1, 2))
    ]
    assert "date were read as days since the end of 1899" in notes(got)


def test_days_of_a_spreadsheet_in_json_and_in_a_zone(tmp_path: Path, read: Callable[..., Read]) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[posts]\naccount_id = "author"\ntime = "date"\n[time]\nzone = "Asia/Tehran"\n')
    records = '{"author": "a", "date": 43831.5}\n{"author": "b", "date": 43831.75}\n'
    assert read(records, "posts.jsonl", mapping=mapping).column("time_us") == [
        microseconds(datetime(2020, 1, 1, hour, 30)) for hour in (8, 14)
    ]


def test_whole_days_of_a_spreadsheet_are_refused_with_advice(read: Callable[..., Read]) -> None:
    with pytest.raises(SynclineError, match=r"bad_time \(43831\).*days as spreadsheets count them"):
        read("id,author,date,text\n1,a,43831,words\n2,b,43832,words\n")


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("2020-02-14 10:00:00 CST", "CST = UTC-6"),
        ("2020-02-14 10:00:00 ACST", ""),
        ("Fri Feb 14 10:00:00 BST 2020", "BST = UTC+1"),
        ("2020-02-14 10:00:00 GMT", ""),
        ("2020-02-14 10:00:00", ""),
    ],
)
def test_it_is_said_what_the_abbreviation_of_a_zone_was_taken_for(
    time: str, said: str, read: Callable[..., Read]
) -> None:
    told = notes(read(f"id,author,date,text\n1,a,{time},words\n"))
    assert (said in told) if said else "abbreviation" not in told


def test_a_mapping_without_a_pattern_says_so_as_well(tmp_path: Path, read: Callable[..., Read]) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[posts]\naccount_id = "author"\ntime = "date"\n[time]\nzone = "Europe/Berlin"\n')
    told = notes(read("author,date\na,2020-02-14 10:00:00 CST\n", mapping=mapping))
    assert "CST = UTC-6" in told and "show twice a year" in told


def test_the_other_half_of_a_year_tells_which_zone_is_meant(read: Callable[..., Read]) -> None:
    got = read("id,author,date,text\n1,a,2020-02-14 10:00:00 CST,x\n2,a,2020-07-14 10:00:00 CDT,x\n")
    assert "abbreviation" not in notes(got)


def test_a_declared_format_says_so_as_well(read: Callable[..., Read]) -> None:
    got = read("Facebook Id,Post Created,URL,Message\n1,2020-02-14 10:00:00 CST,https://e.org/1,words\n")
    assert got.result.inputs[0]["format"] == "crowdtangle-facebook"
    assert "CST = UTC-6" in notes(got)


@pytest.mark.parametrize(
    ("zone", "changes"), [("Europe/Berlin", True), ("Asia/Kolkata", False), ("UTC", False)]
)
def test_it_is_said_how_the_hour_that_comes_twice_was_read(
    zone: str, changes: bool, tmp_path: Path, read: Callable[..., Read]
) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(f'[posts]\naccount_id = "author"\ntime = "date"\n[time]\nzone = "{zone}"\n')
    got = read("author,date\na,2020-10-25 02:30:00\nb,2020-03-29 02:30:00\n", mapping=mapping)
    assert ("show twice a year was taken for the later one" in notes(got)) == changes
    if changes:
        assert got.column("time_us") == [
            microseconds(datetime(2020, 10, 25, 1, 30)),
            microseconds(datetime(2020, 3, 29, 1, 30)),
        ]
