"""Any table of posts, written to a generic format and read back, gives the same posts."""

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from read_files import read_paths

from syncline.errors import SynclineError
from syncline.sources.cells import GONE

# Text as it is posted: quotes, commas, line breaks, all scripts; but no lone carriage return, which
# a CSV cannot tell from a line end, and nothing that reads as a repost or stands for a text that is gone.
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=40).filter(
    lambda text: not text.startswith("RT @") and text not in GONE
)
IDS = st.one_of(
    st.integers(1, 2**53).map(str),
    st.from_regex(r"[A-Za-z_][A-Za-z0-9_]{4,15}", fullmatch=True),
    st.from_regex(r"at://did:plc:[a-z2-7]{24}/app\.bsky\.feed\.post/[a-z2-7]{13}", fullmatch=True),
)
TAGS = st.lists(
    st.from_regex(r"\w{1,12}", fullmatch=True).filter(lambda tag: tag not in ("nan", "null", "NA")),
    max_size=4,
)
LINKS = st.lists(
    st.from_regex(r"https://[a-z]{1,8}\.org/[a-z0-9/?=&%.-]{0,12}[a-z0-9]", fullmatch=True), max_size=3
)
POSTS = st.lists(
    st.fixed_dictionaries(
        {
            "account_id": IDS,
            "created_at": st.integers(631_152_000, 4_133_980_799),
            "text": WORDS,
            "retweeted_id": st.none() | IDS,
            "hashtags": TAGS,
            "urls": LINKS,
            "likes": st.none() | st.integers(0, 2**40),
        }
    ),
    min_size=1,
    max_size=12,
)
PATIENT = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def numbered(posts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"post_id": f"p{number}", **post} for number, post in enumerate(posts)]


def check(path: Path, posts: list[dict[str, Any]]) -> None:
    got = read_paths(path)
    assert got.rejects == []
    assert got.column("post_id") == [post["post_id"] for post in posts]
    assert got.column("account_id") == [post["account_id"] for post in posts]
    assert got.column("time_us") == [post["created_at"] * 1_000_000 for post in posts]
    assert [text or "" for text in got.column("text")] == [post["text"] for post in posts]
    assert got.column("reposted_post_id") == [post["retweeted_id"] for post in posts]
    assert got.column("is_repost") == [post["retweeted_id"] is not None for post in posts]
    assert got.column("hashtags") == [post["hashtags"] for post in posts]
    assert got.column("urls") == [post["urls"] for post in posts]
    assert got.column("likes") == [post["likes"] for post in posts]


@PATIENT
@given(POSTS)
def test_csv(posts: list[dict[str, Any]]) -> None:
    rows = numbered(posts)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for row in rows:
        writer.writerow(row | {name: json.dumps(row[name]) for name in ("hashtags", "urls")})
    with TemporaryDirectory() as folder:
        path = Path(folder) / "posts.csv"
        path.write_text(out.getvalue(), encoding="utf-8", newline="")
        check(path, rows)


@PATIENT
@given(POSTS, st.booleans())
def test_json(posts: list[dict[str, Any]], as_list: bool) -> None:
    rows = numbered(posts)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "posts.json"
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_text(json.dumps(rows) if as_list else lines, encoding="utf-8", newline="")
        check(path, rows)


@PATIENT
@given(POSTS)
def test_parquet(posts: list[dict[str, Any]]) -> None:
    rows = numbered(posts)
    kinds = {"hashtags": pa.list_(pa.string()), "urls": pa.list_(pa.string()), "likes": pa.int64()}
    schema = pa.schema(
        [(name, pa.int64() if name == "created_at" else kinds.get(name, pa.string())) for name in rows[0]]
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "posts.parquet"
        pq.write_table(pa.Table.from_pylist(rows, schema), path)
        check(path, rows)


PLAIN = (
    b"post_id,account_id,created_at,text,hashtags\n"
    b'1,a,2020-01-01 10:00:00,"one, ""two""\nthree","[x, y]"\n2,b,1577872800,two,\n'
    b"3,c,2020-01-01T10:00:00Z,\xc3\xa9,z\n"
)
LINES = (
    b'{"id": "1", "user": {"id": 5, "screen_name": "a"}, "created_at": "2020-01-01", "text": "x #y"}\n'
    b'{"id": "2", "user": {"id": 6}, "created_at": 1577872800, "text": "\\u00e9", "hashtags": ["a"]}\n'
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([PLAIN, LINES, b"[" + LINES.replace(b"\n", b",", 1) + b"]"]), st.data())
def test_damaged_files_end_in_an_answer_or_a_message(content: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(content)))
    until = data.draw(st.integers(at, min(len(content), at + 20)))
    damaged = content[:at] + data.draw(st.binary(max_size=6)) + content[until:]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "posts.dat"
        path.write_bytes(damaged)
        try:
            read_paths(path)
        except SynclineError as error:
            assert "posts.dat" in str(error)
