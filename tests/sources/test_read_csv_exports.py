"""CSV exports of other tools: golden rows of small files, written by hand in the exact shape of the real thing.

A golden file holds what the fixture of the same name gives: for each row the columns that are not empty.
"""

import json
from pathlib import Path

import pytest
from read_files import FIXTURES, as_golden, read_paths

NAMES = sorted(path.stem for path in FIXTURES.glob("*.csv"))


@pytest.mark.parametrize("name", NAMES)
def test_fixture_gives_the_golden_rows(name: str) -> None:
    golden = json.loads((FIXTURES / f"{name}.golden.json").read_text(encoding="utf-8"))
    assert as_golden(read_paths(FIXTURES / f"{name}.csv")) == golden


@pytest.mark.parametrize("name", NAMES)
def test_fixture_is_recognised_as_its_format(name: str) -> None:
    (file,) = read_paths(FIXTURES / f"{name}.csv").result.inputs
    assert file["format"] == name


def test_early_versions_of_twarc_1_name_reposts_alone(tmp_path: Path) -> None:
    rows = [
        "id,created_at,text,tweet_url,user_screen_name,user_time_zone,reweet_id,retweet_screen_name,urls",
        "11,Mon Aug 03 10:05:07 +0000 2015,river,https://x.com/ann/status/11,ann,London,,,https://a.org",
        "12,Mon Aug 03 10:06:07 +0000 2015,RT @ann: river,https://x.com/bob/status/12,bob,,11,ann,",
    ]
    path = tmp_path / "tweets.csv"
    path.write_text("\n".join(rows) + "\n")
    got = read_paths(path)
    assert got.result.inputs[0]["format"] == "twarc1-csv"
    assert got.column("account_id") == ["ann", "bob"]
    assert got.column("is_repost") == [False, True]
    assert got.column("reposted_post_id") == [None, "11"]
    assert got.column("reposted_account_id") == [None, "ann"]


def test_a_crowdtangle_table_may_lack_its_links(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    path.write_text(
        "Facebook Id,Post Created,URL,Message\n1,2020-02-14 10:00:00 EST,https://e.org/1,see https://a.org\n"
    )
    got = read_paths(path)
    assert got.result.inputs[0]["format"] == "crowdtangle-facebook"
    assert got.column("urls") == [["https://a.org"]]
