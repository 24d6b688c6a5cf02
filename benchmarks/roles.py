"""Roles that accounts of simulated camps were given, beside those that are read from their posts.

    python benchmarks/roles.py [--seeds 10] [--json FILE]

The networks are those of the worlds' truth. Exits with 1 where a requirement does not hold.
"""

import sys
from collections import Counter

from figure import Figure, at_least, parser, say

from syncline.benchmarks import campaigns
from syncline.progress import terminal_progress

WORLDS = ("demo", "camp", "election")
# The campaigns' other figures begin here too: the method was looked at with seeds below.
FIRST_SEED = 31
ROLES = ("author", "booster", "replier", "mixed")
# Share of the accounts whose role must be the one that they were given.
RIGHT = 0.9


def main() -> int:
    """The confusion table of every world."""
    options = parser(__doc__ or "")
    options.add_argument("--seeds", type=int, default=10, help="logs of each world")
    asked = options.parse_args()
    figures: list[Figure] = []
    with terminal_progress() as progress:
        for world in WORLDS:
            confusion: Counter[tuple[str, str]] = Counter()
            for seed in range(FIRST_SEED, FIRST_SEED + asked.seeds):
                with progress.stage(f"{world}, seed {seed}"):
                    confusion += of_log(world, seed)
            figures += said(world, confusion)
    return say(f"Roles, {asked.seeds} logs of each world", figures, asked.json)


def of_log(world: str, seed: int) -> Counter[tuple[str, str]]:
    """How many accounts were given the first role and read as the second."""
    made = campaigns.make(world, seed)
    campaigns.find(made)
    given = {row["account_id"]: row["role"] for row in made.tables["truth"].to_pylist()}
    return Counter((given[row["account_id"]], row["role"]) for row in made.rows("SELECT * FROM roles"))


def said(world: str, confusion: Counter[tuple[str, str]]) -> list[Figure]:
    """The share that is right, and the row of each role."""
    right = sum(count for (given, found), count in confusion.items() if given == found)
    figures = [at_least(world, "roles read as given, share", round(right / confusion.total(), 3), RIGHT)]
    for given in ROLES[:-1]:
        found = ", ".join(f"{confusion[given, role]} {role}" for role in ROLES)
        figures.append(Figure(world, f"given {given}, read as", found))
    return figures


if __name__ == "__main__":
    sys.exit(main())
