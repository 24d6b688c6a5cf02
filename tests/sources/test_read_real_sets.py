"""Real data sets open without a mapping file. They are never part of the repository."""

import os
from pathlib import Path

import duckdb
import pytest

from syncline import sources

FOLDER = Path(os.environ.get("SYNCLINE_DATA", Path(__file__).parents[3] / "shared" / "data"))
SETS = [
    # name, rows, posts, accounts, resolution, a behaviour that can be seen and one that cannot
    ("ira_2016", 334_378, 334_378, 753, 60_000_000, "text", "reply"),
    ("conferences_a", 12_796, 12_762, 2_924, 1_000_000, "reply", "media"),
    ("cascades_a", 417_332, 417_332, 349_678, 1_000, "repost", "text"),
    ("russian_coord_tweets", 35_125, 35_124, 9_509, 1_000_000, "repost", "hashtag"),
    ("german_elections", 218_971, 194_326, 58_317, 1_000_000, "media", "repost"),
    ("persian_2024", 6_546, 6_546, 4_492, 1_000_000, "repost", "media"),
]


@pytest.mark.parametrize(("name", "rows", "posts", "accounts", "resolution", "seen", "blind"), SETS)
def test_sets_with_posts(
    name: str, rows: int, posts: int, accounts: int, resolution: int, seen: str, blind: str
) -> None:
    path = FOLDER / f"{name}.parquet"
    if not path.exists():
        pytest.skip(f"{path} is not there; set SYNCLINE_DATA")
    with duckdb.connect() as connection:
        result = sources.read(connection, [path])
        (file,) = result.inputs
        assert (file["rows"], file["posts"]) == (rows, posts)
        assert file["rows"] == file["posts"] + file["merged"] + file["rejects"]
        assert result.resolution_us == resolution
        assert connection.execute("SELECT count(*) FROM accounts").fetchall() == [(accounts,)]
        assert connection.execute("SELECT count(*) FROM rejects WHERE reason <> 'duplicate'").fetchall() == [
            (0,)
        ]
    hidden = {each["behaviour"] for each in file["blind"]}
    assert blind in hidden
    assert seen not in hidden


@pytest.mark.parametrize(
    ("name", "accounts"), [("accounts_ira", 454), ("accounts_china_2019", 744), ("accounts_genuine", 1_151)]
)
def test_sets_of_accounts(name: str, accounts: int) -> None:
    path = FOLDER / f"{name}.parquet"
    if not path.exists():
        pytest.skip(f"{path} is not there; set SYNCLINE_DATA")
    with duckdb.connect() as connection:
        result = sources.read(connection, [path])
        assert result.inputs[0]["accounts"] == result.inputs[0]["rows"]
        assert (
            connection.execute("SELECT count(*), count(created_us) FROM accounts").fetchall()[0][0]
            == accounts
        )
