"""What a behaviour is seen in is found in texts where that behaviour alone is asked for, and nothing is missed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from syncline.engines.duckdb import DuckDBEngine
from syncline.schema import BEHAVIOURS
from syncline.sources import read
from syncline.traces import build_traces

LOG = """id,user_id,created_at,text,in_reply_to_status_id,retweeted_id,media_hashes
1,a,2024-03-04T10:00:00Z,five words stand in here #one #Two https://example.com/a @x,,,
2,b,2024-03-04T10:00:05Z,five words stand in here #one #two http://example.com/a @x,,,f00f
3,c,2024-03-04T10:01:00Z,RT @a: five words stand in here #one,,,
4,d,2024-03-04T10:02:00Z,RT @a: five words stand in here #one,,1,
5,e,2024-03-04T10:03:00Z,@b no (see https://example.com/b),2,,f00f
"""
SEEN = {
    "repost": set(),
    "url": {"urls"},
    "hashtag": {"hashtags"},
    "hashtag_sequence": {"hashtags"},
    "text": set(),
    "reply": set(),
    "mention": {"mentions"},
    "media": set(),
}


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_behaviour_alone_leaves_the_traces_that_it_leaves_among_all(behaviour: str, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    alone, found = traces(file, [behaviour], behaviour)
    among_all, all_found = traces(file, BEHAVIOURS, behaviour)
    assert alone == among_all
    assert alone, "the log has no trace of it"
    assert found == SEEN[behaviour]
    assert all_found == {"urls", "hashtags", "mentions"}


def traces(file: Path, asked: Sequence[str], behaviour: str) -> tuple[list[Any], set[str]]:
    """The account and object of each trace of `behaviour`, and which columns hold what was found in texts."""
    with duckdb.connect() as connection:
        read(connection, [file], behaviours=asked)
        build_traces(DuckDBEngine(connection), asked)
        seen = connection.execute(
            "SELECT a.account_id, o.key, o.day, t.time_us FROM traces_coded AS t JOIN objects AS o USING (object)"
            " JOIN accounts_coded AS a USING (account) WHERE o.behaviour = ? ORDER BY ALL",
            [BEHAVIOURS.index(behaviour)],
        ).fetchall()
        filled = connection.execute(
            "SELECT count(urls), count(hashtags), count(mentions) FROM posts"
        ).fetchall()[0]
        names = ("urls", "hashtags", "mentions")
        return seen, {name for name, rows in zip(names, filled, strict=True) if rows}
