"""Near-duplicate texts of a real log in Persian, English and other languages. It is never part of the repository."""

import os
from collections import Counter, defaultdict
from pathlib import Path

import duckdb
import pytest

from syncline import sources
from syncline.traces.near_duplicates import cluster_keys
from syncline.traces.normalise import normalise_text

FOLDER = Path(os.environ.get("SYNCLINE_DATA", Path(__file__).parents[3] / "shared" / "data"))
_FEWEST_WORDS = 5


def test_the_largest_clusters_are_versions_of_one_text() -> None:
    """As read by eye once; since then, of each version's words three quarters are the most frequent version's."""
    path = FOLDER / "persian_2024.parquet"
    if not path.exists():
        pytest.skip(f"{path} is not there; set SYNCLINE_DATA")
    with duckdb.connect() as connection:
        sources.read(connection, [path])
        query = "SELECT text FROM posts WHERE text <> '' AND NOT is_repost ORDER BY post_id"
        said = [normalise_text(text) for (text,) in connection.execute(query).fetchall()]
    texts = [text for text in said if text.count(" ") >= _FEWEST_WORDS - 1]
    clusters: dict[str, Counter[str]] = defaultdict(Counter)
    for key, text in zip(cluster_keys(texts), texts, strict=True):
        clusters[key][text] += 1
    varied = {key: versions for key, versions in clusters.items() if len(versions) > 1}
    largest = sorted(varied, key=lambda key: (-varied[key].total(), key))[:20]
    assert len(largest) == 20
    shares = [shared(key, text) for key in largest for text in varied[key]]
    assert min(shares) >= 0.75
    # And there are some in Persian among them.
    assert any("\u0600" <= letter <= "\u06ff" for key in largest for letter in key)


def shared(text: str, other: str) -> float:
    """The words that both have, of those of the shorter."""
    words, others = set(text.split()), set(other.split())
    return len(words & others) / min(len(words), len(others))
