"""Directives, targets and applause of simulated camps, and of networks drawn among people whom nobody directs.

    python benchmarks/directives.py [--seeds 10] [--null-seeds 100] [--json FILE]

The networks are those of the worlds' truth, so that the campaigns' room alone is scored. That directives for nobody
are rare is asked of the upper end of a one-sided 95% interval (Clopper, Pearson 1934), so that few logs, where rare
things do not happen, show nothing. Exits with 1 where a requirement does not hold.
"""

import sys
from typing import NamedTuple

import numpy as np
from figure import Figure, at_least, at_most, parser, say
from scipy.stats import beta

from syncline.benchmarks import campaigns
from syncline.progress import Progress, terminal_progress

WORLDS = ("demo", "camp", "hard", "election")
# The method was looked at with seeds below.
FIRST_SEED = 31
PRECISION, RECALL, NULL_SHARE = 0.95, 0.80, 0.05


class Scores(NamedTuple):
    """For each thing found, whether it was ordered; for each thing ordered, whether it was found."""

    right: list[bool]
    found: list[bool]


def main() -> int:
    """Score every world, and say the figures."""
    options = parser(__doc__ or "")
    options.add_argument("--seeds", type=int, default=10, help="logs of each world with a camp")
    options.add_argument(
        "--null-seeds", type=int, default=100, help="logs of the world without, for each kind of network"
    )
    asked = options.parse_args()
    figures: list[Figure] = []
    with terminal_progress() as progress:
        for world in WORLDS:
            figures += of_world(world, asked.seeds, progress)
        for within_community in (False, True):
            figures += of_nobody(within_community, asked.null_seeds, progress)
    return say(f"{asked.seeds} logs of each world, {asked.null_seeds} of each null", figures, asked.json)


def of_world(world: str, seeds: int, progress: Progress) -> list[Figure]:
    """Precision and recall, pooled over seeds."""
    scores = {what: Scores([], []) for what in ("directives", "targets", "applause")}
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        with progress.stage(f"{world}, seed {seed}"):
            made = campaigns.make(world, seed)
            campaigns.find(made)
            for what, right, found in (
                ("directives", campaigns.right(made), campaigns.recovered(made)),
                ("targets", *campaigns.addressed(made, "targets", "target")),
                ("applause", *campaigns.addressed(made, "applause", "applaud")),
            ):
                scores[what].right.extend(right)
                scores[what].found.extend(found)
    return [figure for what, one in scores.items() for figure in said(world, what, one)]


def said(world: str, what: str, scores: Scores) -> list[Figure]:
    """The two figures of one table in one world."""
    return [
        at_least(world, f"{what}: precision, of {len(scores.right)} found", share(scores.right), PRECISION),
        at_least(
            world,
            f"{what}: recall, of {len(scores.found)} that {campaigns.FOLLOWERS_MIN} or more obeyed",
            share(scores.found),
            RECALL,
        ),
    ]


def share(hits: list[bool]) -> float:
    """A share with three digits; of nothing, nothing is missing."""
    return round(float(np.mean(hits)), 3) if hits else 1.0


def of_nobody(within_community: bool, seeds: int, progress: Progress) -> list[Figure]:
    """How many logs have a directive for a network that nobody directs, and what share that may be."""
    wrong = 0
    for seed in range(FIRST_SEED, FIRST_SEED + seeds):
        with progress.stage(f"null, {'one taste' if within_community else 'any taste'}, seed {seed}"):
            made = campaigns.make("null", seed, campaigns.drawn(seed, 40, within_community))
            campaigns.find(made)
            wrong += bool(made.rows("SELECT * FROM directives LIMIT 1"))
    who = "of one taste" if within_community else "drawn from everybody"
    return [
        Figure("null", f"of {seeds} logs with a directive, accounts {who}", wrong),
        at_most("null", f"share of logs, 95% bound, accounts {who}", upper_bound(wrong, seeds), NULL_SHARE),
    ]


def upper_bound(wrong: int, seeds: int) -> float:
    """The largest share that so few logs in so many do not speak against, at 5%; three digits, rounded up."""
    bound = 1.0 if wrong == seeds else float(beta.ppf(0.95, wrong + 1, seeds - wrong))
    return float(np.ceil(bound * 1000) / 1000)


if __name__ == "__main__":
    sys.exit(main())
