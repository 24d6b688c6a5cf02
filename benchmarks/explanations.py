"""Innocent coordination that is named: does the report carry an explanation that clears it?

    python benchmarks/explanations.py [--seeds 3] [--json FILE] [WORLD...]

Whole scans of simulated worlds. A named account of a labelled innocent class is cleared where an innocent explanation
applies to its network. Beside it, how often one applies to a camp's. Exits with 1 where a requirement does not hold.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

import duckdb
from figure import Figure, at_least, parser, say

import syncline
from syncline.progress import terminal_progress
from syncline.settings import Settings
from syncline.worlds import simulate
from syncline.worlds.truth import CROWDS

WORLDS = ("camp", "hard", "election")
CLEARED = 0.8
CAMP = "a camp"

# Of each named account, its class and the explanations that apply to its network.
NAMED = f"""
    SELECT CASE WHEN t.is_camp THEN $camp ELSE t.innocent_class END AS class,
        coalesce(e.signs, []) AS signs
    FROM members AS m
    JOIN read_parquet($truth) AS t ON t.platform = m.platform AND t.account_id = m.account_id
    LEFT JOIN (
        SELECT network_id, list(DISTINCT sign ORDER BY sign) AS signs
        FROM findings WHERE gauge = 'explanation' AND applies GROUP BY network_id
    ) AS e ON e.network_id = m.network_id
    WHERE m.named AND (t.is_camp OR t.innocent_class NOT IN {CROWDS})
"""


def main() -> int:
    """Scan the worlds and say what clears whom."""
    arguments = parser(__doc__ or "")
    arguments.add_argument("--seeds", type=int, default=3)
    arguments.add_argument("worlds", nargs="*", default=[*WORLDS], metavar="WORLD")
    asked = arguments.parse_args()
    figures: list[Figure] = []
    for world in asked.worlds:
        figures += figures_of(world, named(world, asked.seeds))
    return say(f"Explanations, {asked.seeds} seeds of each world", figures, asked.json)


def named(world: str, seeds: int) -> list[tuple[str, list[str]]]:
    """Class and applying explanations of every named account of the seeds."""
    found: list[tuple[str, list[str]]] = []
    for seed in range(1, seeds + 1):
        with (
            tempfile.TemporaryDirectory() as scratch,
            terminal_progress() as progress,
            progress.stage(f"{world} {seed}"),
        ):
            folder = simulate(world, Path(scratch, "world"), seed=seed)
            case = syncline.scan(
                [folder / "posts.parquet", folder / "accounts.parquet"],
                Path(scratch, "world.case"),
                Settings(placebo_copies=0),
            )
            with duckdb.connect() as connection:
                for table in ("members", "findings"):
                    connection.register(table, getattr(case, table))
                found += connection.execute(
                    NAMED, {"camp": CAMP, "truth": str(folder / "truth.parquet")}
                ).fetchall()
    return found


def figures_of(world: str, found: list[tuple[str, list[str]]]) -> list[Figure]:
    """The share that is cleared, over all innocent classes and by class, and by what."""
    innocent = [signs for kind, signs in found if kind != CAMP]
    cleared = sum(bool(signs) for signs in innocent)
    figures = [
        at_least(world, "named innocent accounts cleared, share", cleared / max(len(innocent), 1), CLEARED)
    ]
    for kind in sorted({kind for kind, _ in found}):
        of_kind = [signs for one, signs in found if one == kind]
        by = Counter(sign for signs in of_kind for sign in signs)
        said = ", ".join(f"{sign} {count}" for sign, count in by.most_common())
        cleared = sum(bool(signs) for signs in of_kind)
        figures.append(
            Figure(world, f"{kind}: explained of {len(of_kind)} named", f"{cleared} ({said or 'nothing'})")
        )
    return figures


if __name__ == "__main__":
    sys.exit(main())
