"""Power: what share of a camp is named, over how it hides and how large it is: so that it is known what is not seen."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass

import pandas as pd

from syncline.benchmarks.named import named_in
from syncline.benchmarks.scores import bootstrap_interval
from syncline.progress import Progress
from syncline.worlds import World

JITTERS_S = (60.0, 1800.0, 3600.0, 7200.0, 14400.0)
CAMOUFLAGES = (0.3, 0.7, 0.8, 0.9)
SIZES = (5, 10, 20, 40, 80)

# Every one of these with every other.
GRID_JITTERS_S = (60.0, 1800.0, 7200.0)
GRID_CAMOUFLAGES = (0.3, 0.7, 0.9)
GRID_SIZES = (10, 40)


_KEY = ("jitter_s", "camouflage", "accounts", "seed")


@dataclass(frozen=True)
class Hidden:
    """How a camp hides: mean delay in seconds, share of posts that look ordinary, accounts."""

    jitter_s: float
    camouflage: float
    accounts: int

    def of(self, world: World) -> World:
        """The world with its first camp so."""
        camp = world.camps[0].model_copy(update=asdict(self))
        return world.model_copy(update={"camps": (camp, *world.camps[1:])})


def points(base: Hidden) -> list[Hidden]:
    """The base with one setting varied at a time, and the grid, each once."""
    varied = [Hidden(jitter, base.camouflage, base.accounts) for jitter in JITTERS_S]
    varied += [Hidden(base.jitter_s, camouflage, base.accounts) for camouflage in CAMOUFLAGES]
    varied += [Hidden(base.jitter_s, base.camouflage, size) for size in SIZES]
    return list(dict.fromkeys([base, *varied, *grid()]))


def grid() -> list[Hidden]:
    """Every combination of a few values."""
    return [
        Hidden(jitter, camouflage, size)
        for size in GRID_SIZES
        for camouflage in GRID_CAMOUFLAGES
        for jitter in GRID_JITTERS_S
    ]


def base_of(world: World) -> Hidden:
    """How the world's first camp hides."""
    camp = world.camps[0]
    return Hidden(camp.jitter_s, camp.camouflage, camp.accounts)


def measured(
    world: World, seeds: int, known: pd.DataFrame, jobs: int, progress: Progress
) -> Iterator[dict[str, float]]:
    """One row for each point and seed that is not known: the point's settings, seed, and the fields of `Named`.

    `jobs` logs are made and judged at once.
    """
    done = {tuple(row) for row in known[list(_KEY)].to_numpy().tolist()} if len(known) else set()
    wanted = [
        (point, seed)
        for seed in range(1, seeds + 1)
        for point in points(base_of(world))
        if (*asdict(point).values(), seed) not in done
    ]
    with progress.stage(f"{len(wanted)} logs"), ProcessPoolExecutor(jobs) as pool:
        running = {pool.submit(named_in, point.of(world), seed): (point, seed) for point, seed in wanted}
        for finished in as_completed(running):
            point, seed = running[finished]
            yield {**asdict(point), "seed": seed, **asdict(finished.result())}


def summary(runs: pd.DataFrame) -> pd.DataFrame:
    """One row for each point: its settings, recall with low and high (95%, bootstrap over seeds), wrong_per_1000."""
    rows = []
    for point, group in runs.groupby(["jitter_s", "camouflage", "accounts"], sort=True):
        low, high = bootstrap_interval(group["recall"])
        rows.append(
            {
                **dict(zip(("jitter_s", "camouflage", "accounts"), point, strict=True)),
                "recall": group["recall"].mean(),
                "low": low,
                "high": high,
                "wrong_per_1000": group["wrong_per_1000"].mean(),
            }
        )
    return pd.DataFrame(rows)
