"""A small log that anybody may read: a crowd with its favourites, and a ring of eight that acts in lockstep."""

import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

START_S = 1_577_836_800  # 2020-01-01 00:00 UTC
DAY_S = 86_400
COLUMNS = ("post_id", "account_id", "created_at", "text", "retweeted_id")
RING = frozenset(f"ring{number}" for number in range(8))

Post = dict[str, Any]


def posts() -> list[Post]:
    """840 posts by 128 accounts in 20 days; the ring reposts one post of its own on each of 15 days."""
    rng = random.Random(3)
    rows = []
    for account in range(120):
        for _ in range(6):
            favourite = int(rng.paretovariate(0.7)) % 400
            rows.append(_repost(f"a{account}", START_S + rng.randrange(20 * DAY_S), f"o{favourite}"))
    for day in range(15):
        moment = START_S + day * DAY_S + rng.randrange(80_000)
        rows += [_repost(account, moment + rng.randrange(20), f"own{day}") for account in sorted(RING)]
    return [{"post_id": f"p{number}"} | row for number, row in enumerate(rows)]


def _repost(account: str, second: int, reposted: str) -> Post:
    return {"account_id": account, "created_at": second, "text": "said again", "retweeted_id": reposted}


def write_csv(path: Path, rows: Sequence[Post]) -> Path:
    """Write `rows` as CSV with the columns of `COLUMNS`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_lines(path: Path, rows: Sequence[Post]) -> Path:
    """Write `rows` as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
