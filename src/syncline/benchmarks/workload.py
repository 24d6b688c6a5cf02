"""The speed workload: a seeded log of shares, written in pieces, from 10^5 to 10^8 posts.

Background: object popularity and account activity are both Zipf-Mandelbrot, p(r) ~ 1/(r + 20), over n/10
objects and n/20 accounts; every object is born uniformly in 30 days and its shares follow after a lognormal
delay (median 3 h, sigma 1.2). Planted: 100 accounts that each share 200 objects of their own, once, in a
uniform whole second of the object's minute: 4,950 pairs with 200 objects in common. Optional: one object
"hot", shared by K accounts within one minute, which costs every exact method K^2 pairs. The planted group is
trivial to find; the workload measures speed and proves nothing about quality.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

from syncline.benchmarks.planted import RING_ACCOUNTS, RING_OBJECTS, check_room
from syncline.errors import UsageError

Integers = npt.NDArray[np.int64]

SEED = 20240501
START, SPAN = 1_700_000_000, 30 * 86_400
ZIPF_SHIFT = 20.0
MEDIAN_DELAY, DELAY_SIGMA = 3 * 3600, 1.2
PIECE = 1_000_000
WORDS = (
    *("river", "glass", "north", "paper", "signal", "market", "stone", "orange"),
    *("copper", "winter", "bridge", "garden", "silver", "engine", "forest", "letter"),
)

# What a row belongs to, and the letters before its object and its account.
BACKGROUND, RING, HOT = 0, 1, 2
_OBJECT_PREFIX, _ACCOUNT_PREFIX = pa.array(["o", "po", "hot"]), pa.array(["u", "c", "u"])

SCHEMA = pa.schema(
    [
        ("object_id", pa.string()),
        ("account_id", pa.string()),
        ("post_id", pa.string()),
        ("timestamp_share", pa.int64()),
        ("text", pa.string()),
    ]
)


class Shares(NamedTuple):
    """Rows before their ids are spelled out; objects and accounts are numbered within their kind."""

    kind: npt.NDArray[np.int8]
    object: Integers
    account: Integers
    time_s: Integers


def pieces(posts: int, hot: int = 0, seed: int = SEED) -> Iterator[Shares]:
    """The workload's rows in random order, a million at a time, times in whole UTC seconds.

    Raises UsageError if `posts` does not hold the planted rows and the hot object.
    """
    check_room(posts, hot)
    rng = np.random.default_rng(seed)
    draw = _Background(rng, max(posts // 10, 10), max(posts // 20, 10))
    special = _shuffled(_joined(_ring(rng), _hot(rng, max(posts // 20, 10), hot)), rng)
    done = 0
    while posts:
        rows = min(PIECE, posts)
        # A random order of all rows gives each piece a hypergeometric share of the special ones.
        here = int(rng.hypergeometric(len(special.kind) - done, posts - len(special.kind) + done, rows))
        planted = _rows(special, slice(done, done + here))
        yield _shuffled(_joined(draw(rows - here), planted), rng)
        done += here
        posts -= rows


class _Background:
    """Draws background rows; what all pieces have in common is drawn once."""

    def __init__(self, rng: np.random.Generator, objects: int, accounts: int) -> None:
        self._rng = rng
        self._object_share = _zipf_mandelbrot(objects)
        self._account_share = _zipf_mandelbrot(accounts)
        self._account_at_rank = rng.permutation(accounts)
        self._birth = rng.integers(START, START + SPAN, objects)

    def __call__(self, rows: int) -> Shares:
        object_ = np.searchsorted(self._object_share, self._rng.random(rows))
        rank = np.searchsorted(self._account_share, self._rng.random(rows))
        delay = self._rng.lognormal(np.log(MEDIAN_DELAY), DELAY_SIGMA, rows).astype(np.int64)
        kind = np.full(rows, BACKGROUND, np.int8)
        return Shares(kind, object_, self._account_at_rank[rank], self._birth[object_] + delay)


def _zipf_mandelbrot(ranks: int) -> npt.NDArray[np.float64]:
    """Cumulative shares of ranks 1, 2, ...: p(r) ~ 1 / (r + 20)."""
    cumulative = np.cumsum(1.0 / (np.arange(1, ranks + 1) + ZIPF_SHIFT))
    cumulative /= cumulative[-1]
    return cumulative


def _ring(rng: np.random.Generator) -> Shares:
    rows = RING_ACCOUNTS * RING_OBJECTS
    object_ = np.repeat(np.arange(RING_OBJECTS), RING_ACCOUNTS)
    account = np.tile(np.arange(RING_ACCOUNTS), RING_OBJECTS)
    begins = rng.integers(START, START + SPAN, RING_OBJECTS)
    return Shares(np.full(rows, RING, np.int8), object_, account, begins[object_] + rng.integers(0, 60, rows))


def _hot(rng: np.random.Generator, accounts: int, rows: int) -> Shares:
    account = rng.permutation(max(accounts, rows))[:rows]
    times = START + rng.integers(0, 60, rows)
    return Shares(np.full(rows, HOT, np.int8), np.zeros(rows, np.int64), account, times)


def _rows(shares: Shares, rows: Integers | slice) -> Shares:
    return Shares(shares.kind[rows], shares.object[rows], shares.account[rows], shares.time_s[rows])


def _joined(one: Shares, other: Shares) -> Shares:
    return Shares(
        np.concatenate([one.kind, other.kind]),
        np.concatenate([one.object, other.object]),
        np.concatenate([one.account, other.account]),
        np.concatenate([one.time_s, other.time_s]),
    )


def _shuffled(shares: Shares, rng: np.random.Generator) -> Shares:
    return _rows(shares, rng.permutation(len(shares.kind)))


def spelled(shares: Shares, first_post: int) -> pa.Table:
    """The rows as SCHEMA: ids as text; the text is the same for one object and differs between objects."""
    kind = pa.array(shares.kind)
    number = pc.if_else(pc.equal(kind, HOT), "", pc.cast(pa.array(shares.object), pa.string()))
    object_id = pc.binary_join_element_wise(_OBJECT_PREFIX.take(kind), number, "")
    account_id = pc.binary_join_element_wise(
        _ACCOUNT_PREFIX.take(kind), pc.cast(pa.array(shares.account), pa.string()), ""
    )
    post_number = pa.array(np.arange(first_post, first_post + len(kind)))
    post_id = pc.binary_join_element_wise("p", pc.cast(post_number, pa.string()), "")
    return pa.table(
        [object_id, account_id, post_id, pa.array(shares.time_s), _text(shares, object_id)], schema=SCHEMA
    )


def _text(shares: Shares, object_id: pa.Array) -> pa.Array:
    """Six words drawn from the object's number, its hashtag and its URL."""
    hashed = _scrambled(shares.object * 3 + shares.kind)
    words = pa.array(WORDS)
    drawn = [words.take(pa.array((hashed >> np.uint64(4 * place)) & np.uint64(15))) for place in range(6)]
    hashtag = pc.binary_join_element_wise("#", object_id, "")
    url = pc.binary_join_element_wise("https://example.com/", object_id, "")
    return pc.binary_join_element_wise(*drawn, hashtag, url, " ")


def _scrambled(numbers: Integers) -> npt.NDArray[np.uint64]:
    """A fixed 64-bit mix (the finaliser of SplitMix64, Steele et al. 2014)."""
    mixed = numbers.astype(np.uint64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def write(path: Path, posts: int, hot: int = 0, seed: int = SEED) -> Path:
    """Write the workload as a Parquet file with the columns of SCHEMA; memory grows with objects, not posts.

    Raises UsageError if `posts` does not hold the planted rows and the hot object.
    """
    check_room(posts, hot)
    path.parent.mkdir(parents=True, exist_ok=True)
    first_post = 0
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        for piece in pieces(posts, hot, seed):
            writer.write_table(spelled(piece, first_post))
            first_post += len(piece.kind)
    return path


def write_toolkit_csv(workload: Path, path: Path) -> Path:
    """The same rows as Coordination Network Toolkit reads them, the object as the reposted post."""
    with pq.ParquetFile(workload) as rows, pcsv.CSVWriter(path, _TOOLKIT_SCHEMA) as writer:
        for batch in rows.iter_batches():
            blank = pa.repeat("", len(batch))
            account = batch["account_id"]
            columns = [batch["post_id"], account, account, batch["object_id"], blank]
            columns += [batch["text"], batch["timestamp_share"], blank]
            writer.write_table(pa.table(columns, schema=_TOOLKIT_SCHEMA))
    return path


_TOOLKIT_SCHEMA = pa.schema(
    [
        (name, pa.int64() if name == "timestamp" else pa.string())
        for name in (
            "message_id",
            "user_id",
            "username",
            "repost_id",
            "reply_id",
            "message",
            "timestamp",
            "urls",
        )
    ]
)


def main() -> None:
    """`python -m syncline.benchmarks.workload 1000000 [--hot K] [--seed S] [--out DIR] [--toolkit-csv]`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("posts", type=int)
    parser.add_argument("--hot", type=int, default=0, help="accounts that share one object within a minute")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=Path("workload"))
    parser.add_argument("--toolkit-csv", action="store_true", help="also write that tool's input")
    asked = parser.parse_args()
    name = f"{asked.posts}_hot{asked.hot}" if asked.hot else f"{asked.posts}"
    try:
        path = write(asked.out / f"{name}.parquet", asked.posts, asked.hot, asked.seed)
    except UsageError as error:
        parser.error(str(error))
    if asked.toolkit_csv:
        write_toolkit_csv(path, path.with_name(f"{name}_toolkit.csv"))


if __name__ == "__main__":
    main()
