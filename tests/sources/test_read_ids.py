"""Ids are text, and ruined ones are refused."""

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from read_files import Read, read_paths

from syncline.errors import SynclineError

HEADER = "post_id,account_id,time,text\n"

Reader = Callable[..., Read]


@pytest.mark.parametrize("column", ["post_id", "account_id"])
@pytest.mark.parametrize("damaged", ["1.23E+18", "1.23e18", "1E+18", "1234567890123456800.0"])
def test_scientific_notation_is_refused(read: Reader, column: str, damaged: str) -> None:
    ids = {"post_id": "17", "account_id": "a"} | {column: damaged}
    with pytest.raises(SynclineError, match=f"row 2: {column} is.*rounded.*spreadsheet"):
        read(HEADER + f"5,b,1577872800,x\n{ids['post_id']},{ids['account_id']},1577872800,x\n")


@pytest.mark.parametrize("spelled", ["8.28839E+17", "828839000000000000"])
def test_ids_that_became_the_same_are_refused_and_not_left_unused(read: Reader, spelled: str) -> None:
    rows = [f"{spelled.replace('9', str(n // 3), 1)},u{n},{1_577_872_800 + n},words {n}" for n in range(24)]
    with pytest.raises(SynclineError, match=r"row 1: post_id is.*rounded.*spreadsheet"):
        read("id,screen_name,created,text\n" + "\n".join(rows) + "\n")


def test_a_repost_id_in_scientific_notation(read: Reader) -> None:
    with pytest.raises(SynclineError, match=r"reposted_post_id is '1\.2E\+18'"):
        read("post_id,account_id,time,retweeted_status_id\n1,a,1577872800,1.2E+18\n")


def test_scientific_notation_with_a_comma(read: Reader) -> None:
    with pytest.raises(SynclineError, match=r"row 1: account_id is '1,23E\+18'.*spreadsheet"):
        read("post_id;account_id;time;text\n1;1,23E+18;1577872800;x\n")


def test_a_reposted_account_in_scientific_notation(read: Reader) -> None:
    with pytest.raises(SynclineError, match=r"reposted_account_id is '1\.2E\+18'"):
        read("post_id,account_id,time,retweeted_user_id\n1,a,1577872800,1.2E+18\n")


def test_a_spreadsheet_that_saved_an_export_is_found_out(tmp_path: Path) -> None:
    fixture = (Path(__file__).parent / "fixtures" / "4cat-x-api.csv").read_text(encoding="utf-8")
    path = tmp_path / "saved.csv"
    path.write_text(
        fixture.replace("1700000000000000001,1700000000000000001", "1.7E+18,1.7E+18", 1), encoding="utf-8"
    )
    with pytest.raises(
        SynclineError, match=r"row 1: post_id is.*Export the data again and do not open and save it"
    ):
        read_paths(path)


def test_ids_cut_to_fifteen_digits_are_refused(read: Reader) -> None:
    rows = "".join(f"12345678901234{n}0000,a,1577872800,x\n" for n in range(5))
    with pytest.raises(SynclineError, match="row 1: post_id is '1234567890123400000'"):
        read(HEADER + rows)


def test_a_single_long_id_that_ends_in_zeros_is_fine(read: Reader) -> None:
    got = read(HEADER + "1234567890123410000,a,1577872800,x\n1234567890123412345,a,1577872800,x\n")
    assert got.column("post_id") == ["1234567890123410000", "1234567890123412345"]


def test_a_viral_post_whose_id_ends_in_zeros_is_fine(read: Reader) -> None:
    rows = "".join(f"{n},a{n},1577872800,12345678901234500\n" for n in range(50))
    got = read("post_id,account_id,time,retweeted_status_id\n" + rows)
    assert set(got.column("reposted_post_id")) == {"12345678901234500"}


def test_handles_that_look_like_numbers_are_fine(read: Reader) -> None:
    assert read("post_id,screen_name,time,text\n1,1e10,1577872800,x\n").column("account_id") == ["1e10"]


def test_hexadecimal_ids_with_an_e_are_fine(read: Reader) -> None:
    got = read(
        HEADER + "1e21045582016172,5e9,1577872800,x\n1e2104,1.2.3,1577872800,x\n".replace("5e9", "5e9a")
    )
    assert got.column("post_id") == ["1e21045582016172", "1e2104"]


def test_whole_numbers_as_floats_lose_their_point(read: Reader) -> None:
    assert read(HEADER + "17.0,23.0,1577872800,x\n").column("account_id") == ["23"]


def test_blanks_and_words_for_nothing(read: Reader) -> None:
    got = read(HEADER + " 17 , b ,1577872800,x\n18,nan,1577872800,x\n")
    assert got.column("post_id") == ["17"]
    assert [each["reason"] for each in got.rejects] == ["no_account"]


def _parquet(path: Path, **columns: pa.Array) -> Path:
    pq.write_table(pa.table({**columns, "time": pa.array([1_577_872_800] * len(columns["post_id"]))}), path)
    return path


def test_integers_of_any_width(tmp_path: Path) -> None:
    path = _parquet(
        tmp_path / "p.parquet",
        post_id=pa.array([2**63 + 5, 3], pa.uint64()),
        account_id=pa.array([1, -2], pa.int32()),
        text=pa.array(["x", "y"]),
    )
    got = read_paths(path)
    assert got.column("post_id") == [str(2**63 + 5), "3"]
    assert got.column("account_id") == ["1", "-2"]


def test_small_doubles_are_ids_and_large_ones_ruined(tmp_path: Path) -> None:
    small = _parquet(
        tmp_path / "s.parquet",
        post_id=pa.array([17.0, 2.0**53]),
        account_id=pa.array(["a", "b"]),
        text=pa.array(["x", "y"]),
    )
    assert read_paths(small).column("post_id") == ["17", str(2**53)]
    large = _parquet(
        tmp_path / "l.parquet",
        post_id=pa.array([1.0, 1.2345e18]),
        account_id=pa.array(["a", "b"]),
        text=pa.array(["x", "y"]),
    )
    with pytest.raises(SynclineError, match="row 2: post_id"):
        read_paths(large)


def test_long_numbers_in_json_stay_exact(read: Reader) -> None:
    got = read(
        '{"id": 1234567890123456789, "user_id": 98765432109876543210, "time": 1577872800, "text": "x"}\n',
        "a.jsonl",
    )
    assert got.column("post_id") == ["1234567890123456789"]
    assert got.column("account_id") == ["98765432109876543210"]


@pytest.mark.parametrize("column", ["in_reply_to_status_id", "retweeted_status_id", "quoted_status_id"])
def test_a_column_with_gaps_that_a_program_rounded_is_left_out(read: Reader, column: str) -> None:
    rows = [f"110000000000000000{n},u{n},157787280{n},words,{'1.1e+18' if n % 2 else ''}" for n in range(4)]
    got = read("\n".join([f"id,user_id,created_at,text,{column}", *rows]) + "\n")
    assert len(got.posts) == 4
    for name in ("reply_to_post_id", "reposted_post_id", "quoted_post_id"):
        assert got.column(name) == [None] * 4
    assert got.column("is_repost") == [column == "retweeted_status_id" and n % 2 == 1 for n in range(4)]
    (note,) = got.result.inputs[0]["notes"]
    assert "was left out" in note
    assert "in row 2 it is '1.1e+18', a number that has been rounded" in note


@pytest.mark.parametrize(
    "kept", ["'1100000000000000001", '"""1100000000000000001"""', " 1100000000000000001 "]
)
def test_marks_that_keep_spreadsheets_off_are_no_part_of_an_id(read: Reader, kept: str) -> None:
    (post,) = read(HEADER + f"{kept},{kept},1577872800,x\n").posts
    assert (post["post_id"], post["account_id"]) == ("1100000000000000001", "1100000000000000001")


HANDLES = "post_id,user_id,screen_name,time,text\n"


def test_posts_without_their_accounts_id_are_the_accounts_with_their_handle(read: Reader) -> None:
    rows = ["1,11,Ann,1577872800,x", "2,,@ann,1577872801,x", "3,,bob,1577872802,x", "4,,bob,1577872803,x"]
    got = read(HANDLES + "\n".join(rows) + "\n")
    assert got.column("account_id") == ["11", "11", "bob", "bob"]
    assert got.rejects == []
    (file,) = got.result.inputs
    assert file["posts"] == 4
    assert file["notes"][-1].endswith("posts.csv: posts that name their account by its handle alone: 3.")


def test_a_handle_of_several_accounts_or_of_deleted_ones_names_none(read: Reader) -> None:
    """Else one account, counted twice, would seem to act with itself."""
    rows = ["1,11,ann,1577872800,x", "2,12,ann,1577872801,x", "3,,ann,1577872802,x"]
    rows += ["4,,[deleted],1577872803,x", "5,,cem,never,x", "6,,,1577872804,x"]
    got = read(HANDLES + "\n".join(rows) + "\n")
    assert got.column("account_id") == ["11", "12"]
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [
        (row, "no_account") for row in (3, 4, 5, 6)
    ]


def test_handles_name_accounts_across_files_of_one_platform(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HANDLES + "1,11,ann,1577872800,x\n2,12,bob,1577872801,x\n")
    (tmp_path / "b.csv").write_text(HANDLES + "3,,ann,1577872802,x\n4,13,cem,1577872803,x\n")
    got = read_paths(tmp_path)
    assert got.column("account_id") == ["11", "12", "11", "13"]
