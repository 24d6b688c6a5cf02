"""Input of every bad kind through a whole scan: a clear message, or counted rejects and a whole case."""

import json
import random
from pathlib import Path

import pytest
from whole_scan import Scan

from syncline.cli import run

HEADER = "post_id,account_id,created_at,text\n"
ROWS = "".join(f"{number},a{number % 5},{1_577_836_807 + 61 * number},hello\n" for number in range(30))
NOON_US = 1_593_604_800_000_000  # 2020-07-01 12:00 UTC


# Nothing to use: exit code 1, one line that names the file, says what is wrong and what to do.


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("log.csv", b"", "the file is empty. Export it again"),
        ("log.jsonl", b"", "the file is empty. Export it again"),
        ("log.parquet", b"", "the file is empty. Export it again"),
        ("log.csv", HEADER.encode(), "there is a header (post_id, account_id, created_at, text) but no row"),
        ("log.csv", random.Random(1).randbytes(20_000), "this is neither text nor Parquet. Syncline reads"),
        ("log.jsonl", bytes(5_000), "this is neither text nor Parquet. Syncline reads"),
        ("log.parquet", b"PAR1" + random.Random(2).randbytes(3_000), "a damaged Parquet file ("),
        ("log.csv.gz", b"\x1f\x8b" + random.Random(3).randbytes(3_000), "cannot be read ("),
        ("log.csv", b"post_id,text\n1,hello\n", "no column was found that says who posted. The file has:"),
        ("log.csv", b"post_id,account_id,text\n1,a,hello\n", "no column was found that says when."),
        (
            "log.csv",
            b"username,description,followers,created_at\na,words,3,2015-01-01\nb,words,4,2015-01-02\n",
            "there are profiles of accounts here and no posts",
        ),
        ("log.json", b"[]", "a JSON list that does not begin with an object."),
        ("log.json", b'{"data": [{"id": "1"', "broken JSON at line 1"),
    ],
)
def test_nothing_to_use(scan: Scan, name: str, content: bytes, says: str) -> None:
    ended = scan(content, name)
    assert ended.code == 1
    assert f"/{name}: {says}" in ended.message


@pytest.mark.parametrize("column", ["post_id", "account_id", "reposted_post_id"])
def test_ids_in_scientific_notation_are_an_error(scan: Scan, column: str) -> None:
    header = "post_id,account_id,created_at,reposted_post_id\n"
    ids = {"post_id": "31", "account_id": "7", "reposted_post_id": "9"} | {column: "1.23E+18"}
    row = f"{ids['post_id']},{ids['account_id']},1577836807,{ids['reposted_post_id']}\n"
    ended = scan(header + "30,8,1577836807,9\n" + row)
    assert ended.code == 1
    assert f"log.csv, row 2: {column} is '1.23E+18', a number that has been rounded." in ended.message
    assert "Export the data again" in ended.message


def test_a_missing_column_can_be_named_in_a_mapping_file(scan: Scan, tmp_path: Path) -> None:
    content = "who,moment,what\na,1577836807,hello\n"
    assert scan(content).message.endswith("in a mapping file and give it with --mapping.")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[posts]\naccount_id = "who"\ntime = "moment"\ntext = "what"\n')
    assert scan(content, "log.csv", "--mapping", str(mapping)).run["rows"]["posts"] == 1


def test_the_message_is_json_where_that_was_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "log.csv").write_text(HEADER)
    assert run(["scan", str(tmp_path / "log.csv"), "-o", str(tmp_path / "log.case"), "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["exit_code"] == 1
    assert document["error"].startswith(f"{tmp_path}/log.csv: there is a header")


# Something to use: exit code 0, a whole case, every unused row counted with its reason.


@pytest.mark.parametrize(
    ("content", "posts", "reasons"),
    [
        pytest.param(HEADER + ROWS + "31,b,1577", 30, [(31, "broken_row")], id="cut in mid-row"),
        pytest.param(
            HEADER + ROWS + '31,b,1577836900,"half a te', 30, [(31, "broken_row")], id="cut in mid-quote"
        ),
        pytest.param(
            (HEADER + ROWS).encode() + b"31,b,1577836900,caf\xc3\xa9\n32,b,1577836901,caf\xe9\n",
            31,
            [(32, "broken_row")],
            id="mixed encodings",
        ),
        pytest.param((HEADER + ROWS).encode("utf-16"), 30, [], id="UTF-16"),
        pytest.param(
            ("\ufeff" + HEADER + "1,a,1577836807,x\n\ufeff" + HEADER + "2,a,1577836868,x\n").encode(),
            2,
            [(2, "bad_time")],
            id="two files joined, each with its mark",
        ),
        pytest.param(
            HEADER + "1,a,1577836807,x\n1,b,1577836868,other\n", 1, [(2, "duplicate")], id="one id twice"
        ),
        pytest.param(
            HEADER + "".join(f"{n},a,{1577836807 + n},x\n" for n in range(9)), 9, [], id="1 account"
        ),
    ],
)
def test_what_can_be_used_is_used(
    scan: Scan, content: bytes | str, posts: int, reasons: list[tuple[int, str]]
) -> None:
    ended = scan(content)
    assert ended.code == 0
    assert ended.run["rows"]["posts"] == posts
    assert ended.reasons == reasons
    unused = f"{len(reasons)} {'was' if len(reasons) == 1 else 'were'} not used."
    assert (unused in ended.out) == bool(reasons)


def test_embedded_line_breaks_and_quotes_arrive_as_they_were_and_quiet_is_quiet(scan: Scan) -> None:
    row = '1,a,1577836807,"said ""hi"",\nthen\r\nleft; \'so\'"\n'
    ended = scan(HEADER + row, "log.csv", "--quiet")
    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert list(ended.case.posts["text"]) == ["said \"hi\",\nthen\r\nleft; 'so'"]


UNDERSTOOD = (
    "2020-07-01T12:00:00Z",
    "2020-07-01T14:00:00+02:00",
    "2020-07-01 12:00:00",
    "1593604800",
    "1593604800000",
    "1593604800000000",
    "Wed Jul 01 12:00:00 +0000 2020",
)
NOT_UNDERSTOOD = ("1969-12-31 23:59:59", "2262-04-11 23:47:16", "-1", "9223372036854775807", "yesterday")


def test_times_of_every_kind_in_one_file(scan: Scan) -> None:
    times = [*UNDERSTOOD, *NOT_UNDERSTOOD, ""]
    ended = scan(HEADER + "".join(f"{row},a,{time},x\n" for row, time in enumerate(times, start=1)))
    assert list(ended.case.posts["time_us"]) == [NOON_US] * len(UNDERSTOOD)
    bad = range(len(UNDERSTOOD) + 1, len(times))
    assert ended.reasons == [*((row, "bad_time") for row in bad), (len(times), "no_time")]
    assert list(ended.case.rejects["detail"])[:-1] == list(NOT_UNDERSTOOD)
    # The report reads the same dates.
    assert (ended.run["first_us"], ended.run["last_us"]) == (NOON_US, NOON_US)


@pytest.mark.parametrize("time", NOT_UNDERSTOOD)
def test_a_file_without_a_single_time_that_can_be_read_is_an_error(scan: Scan, time: str) -> None:
    ended = scan(HEADER + f"1,a,{time},x\n")
    assert ended.code == 1
    assert f"row 1: none of its 1 rows can be used; the first says bad_time ({time})." in ended.message


def test_one_post_is_insufficient_data_and_not_nothing_found(scan: Scan) -> None:
    ended = scan(HEADER + "1,a,1577836807,x\n", "log.csv", "--json")
    document = json.loads(ended.out)
    assert document["run"]["outcome"] == "insufficient data"
    assert document["run"] == ended.run
    assert ended.run["pairs_tested"] == 0
    assert "no account of this log has 2 actions of one kind or more." in ended.run["outcome_why"]
    assert "No accounts were compared, so there is no error rate" in (ended.folder / "report.html").read_text(
        encoding="utf-8"
    )


def test_files_of_a_folder_that_were_not_read_are_told(scan: Scan, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.csv").write_text(HEADER + ROWS)
    (folder / "b.xlsx").write_bytes(b"PK\x03\x04" + bytes(40))
    ended = scan(folder)
    assert (
        f"1 file met in a folder was not read. It is {folder}/b.xlsx: this is a zip archive or an Excel"
        in ended.out
    )
    assert f"{folder}/b.xlsx was not read: this is" in (ended.folder / "report.html").read_text(
        encoding="utf-8"
    )
