"""Small files of one shape are understood by one statement: what comes of them is what each gives by itself."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from read_files import Read, read_paths

from syncline.errors import SynclineError
from syncline.sources import load, together

HEADER = "id,username,created_at,text,retweeted_id"


def lines(file: int) -> list[str]:
    return [
        f"{file}{row},u{row % 3},2020-01-0{1 + row} 10:00:{file % 60:02d},words #tag{row} of {file},{'7' * (row % 2)}"
        for row in range(5)
    ]


def records(file: int) -> list[str]:
    return [json.dumps(dict(zip(HEADER.split(","), line.split(","), strict=True))) for line in lines(file)]


def csv_files(folder: Path) -> list[Path]:
    """Ten files, of which some are odd: blank lines, broken rows, other line ends, encodings, packing, repeats."""
    texts = ["\n".join([HEADER, *lines(file)]) + "\n" for file in range(10)]
    texts[2] = texts[2].replace("\n20", "\n\n\n20")
    texts[4] = texts[4].replace("words #tag1", 'words "#tag1').replace("words #tag2", "words,, #tag2")
    texts[5] = texts[5].replace("\n", "\r\n")
    texts[8] = texts[0]
    texts[9] = texts[9].replace("2020-01-01", "never")
    files = [folder / f"{number}.csv" for number in range(10)]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(text.encode())
    files[6].write_bytes(texts[6].replace("words", "wörds").encode("cp1252"))
    files[7] = folder / "7.csv.gz"
    files[7].write_bytes(gzip.compress(texts[7].encode()))
    return files


def json_files(folder: Path) -> list[Path]:
    """Eight files, of which some are odd: blank lines, a broken line, one list in place of lines."""
    texts = ["\n".join(records(file)) + "\n" for file in range(8)]
    texts[2] = texts[2].replace("\n", "\n\n", 1)
    texts[4] = texts[4].replace('"}\n', '"\n', 1)
    texts[6] = texts[6] + '{"id": "x"'
    files = [folder / f"{number}.jsonl" for number in range(8)]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text)
    listed = folder / "list.json"
    listed.write_text(f"[{', '.join(records(9))}]")
    return [*files[:3], listed, *files[3:]]


def without_groups(monkeypatch: pytest.MonkeyPatch, paths: list[Path]) -> Read:
    with monkeypatch.context() as patch:
        patch.setattr(together, "_SMALL_BYTES", -1)
        return read_paths(*paths)


@pytest.mark.parametrize("write", [csv_files, json_files], ids=["CSV", "JSON"])
def test_together_is_as_one_by_one(
    write: Callable[[Path], list[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write(tmp_path)
    one_by_one, at_once = without_groups(monkeypatch, paths), read_paths(*paths)
    assert at_once.posts == one_by_one.posts
    assert at_once.accounts == one_by_one.accounts
    assert at_once.rejects == one_by_one.rejects
    assert at_once.result == one_by_one.result
    assert {row["reason"] for row in at_once.rejects} >= {"broken_row"}


def test_more_files_than_the_numbers_of_them_are_listed_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [tmp_path / f"{number:03d}.csv" for number in range(load._FEW_FILES + 50)]
    for number, path in enumerate(paths):
        path.write_text("\n".join([HEADER, *lines(number)]) + "\n")
    one_by_one, at_once = without_groups(monkeypatch, paths), read_paths(*paths)
    assert at_once.posts == one_by_one.posts
    assert len(at_once.posts) == 5 * len(paths)


def test_a_group_takes_one_statement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[str] = []
    understands = together.insert_posts

    def counted(*of: Any) -> str:
        taken.append("understood")
        return understands(*of)

    monkeypatch.setattr(load, "insert_posts", counted)
    paths = csv_files(tmp_path)
    read_paths(*paths)
    # By itself is read what is broken, or not in UTF-8.
    assert len(taken) < len(paths) / 2


def test_what_is_wrong_with_one_of_them_is_told(tmp_path: Path) -> None:
    paths = csv_files(tmp_path)[:4]
    paths[3].write_text("\n".join([HEADER, *lines(3)]).replace("2020-01-0", "never"))
    with pytest.raises(SynclineError, match=r"3\.csv, row 1: none of its 5 rows can be used"):
        read_paths(*paths)
    paths[3].write_text("\n".join([HEADER, *lines(3)]).replace("\n30,", "\n1.6E+18,"))
    with pytest.raises(SynclineError, match=r"3\.csv, row 1: post_id is '1\.6E\+18'"):
        read_paths(*paths)
    cut = [f"16000000000{row}000000,{line.split(',', 1)[1]}" for row, line in enumerate(lines(3), start=10)]
    paths[3].write_text("\n".join([HEADER, *cut, *(line.replace("160", "161") for line in cut)]))
    with pytest.raises(SynclineError, match=r"3\.csv, row 1: post_id is '16000000000\d+000000'"):
        read_paths(*paths)
