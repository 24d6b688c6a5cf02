"""Simulated worlds over many seeds: how often anything is found where nobody coordinates, and what is found of camps.

    python benchmarks/worlds.py [--seeds 100] [--json FILE] [WORLD...]

Exits with 1 where a requirement does not hold. Edges and names are those of a scan with default settings.
"""

import sys
from dataclasses import dataclass, field

import numpy as np
from figure import Figure, at_least, at_most, parser, say
from scipy.stats import binomtest

from syncline.benchmarks.evidence import default_nulls, engine_of, find, named_accounts
from syncline.benchmarks.scores import bootstrap_interval
from syncline.worlds import generate
from syncline.worlds.truth import CROWDS

# Nobody coordinates in these; in the last two innocent crowds do everything else.
QUIET = ("null", "quiet", "breaking-news")
CAMPS = ("camp", "hard")
ALPHA, LEVEL = 0.05, 0.01
# Of the seeds of a world without coordination: no account named.
CLEAR = 0.95
# Posts that an account of a camp needs before it counts as one to be found.
POSTS_MIN = 10
RECALL = {"camp": 0.9, "hard": 0.3}
WRONG_PER_THOUSAND = 1.0


@dataclass
class Runs:
    """One number for each seed."""

    edges: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    wrong: list[float] = field(default_factory=list)
    innocent: list[int] = field(default_factory=list)


def main() -> int:
    """Run every world asked for, and say the figures."""
    arguments = parser(__doc__ or "")
    arguments.add_argument("--seeds", type=int, default=100)
    arguments.add_argument("worlds", nargs="*", default=[*QUIET, *CAMPS], metavar="WORLD")
    asked = arguments.parse_args()
    figures: list[Figure] = []
    for world in asked.worlds:
        runs = run(world, asked.seeds)
        figures += camp(world, runs) if world in CAMPS else nobody(world, runs)
    return say(f"Simulated worlds, {asked.seeds} seeds", figures, asked.json)


def run(world: str, seeds: int) -> Runs:
    """Both passes on seeds 1 to `seeds` of `world`."""
    runs = Runs()
    for seed in range(1, seeds + 1):
        print(f"{world}, seed {seed} of {seeds}", file=sys.stderr)
        tables = generate(world, seed)
        engine, nulls = engine_of(tables["posts"]), default_nulls()
        runs.edges.append(find(engine, nulls)[1])
        named = named_accounts(engine, nulls.seed)
        runs.named.append(len(named))
        engine.put("truth", tables["truth"])
        accounts = engine.fetch(ACCOUNTS).to_pandas()
        flagged = np.isin(accounts["account"], named)
        ours = (accounts["is_camp"] & (accounts["posts"] >= POSTS_MIN)).to_numpy()
        labelled = accounts["innocent"].to_numpy() & ~accounts["is_camp"].to_numpy()
        organic = ~accounts["is_camp"].to_numpy() & ~labelled
        runs.recall.append(float(flagged[ours].mean()) if ours.any() else 0.0)
        runs.wrong.append(1000 * float(flagged[organic].sum()) / max(int(organic.sum()), 1))
        runs.innocent.append(int(flagged[labelled].sum()))
        engine.connection.close()
    return runs


# A crowd at a breaking story or a match agrees on nothing: to name one of it is wrong.
ACCOUNTS = f"""
    SELECT a.account, t.is_camp, coalesce(t.innocent_class NOT IN {CROWDS}, FALSE) AS innocent,
        (SELECT count(*) FROM posts_coded AS p WHERE p.account = a.account) AS posts
    FROM accounts_coded AS a
    JOIN truth AS t ON t.platform = a.platform AND t.account_id = a.account_id
    ORDER BY a.account
"""


def nobody(world: str, runs: Runs) -> list[Figure]:
    """A world without coordination: with any edge in alpha of the seeds at most, by a one-sided binomial test."""
    seeds, any_edge = len(runs.edges), sum(edges > 0 for edges in runs.edges)
    clear = sum(named == 0 for named in runs.named)
    figures = [
        at_least(world, f"of {seeds} seeds with no account named", clear, int(np.ceil(CLEAR * seeds))),
        Figure(world, f"of {seeds} seeds with an edge", any_edge),
    ]
    if world == "null":
        p = binomtest(any_edge, seeds, ALPHA, alternative="greater").pvalue
        figures.append(
            at_least(world, f"p that at most {ALPHA:.0%} of seeds have an edge", round(p, 4), LEVEL)
        )
    return figures


def camp(world: str, runs: Runs) -> list[Figure]:
    """A world with a camp: recall, and wrong names for each thousand organic accounts, with intervals over seeds."""
    seeds = len(runs.recall)
    recall, wrong = np.array(runs.recall), np.array(runs.wrong)
    low, high = bootstrap_interval(recall)
    wrong_low, wrong_high = bootstrap_interval(wrong)
    return [
        at_least(world, f"recall, mean of {seeds} seeds", round(float(recall.mean()), 4), RECALL[world]),
        Figure(world, "recall, 95% interval", f"{low:.3f} to {high:.3f}"),
        at_most(world, "wrong names per 1,000 organic", round(float(wrong.mean()), 4), WRONG_PER_THOUSAND),
        Figure(world, "wrong names, 95% interval", f"{wrong_low:.3f} to {wrong_high:.3f}"),
        Figure(
            world, "named in labelled innocent coordination, mean", round(float(np.mean(runs.innocent)), 1)
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
