"""Confirmation through a whole scan: what the case says of a network's even and odd days."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from whole_scan import Scan

import small_log


@pytest.mark.parametrize(
    ("days", "confirmed"),
    [
        (range(16), "confirmed"),
        (range(0, 16, 2), "not confirmed"),
        (range(1, 16, 2), "not confirmed"),
        ([4], "too little data"),
    ],
)
def test_a_ring_is_confirmed_where_it_acts_on_even_and_odd_days(
    scan: Scan, tmp_path: Path, days: Sequence[int], confirmed: str
) -> None:
    """Eight accounts repost fifteen posts of their own, on these days alone."""
    rows = [post for post in small_log.posts() if post["account_id"] not in small_log.RING]
    for number in range(15):
        second = small_log.START_S + days[number % len(days)] * small_log.DAY_S + 5_000 * number
        rows += [
            {"post_id": f"r{number}.{place}", "account_id": account, "created_at": second + 2 * place,
             "text": "said again", "retweeted_id": f"own{number}"}
            for place, account in enumerate(sorted(small_log.RING))
        ]  # fmt: skip
    ended = scan(small_log.write_csv(tmp_path / "log.csv", rows), "log.csv")
    assert ended.case.sql("SELECT named, confirmed FROM networks").fetchall() == [(8, confirmed)]
