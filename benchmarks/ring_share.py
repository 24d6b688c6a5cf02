"""How much of its log may a ring make, in logs of few accounts?

    python benchmarks/ring_share.py [--seeds 3] [--json FILE]

People pass on one another's posts, five times each in 16 days; a ring passes on posts of its own within a minute, each
member four of five of them, and others' now and then. Who makes much of a log is most of what there is to compare it
with. Reported, not required.
"""

import sys
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv
from figure import Figure, parser, say

from syncline.benchmarks.evidence import default_nulls, find, named_accounts
from syncline.engines.duckdb import DuckDBEngine
from syncline.progress import terminal_progress
from syncline.sources import read
from syncline.traces import build_traces, leave_habits_out

ACCOUNTS = (50, 100, 200, 400, 800)
SIZES = (8, 16)
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
_START, _DAY, _DAYS = 1_700_000_000, 86_400, 16
_ACTS, _TASTES = 5, 3


def main() -> int:
    """Draw the logs, and count whom they show."""
    options = parser(__doc__ or "")
    options.add_argument("--seeds", type=int, default=3)
    asked = options.parse_args()
    figures = []
    with terminal_progress() as progress:
        for accounts in ACCOUNTS:
            for size in SIZES:
                with progress.stage(f"a ring of {size} among {accounts}"):
                    figures += shown(accounts, size, asked.seeds)
    return say(f"A ring's share of its log, {asked.seeds} seeds", figures, asked.json)


def shown(accounts: int, size: int, seeds: int) -> list[Figure]:
    """The share of the ring that is named, by its share of all reposts, and how many others are named."""
    found, wrong = [], 0
    for share in SHARES:
        logs = [
            named(np.random.default_rng([seed, accounts, size]), accounts, size, share)
            for seed in range(seeds)
        ]
        found.append(np.mean([ring / size for ring, _ in logs]))
        wrong += sum(others for _, others in logs)
    about = f"{size} among {accounts}"
    return [
        Figure(
            about,
            "named, where it makes " + ", ".join(f"{share:.0%}" for share in SHARES),
            ", ".join(f"{each:.0%}" for each in found),
        ),
        Figure(about, "others named, all logs", wrong),
    ]


def named(rng: np.random.Generator, accounts: int, size: int, share: float) -> tuple[int, int]:
    """How many of the ring, and of the others, are named in one log."""
    people = crowd(rng, accounts)
    posts = max(round(share / (1 - share) * people.num_rows / (size * 0.8)), 2)
    engine = DuckDBEngine(duckdb.connect())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "log.csv"
        pa.csv.write_csv(pa.concat_tables([people, ring(rng, people, size, posts)]), file)
        read(engine.connection, [file])
    build_traces(engine)
    leave_habits_out(engine)
    nulls = default_nulls(1_000_000)
    find(engine, nulls)
    engine.put("named", pa.table({"account": named_accounts(engine, nulls.seed)}))
    query = (
        "SELECT starts_with(a.account_id, 'ring') AS ring FROM named JOIN accounts_coded AS a USING (account)"
    )
    members = engine.fetch(query).column("ring").to_pylist()
    engine.connection.close()
    return sum(members), len(members) - sum(members)


def crowd(rng: np.random.Generator, accounts: int) -> pa.Table:
    """Reposts of what is popular and to one's taste, within hours or days of its birth."""
    acts, posts = _ACTS * accounts, _ACTS * accounts // 4
    activity, pull = rng.lognormal(0, 1, accounts), np.arange(1, posts + 1) ** -0.8
    who = rng.choice(accounts, acts, p=activity / activity.sum())
    taste, kind = rng.integers(0, _TASTES, accounts), rng.integers(0, _TASTES, posts)
    what = np.empty(acts, np.int64)
    for one in range(_TASTES):
        wanted = pull * np.where(kind == one, 1, 0.15)
        theirs = np.flatnonzero(taste[who] == one)
        what[theirs] = rng.choice(posts, len(theirs), p=wanted / wanted.sum())
    born = rng.uniform(0, (_DAYS - 3) * _DAY, posts)
    delay = rng.exponential(rng.choice([60, 600, 10_800, _DAY], acts, p=[0.05, 0.15, 0.3, 0.5]))
    return _table([f"person {each}" for each in who], [f"p{each}" for each in what], born[what] + delay)


def ring(rng: np.random.Generator, people: pa.Table, size: int, posts: int) -> pa.Table:
    """What a ring passes on within a minute, and a fifth as much of the others'."""
    who, what = np.meshgrid(np.arange(size), np.arange(posts))
    here = rng.random(who.shape) < 0.8
    start = rng.uniform(0, (_DAYS - 1) * _DAY, posts)
    own = _table(
        [f"ring {each}" for each in who[here]],
        [f"own{each}" for each in what[here]],
        start[what[here]] + rng.uniform(0, 60, here.sum()),
    )
    copied = people.take(rng.integers(0, people.num_rows, size * posts // 5))
    later = copied.column("created_at").to_numpy() - _START + rng.exponential(7_200, copied.num_rows)
    others = _table(
        [f"ring {each % size}" for each in range(copied.num_rows)],
        copied.column("retweeted_status_id").to_pylist(),
        later,
    )
    return pa.concat_tables([own, others])


def _table(accounts: list[str], posts: list[str], seconds: np.ndarray) -> pa.Table:
    return pa.table(
        {
            "account_id": accounts,
            "created_at": _START + seconds.astype(np.int64),
            "retweeted_status_id": posts,
        }
    )


if __name__ == "__main__":
    sys.exit(main())
