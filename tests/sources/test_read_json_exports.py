"""JSON and NDJSON of APIs and tools: golden rows of small files, written by hand in the exact shape of the real thing.

A golden file holds what the fixture of the same name gives: for each row the columns that are not empty.
"""

import json
from pathlib import Path

import pytest
from read_files import FIXTURES, as_golden, read_paths

from syncline.errors import SynclineError

# Files that are recognised and of no use, with what is said of them.
REFUSED = {
    "tiktok-research-comments.json": "comments without their authors",
    "youtube-comment-downloader.jsonl": "dated by words such as '2 weeks ago'",
    "zeeschuimer-other.ndjson": "Import the file into 4CAT",
    "yt-dlp.json": "dated by words such as '2 weeks ago'",
}
FILES = sorted(
    path
    for ending in ("json", "jsonl", "ndjson")
    for path in FIXTURES.glob(f"*.{ending}")
    if not path.stem.endswith(".golden") and path.name not in REFUSED
)
# Another file of a format that has one already.
VARIANTS = {"telegram-desktop-export": "telegram-desktop"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_fixture_gives_the_golden_rows(path: Path) -> None:
    golden = json.loads((FIXTURES / f"{path.stem}.golden.json").read_text(encoding="utf-8"))
    assert as_golden(read_paths(path)) == golden


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_fixture_is_recognised_as_its_format(path: Path) -> None:
    (file,) = read_paths(path).result.inputs
    assert file["format"] == VARIANTS.get(path.stem, path.stem)


@pytest.mark.parametrize("name", REFUSED)
def test_files_of_no_use_are_refused_with_the_reason(name: str) -> None:
    with pytest.raises(SynclineError, match=REFUSED[name]):
        read_paths(FIXTURES / name)
