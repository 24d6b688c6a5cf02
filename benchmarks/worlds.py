"""Simulated worlds over many seeds: how often anything is found where nobody coordinates, and what is found of camps.

    python benchmarks/worlds.py [--seeds 100] [--json FILE] [WORLD...]

Exits with 1 where a requirement does not hold. Edges and names are those of a scan with default settings.
"""

import sys

import numpy as np
from figure import Figure, at_least, at_most, parser, say
from scipy.stats import binomtest

from syncline.benchmarks.named import Named, named_in
from syncline.benchmarks.scores import bootstrap_interval

# Nobody coordinates in these; in the last two innocent crowds do everything else.
QUIET = ("null", "quiet", "breaking-news")
CAMPS = ("camp", "hard")
ALPHA, LEVEL = 0.05, 0.01
# Of the seeds of a world without coordination: no account named.
CLEAR = 0.95
RECALL = {"camp": 0.9, "hard": 0.3}
WRONG_PER_THOUSAND = 1.0


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


def run(world: str, seeds: int) -> list[Named]:
    """Both passes on seeds 1 to `seeds` of `world`."""
    runs = []
    for seed in range(1, seeds + 1):
        print(f"{world}, seed {seed} of {seeds}", file=sys.stderr)
        runs.append(named_in(world, seed))
    return runs


def nobody(world: str, runs: list[Named]) -> list[Figure]:
    """A world without coordination: with any edge in alpha of the seeds at most, by a one-sided binomial test."""
    seeds, any_edge = len(runs), sum(run.edges > 0 for run in runs)
    clear = sum(run.named == 0 for run in runs)
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


def camp(world: str, runs: list[Named]) -> list[Figure]:
    """A world with a camp: recall, and wrong names for each thousand organic accounts, with intervals over seeds."""
    seeds = len(runs)
    recall, wrong = np.array([run.recall for run in runs]), np.array([run.wrong_per_1000 for run in runs])
    low, high = bootstrap_interval(recall)
    wrong_low, wrong_high = bootstrap_interval(wrong)
    return [
        at_least(world, f"recall, mean of {seeds} seeds", round(float(recall.mean()), 4), RECALL[world]),
        Figure(world, "recall, 95% interval", f"{low:.3f} to {high:.3f}"),
        at_most(world, "wrong names per 1,000 organic", round(float(wrong.mean()), 4), WRONG_PER_THOUSAND),
        Figure(world, "wrong names, 95% interval", f"{wrong_low:.3f} to {wrong_high:.3f}"),
        Figure(
            world,
            "named in labelled innocent coordination, mean",
            round(float(np.mean([run.innocent for run in runs])), 1),
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
