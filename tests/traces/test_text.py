"""The objects of the behaviour `text`: versions of one text on one day, and nothing else."""

from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from syncline import schema, traces
from syncline.engines.duckdb import DuckDBEngine
from syncline.traces import NORMALISER, build_traces
from syncline.traces.near_duplicates import CLUSTERING
from syncline.traces.normalise import LETTERS

HOUR_US = 3_600_000_000
PERSIAN = "این یک متن کوتاه دربارهٔ کتاب‌های قدیمی کتابخانهٔ شهر ماست و شمارهٔ آن ۱۲۳ است"
ARABIC_KEYBOARD = "اين يك متن كوتاه درباره كتابهاي قديمي كتابخانه شهر ماست و شماره آن ٤٥٦ است"
OTHER = "باران دیشب تا صبح روی باغ‌های شمال بارید و رودخانه را پر از آب کرد"
PLEA = "Dear {}, sign petition no. {} today, we need ten thousand names by Friday {}"


def texts(*posts: tuple[str, str, int]) -> list[tuple[str, list[str]]]:
    """The text objects of posts (account, text, hours): key, and the accounts that acted on it."""
    rows: list[dict[str, Any]] = [
        {"platform": "x", "post_id": f"p{n}", "account_id": who, "text": text, "time_us": hours * HOUR_US}
        for n, (who, text, hours) in enumerate(posts)
    ]
    with duckdb.connect() as connection:
        connection.register("incoming", pa.Table.from_pylist(rows, schema=schema.POSTS))
        connection.execute("CREATE TABLE posts AS SELECT * FROM incoming").fetchall()
        engine = DuckDBEngine(connection)
        build_traces(engine, ("text",))
        return connection.execute(
            "SELECT o.key, list(a.account_id ORDER BY a.account_id) FROM traces_coded AS t"
            " JOIN objects AS o ON o.object = t.object JOIN accounts_coded AS a ON a.account = t.account"
            " GROUP BY o.object, o.key, o.day ORDER BY o.key, o.day"
        ).fetchall()


def together(*posts: tuple[str, str, int]) -> list[list[str]]:
    return [accounts for _, accounts in texts(*posts)]


def test_arabic_and_persian_spellings_of_one_sentence_are_one_object() -> None:
    assert together(("a", PERSIAN, 1), ("b", ARABIC_KEYBOARD, 2)) == [["a", "b"]]


def test_different_sentences_are_different_objects() -> None:
    assert sorted(together(("a", PERSIAN, 1), ("b", OTHER, 2))) == [["a"], ["b"]]


def test_another_day_is_another_object() -> None:
    assert together(("a", PERSIAN, 1), ("b", ARABIC_KEYBOARD, 30)) == [["a"], ["b"]]


def test_slots_for_names_numbers_and_links_may_differ() -> None:
    filled = [
        PLEA.format(*slots)
        for slots in (
            ("Anna", 1284, "https://one.example"),
            ("@bert", 97, "www.two.example"),
            ("Carla", 5, ""),
        )
    ]
    assert together(*((str(n), text, n) for n, text in enumerate(filled))) == [["0", "1", "2"]]


def test_the_most_frequent_version_is_the_key_whatever_the_order_of_rows() -> None:
    plain = "they asked the council to open the old bridge again before the winter"
    posts = [("a", plain + " please", 1), ("b", plain, 2), ("c", plain, 3), ("d", plain.upper() + "!!", 4)]
    for seed in range(3):
        mixed = [posts[n] for n in np.random.default_rng(seed).permutation(4)]
        assert texts(*mixed) == [(plain, ["a", "b", "c", "d"])]


def test_texts_of_less_than_five_words_and_none_are_no_objects() -> None:
    assert texts(("a", "good morning to you", 1), ("b", "", 1), ("c", "https://one.example/a", 1)) == []
    assert texts() == []


@pytest.mark.parametrize("part", [LETTERS, CLUSTERING])
def test_the_case_names_what_decides_which_texts_are_one(part: str) -> None:
    assert part in NORMALISER


def test_long_texts_are_read_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that they take no more memory than short ones, and with the same result."""
    posts = [(f"u{n}", f"{PLEA.format('Anna', n % 3, 'x')} {'again and ' * (n % 5)}", n) for n in range(40)]
    whole = texts(*posts)
    sizes: list[int] = []
    stream = DuckDBEngine.stream

    def noted(engine: DuckDBEngine, query: str, rows: int) -> Iterator[pa.RecordBatch]:
        sizes.append(rows)
        return stream(engine, query, rows)

    monkeypatch.setattr(DuckDBEngine, "stream", noted)
    monkeypatch.setattr(traces, "_BATCH_BYTES", 1_000)
    assert texts(*posts) == whole
    assert 1 < max(sizes[:2]) < 20
