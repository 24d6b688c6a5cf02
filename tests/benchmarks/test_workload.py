"""The speed workload: its law, its planted group, its files."""

from pathlib import Path

import numpy as np
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import pytest

from syncline.benchmarks import kernel, workload
from syncline.errors import UsageError

POSTS = 60_000


def everything(posts: int = POSTS, **options: int) -> workload.Shares:
    parts = list(workload.pieces(posts, **options))
    return workload.Shares(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def test_the_ring_shares_each_of_its_objects_once_within_a_minute() -> None:
    shares = everything()
    ring = shares.kind == workload.RING
    pairs = np.stack([shares.object[ring], shares.account[ring]])
    assert len(np.unique(pairs, axis=1).T) == ring.sum() == 100 * 200
    for object_ in range(200):
        times = shares.time_s[ring & (shares.object == object_)]
        assert times.max() - times.min() < 60
    found = kernel.count_pairs(shares.object[ring], shares.account[ring], shares.time_s[ring], 60)
    assert len(found.objects) == 4950
    assert (found.objects == 200).all()


def test_background_follows_its_law() -> None:
    shares = everything()
    background = shares.kind == workload.BACKGROUND
    rows = int(background.sum())
    assert rows == POSTS - 20_000
    for codes, of in ((shares.object, POSTS // 10), (shares.account, POSTS // 20)):
        weight = 1 / (np.arange(1, of + 1) + 20)
        expected = rows * weight / weight.sum()
        counts = np.sort(np.bincount(codes[background], minlength=of))[::-1]
        # The largest hundred together; sorting by count favours them slightly.
        top = expected[:100].sum()
        assert abs(counts[:100].sum() - top) < 5 * np.sqrt(top) + 0.02 * top


def test_objects_are_born_uniformly_in_thirty_days() -> None:
    born = workload._Background(np.random.default_rng(5), objects=20_000, accounts=10)._birth - workload.START
    assert born.min() >= 0 and born.max() < 30 * 86_400
    assert np.quantile(born, [0.25, 0.5, 0.75]) / (30 * 86_400) == pytest.approx([0.25, 0.5, 0.75], abs=0.02)


def test_delays_are_lognormal_with_a_median_of_three_hours() -> None:
    draw = workload._Background(np.random.default_rng(5), objects=1, accounts=10)
    delays = draw(20_000).time_s - draw._birth[0]
    assert np.median(delays) == pytest.approx(3 * 3600, rel=0.05)
    assert np.std(np.log(np.maximum(delays, 1))) == pytest.approx(1.2, rel=0.03)


def test_special_rows_are_spread_over_all_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workload, "PIECE", 10_000)
    parts = list(workload.pieces(POSTS, hot=600))
    assert [len(part.kind) for part in parts] == [10_000] * 6
    for part in parts:
        assert (part.kind == workload.RING).sum() == pytest.approx(20_000 / 6, rel=0.1)
        assert (part.kind == workload.HOT).sum() == pytest.approx(100, abs=50)
    assert sum((part.kind == workload.HOT).sum() for part in parts) == 600


def test_the_hot_object_is_shared_by_that_many_accounts_within_a_minute() -> None:
    shares = everything(hot=5000)
    hot = shares.kind == workload.HOT
    assert len(np.unique(shares.account[hot])) == hot.sum() == 5000
    assert shares.time_s[hot].max() - shares.time_s[hot].min() < 60


def test_files_hold_the_same_rows_for_the_same_seed(tmp_path: Path) -> None:
    one = pq.read_table(workload.write(tmp_path / "a.parquet", 21_000, hot=50))
    same = pq.read_table(workload.write(tmp_path / "b.parquet", 21_000, hot=50))
    other = pq.read_table(workload.write(tmp_path / "c.parquet", 21_000, hot=50, seed=2))
    assert one.equals(same)
    assert not one.equals(other)
    frame = one.to_pandas()
    assert frame["post_id"].is_unique
    assert {name[:2] for name in frame["object_id"]} >= {"po", "ho"}
    assert (frame["object_id"] == "hot").sum() == 50
    # One text for one object, and another for another.
    assert (frame.groupby("object_id")["text"].nunique() == 1).all()
    assert frame["text"].nunique() == frame["object_id"].nunique()


def test_the_toolkits_file_has_its_columns(tmp_path: Path) -> None:
    path = workload.write(tmp_path / "a.parquet", 20_100)
    written = pcsv.read_csv(workload.write_toolkit_csv(path, tmp_path / "a.csv")).to_pandas()
    assert list(written) == [
        *("message_id", "user_id", "username", "repost_id", "reply_id", "message", "timestamp", "urls")
    ]
    rows = pq.read_table(path).to_pandas()
    assert written["repost_id"].tolist() == rows["object_id"].tolist()
    assert written["timestamp"].tolist() == rows["timestamp_share"].tolist()


def test_too_few_posts_are_refused_and_leave_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no room for 20,000 planted ones"):
        workload.write(tmp_path / "a.parquet", 100)
    assert not list(tmp_path.iterdir())
