"""CSV as it comes: quotes, encodings, cuts and damage."""

import bz2
import gzip
import io
import lzma
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from read_files import Read, read_paths

from syncline.errors import SynclineError
from syncline.sources.zstd import is_wide

HEADER = "post_id,account_id,created_at,text\n"
ROWS = "1,a,2020-01-01 10:00:00,one\n2,b,2020-01-01 10:00:01,two\n"

Reader = Callable[..., Read]


def test_plain(read: Reader) -> None:
    got = read(HEADER + ROWS)
    assert got.column("post_id") == ["1", "2"]
    assert got.column("time_us") == [1_577_872_800_000_000, 1_577_872_801_000_000]
    assert got.column("source_row") == [1, 2]
    assert {Path(name).name for name in got.column("source_file")} == {"posts.csv"}
    assert got.column("platform") == ["posts", "posts"]
    assert got.result.inputs[0]["format"] == "generic"
    assert got.result.resolution_us == 1_000_000


def test_quotes_commas_and_line_breaks_inside_a_cell(read: Reader) -> None:
    got = read(HEADER + '1,a,2020-01-01 10:00:00,"said ""hi"",\nand left"\n2,b,2020-01-01 10:00:01,two\n')
    assert got.column("text") == ['said "hi",\nand left', "two"]
    assert got.column("source_row") == [1, 2]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2,b", "Expected Number of Columns"),
        ("2,b,2020-01-01 10:00:01,two,more", "Expected Number of Columns"),
        ('2,b,2020-01-01 10:00:01,"two" and', "quote"),
    ],
)
def test_broken_row_is_rejected_with_its_number(read: Reader, line: str, words: str) -> None:
    got = read(HEADER + '1,a,2020-01-01 10:00:00,"on\ne"\n' + line + "\n3,c,2020-01-01 10:00:02,three\n")
    assert got.column("post_id") == ["1", "3"]
    assert got.column("source_row") == [1, 3]
    (reject,) = got.rejects
    assert (reject["source_row"], reject["reason"]) == (2, "broken_row")
    assert words in reject["detail"]


@pytest.mark.parametrize("tail", ["2,b,2020-01", '2,b,2020-01-01 10:00:01,"tw'])
def test_file_cut_in_mid_row(read: Reader, tail: str) -> None:
    got = read(HEADER + "1,a,2020-01-01 10:00:00,one\n" + tail)
    assert got.column("post_id") == ["1"]
    assert [(each["source_row"], each["reason"]) for each in got.rejects] == [(2, "broken_row")]


def test_rows_keep_their_numbers_past_many_broken_ones(read: Reader) -> None:
    lines = ["broken" if row % 3 == 0 else f"p{row},a,2020-01-01 10:00:00,x" for row in range(1, 3001)]
    got = read(HEADER + "\n".join(lines) + "\n")
    assert got.column("post_id") == [f"p{row}" for row in got.column("source_row")]
    assert [each["source_row"] for each in got.rejects] == list(range(3, 3001, 3))


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8-sig", "a.csv"),
        ("utf-16", "b.csv"),
        ("utf-16-le", "c.csv"),
        ("utf-16-be", "d.csv"),
        ("cp1252", "e.csv"),
    ],
)
def test_encodings(read: Reader, encoding: str, name: str) -> None:
    content = HEADER + "1,a,2020-01-01 10:00:00,café\n2,b,2020-01-01 10:00:01,naïve\n"
    got = read(content.encode(encoding), name)
    assert got.column("text") == ["café", "naïve"]
    assert got.column("post_id") == ["1", "2"]


def test_mixed_encodings_reject_only_the_odd_row(read: Reader) -> None:
    rows = [b"1,a,2020-01-01 10:00:00,caf\xc3\xa9\n", b"2,b,2020-01-01 10:00:01,caf\xe9\n"]
    got = read(HEADER.encode() + b"".join(rows))
    assert got.column("text") == ["café"]
    (reject,) = got.rejects
    assert (reject["source_row"], reject["reason"]) == (2, "broken_row")
    assert "utf-8" in reject["detail"].lower()


@pytest.mark.parametrize("code_page", ["cp1256", "cp1251", "gb18030"])
def test_a_code_page_of_another_script_is_refused_rather_than_guessed(read: Reader, code_page: str) -> None:
    words = {"cp1256": "پاک و گرم باش", "cp1251": "привет всем", "gb18030": "你好你好世界"}[code_page]
    content = HEADER + f"1,a,2020-01-01 10:00:00,{words}\n2,b,2020-01-01 10:00:01,{words}\n"
    assert content.encode(code_page).decode(code_page) == content
    with pytest.raises(SynclineError, match=r"posts\.csv: neither UTF-8 nor Western text.*Save it as UTF-8"):
        read(content.encode(code_page))


def test_a_note_says_which_code_page_was_taken(read: Reader) -> None:
    content = HEADER + "1,a,2020-01-01 10:00:00,“Été à Köln”\n"
    assert read(content).result.inputs[0]["notes"] == []
    (note,) = read(content.encode("cp1252")).result.inputs[0]["notes"]
    assert "posts.csv is not in UTF-8 and was read as Windows-1252" in note


def test_a_note_says_that_a_column_is_there_twice(read: Reader) -> None:
    got = read("post_id,account_id,account_id,created_at,x,x\n1,a,b,2020-01-01 10:00:00,,\n")
    assert got.column("account_id") == ["a"]
    (note,) = got.result.inputs[0]["notes"]
    assert note.endswith(
        "posts.csv: the column account_id is there more than once; the first of them was used."
    )


def numbered(rows: int) -> str:
    return "".join(f"{number},a,2020-01-01 10:00:00,one\n" for number in range(rows))


def test_a_quotation_mark_that_is_not_closed_says_which_rows_it_took_in(read: Reader) -> None:
    got = read(HEADER + '7,a,2020-01-01 10:00:00,one\n8,b,2020-01-01 10:00:01,"two\n' + numbered(3))
    assert got.column("post_id") == ["7"]
    (reject,) = got.rejects
    assert reject["source_row"] == 2
    assert reject["detail"].startswith(
        "a quotation mark is not closed, and 3 rows after it went into this one: 8,b"
    )


def test_a_quotation_mark_that_takes_in_the_rest_of_the_file_is_an_error(read: Reader) -> None:
    content = HEADER + '7,a,2020-01-01 10:00:00,one\n8,b,2020-01-01 10:00:01,"two\n' + numbered(2000)
    with pytest.raises(
        SynclineError, match=r"posts\.csv, row 2: a quotation mark in it is not closed, so that \d{3}"
    ):
        read(content)


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends(read: Reader, ends: str) -> None:
    assert read((HEADER + ROWS).replace("\n", ends)).column("text") == ["one", "two"]


def test_mixed_line_ends(read: Reader) -> None:
    got = read(
        "post_id,account_id,created_at,text\r\n1,a,2020-01-01 10:00:00,one\n2,b,2020-01-01 10:00:01,two\r\n"
    )
    assert got.column("text") == ["one", "two"]


def test_zero_bytes_in_text(read: Reader) -> None:
    got = read(HEADER.encode() + b"1,a,2020-01-01 10:00:00,o\x00ne\n2,b,2020-01-01 10:00:01,two\n")
    assert got.column("text") == ["o\x00ne", "two"]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_delimiters(read: Reader, delimiter: str) -> None:
    assert read((HEADER + ROWS).replace(",", delimiter)).column("account_id") == ["a", "b"]


def test_gzip_and_zstd_are_known_by_content(read: Reader) -> None:
    content = (HEADER + ROWS).encode()
    assert read(gzip.compress(content), "posts.csv.gz").column("text") == ["one", "two"]
    assert read(pa.Codec("zstd").compress(content, asbytes=True), "posts.dat").column("text") == [
        "one",
        "two",
    ]


@pytest.mark.parametrize("rows", [2, 40_000])
def test_cut_gzip_and_zstd(read: Reader, rows: int) -> None:
    content = (HEADER + numbered(rows)).encode()
    with pytest.raises(SynclineError, match=r"posts\.csv\.gz: cannot be read .*download or export it again"):
        read(gzip.compress(content)[:-20], "posts.csv.gz")
    packed = zstd(content) + zstd(numbered(3).encode())
    assert len(read(packed, "posts.csv.zst").posts) == max(rows, 3)
    for cut in (1, 30, len(packed) // 2):
        with pytest.raises(
            SynclineError, match=r"posts\.csv\.zst: cannot be read .*download or export it again"
        ):
            read(packed[:-cut], "posts.csv.zst")


def test_zstd_that_looks_back_further_than_readers_allow(read: Reader) -> None:
    """Archives of Reddit are packed with --long=31."""
    table = (HEADER + ROWS).encode()
    lines = b"".join(
        b'{"id": "c%d", "author": "ann", "created_utc": 1672567200, "subreddit": "test", "body": "word", '
        b'"link_id": "t3_a"}\n' % number
        for number in range(3)
    )
    for content, name in ((table, "posts.csv.zst"), (lines, "RC_2023-01.zst")):
        wanted = read(content, name.removesuffix(".zst"))
        assert len(wanted.posts) > 1
        got = read(long_zstd(content) + zstd(b""), name)
        assert (got.result.inputs[0]["format"], got.column("text")) == (
            wanted.result.inputs[0]["format"],
            wanted.column("text"),
        )
        with pytest.raises(SynclineError, match=r"cannot be read .*download or export it again"):
            read(long_zstd(content, kind=3), name)
        with pytest.raises(SynclineError, match=r"cannot be read .*download or export it again"):
            read(long_zstd(content)[:-3], name)


@pytest.mark.parametrize(
    ("header", "wide"),
    [
        (b"\x00\x88", False),  # 128 MiB
        (b"\x00\x89", True),
        (b"\x00\xa8", True),  # 2 GiB
        (b"\x20\xff", False),  # one segment of 255 bytes
        (b"\xa0\x00\x00\x00\x08", False),  # one segment of 128 MiB
        (b"\xa0\x01\x00\x00\x08", True),
    ],
)
def test_the_window_that_zstd_asks_for(tmp_path: Path, header: bytes, wide: bool) -> None:
    path = tmp_path / "packed.zst"
    path.write_bytes(b"\x28\xb5\x2f\xfd" + header + bytes(20))
    assert is_wide(path) == wide


def long_zstd(content: bytes, kind: int = 0) -> bytes:
    """`content` in one block that is not compressed, in a frame whose header asks for 2 GiB; no kind 3 exists."""
    block = (1 | kind << 1 | len(content) << 3).to_bytes(3, "little")
    return b"\x28\xb5\x2f\xfd\x00\xa8" + block + content


def zstd(content: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(content, asbytes=True)
    return packed


def archived(content: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo("posts.csv")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (HEADER.encode(), "header"),
        (bytes(range(256)) * 40, "neither text nor Parquet"),
        (b"PK\x03\x04" + bytes(200), "Excel"),
        (bz2.compress(b"id,author\n" * 9)[:-20], "cut off or damaged"),
        (lzma.compress(b"id,author\n" * 9)[:-20], "cut off or damaged"),
        (b"<!DOCTYPE html>\n<html><body>words</body></html>\n", "a web page"),
        (b"01/02/23, 10:00 - Ann: words\n01/02/23, 10:01 - Bob: words\n", "WhatsApp"),
        (b"[01.05.23, 10:00:01] Ann: words\n[01.05.23, 10:01:00] Bob: words\n", "WhatsApp"),
        (gzip.compress(archived(b"id,author\n" * 9)), "a tar archive"),
        (b"text,likes\nhello,3\n", r"no column was found that says who posted.*text, likes.*--mapping"),
        (b"account_id,text\na,hello\n", r"no column was found that says when.*--mapping"),
        (b"just some words\nand more words\n", "no column was found"),
        (b"PAR1 not really", "damaged Parquet"),
    ],
)
def test_files_that_cannot_be_read(read: Reader, content: bytes, words: str) -> None:
    with pytest.raises(SynclineError, match=words) as raised:
        read(content)
    assert "posts.csv" in str(raised.value)


def test_a_name_with_wildcards_is_one_file(tmp_path: Path) -> None:
    odd = tmp_path / "a[1]*.csv"
    odd.write_text(HEADER + ROWS)
    (tmp_path / "a1x.csv").write_text(HEADER + ROWS.replace("1,a", "9,z"))
    assert read_paths(odd).column("post_id") == ["1", "2"]


def test_nothing_there() -> None:
    with pytest.raises(SynclineError, match=r"nowhere\.csv: no such file"):
        read_paths("nowhere.csv")


def test_repeated_header_names(read: Reader) -> None:
    assert read("post_id,account_id,time,text,text\n1,a,1577872800,one,other\n").column("text") == ["one"]


def test_rows_without_account_or_time(read: Reader) -> None:
    got = read(HEADER + "1,,2020-01-01 10:00:00,x\n2,b,,x\n3,c,soon,x\n4,d,2020-01-01 10:00:00,x\n")
    assert [(each["source_row"], each["reason"], each["detail"]) for each in got.rejects] == [
        (1, "no_account", None),
        (2, "no_time", None),
        (3, "bad_time", "soon"),
    ]
    assert got.column("post_id") == ["4"]


def test_a_file_of_which_no_row_can_be_used(read: Reader) -> None:
    with pytest.raises(SynclineError, match=r"none of its 2 rows can be used.*bad_time \(soon\).*mapping"):
        read(HEADER + "1,a,soon,x\n2,b,later,x\n")


def test_posts_without_ids_are_named_by_file_and_row(read: Reader) -> None:
    got = read("account_id,time,text\na,1577872800,one\nbroken\na,1577872800,one\n")
    assert got.column("post_id") == ["posts.csv:1", "posts.csv:3"]


def test_rows_that_r_has_named(read: Reader) -> None:
    rows = "".join(
        f'"{number}"\t{row}\n' for number, row in enumerate(ROWS.replace(",", "\t").split("\n")[:-1])
    )
    got = read(HEADER.replace(",", "\t") + rows)
    assert got.posts == read(HEADER + ROWS).posts
    assert got.column("text") == ["one", "two"]


def test_a_comma_behind_each_row_names_none(read: Reader) -> None:
    assert read(HEADER + ROWS.replace("\n", ",\n")).posts == read(HEADER + ROWS).posts


@pytest.mark.parametrize("pack", [bz2.compress, lzma.compress])
@pytest.mark.parametrize("name", ["posts.csv", "posts.jsonl"])
def test_other_ways_to_pack(read: Reader, pack: Callable[[bytes], bytes], name: str) -> None:
    text = (
        HEADER + ROWS
        if name.endswith("csv")
        else '{"id": "1", "username": "a", "created_at": 1577872800, "text": "x"}\n'
    )
    assert read(pack(text.encode()), name).posts == read(text.encode(), name).posts


def test_quotation_marks_after_a_backslash(read: Reader) -> None:
    rows = [f'"{n}","a{n}","2020-01-01 10:00:0{n}","she said \\"yes, {n}\\", and left"' for n in range(3)]
    got = read("id,username,created_at,text\n" + "\n".join(rows) + "\n")
    assert got.column("text") == [f'she said "yes, {n}", and left' for n in range(3)]
    assert got.rejects == []


def test_a_backslash_that_is_none_of_the_writers_marks(read: Reader) -> None:
    rows = [f'{n},a{n},2020-01-01 10:00:0{n},"a path \\dir, then ""words\\"" {n}"' for n in range(3)]
    got = read("id,username,created_at,text\n" + "\n".join(rows) + "\n")
    assert got.column("text") == [f'a path \\dir, then "words\\" {n}' for n in range(3)]


@pytest.mark.parametrize(
    "row",
    [
        "1290000000000000001,5,1577872800",
        "0,a,Mon Apr 06 22:19:45 PDT 2009",
        "a,2020-01-01 10:00,words",
        "a,12/31/2020 9:15 PM,b",
    ],
)
def test_a_table_without_a_header_is_told_as_such(read: Reader, row: str) -> None:
    """Its first row would be lost, and its cells taken for names."""
    with pytest.raises(SynclineError, match="has no header: its first row holds"):
        read(f"{row}\n" * 3)


def test_names_with_numbers_are_a_header(read: Reader) -> None:
    got = read("id,user,created_at,text,posts 2020,at 10:30,12345678\n1,a,1577872800,x,1,2,3\n")
    assert len(got.posts) == 1
