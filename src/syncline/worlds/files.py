"""A world's tables: in memory for tests over many seeds, or streamed to disk day by day."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from syncline.errors import SynclineError, UsageError
from syncline.schema import POSTS
from syncline.worlds.collection import Collector
from syncline.worlds.columns import Ints
from syncline.worlds.plan import Plan
from syncline.worlds.planning import make_plan
from syncline.worlds.profiles import Profiles
from syncline.worlds.rendering import Renderer
from syncline.worlds.simulation import live
from syncline.worlds.truth import TRUTH_POSTS, account_truth, directive_truth, post_truth
from syncline.worlds.world import World, load_world, to_toml

#: What is in the folder of a world.
FILES = frozenset(
    f"{name}.parquet"
    for name in ("posts", "accounts", "accounts_earlier", "truth", "truth_posts", "truth_directives")
) | {"world.toml"}


def generate(world: str | Path | World, seed: int | None = None) -> dict[str, pa.Table]:
    """Return the tables of a world in memory: the same rows as `simulate` writes.

    `posts` (schema.POSTS), `accounts` and `accounts_earlier` (schema.ACCOUNTS, at the end and at the
    beginning), `truth`, `truth_posts` and `truth_directives` (worlds.truth). `world` is a preset's
    name, a TOML file or settings; `seed` replaces the world's own. Raises SynclineError if the world
    cannot be read, UsageError for a seed below 0.
    """
    plan = make_plan(_seeded(load_world(world), seed))
    profiles = Profiles(plan)
    posted: Ints = np.zeros(plan.accounts.size, np.int64)
    posts, truths = zip(*_days(plan, profiles, posted), strict=True)
    tables = {
        "posts": pa.concat_tables(posts).combine_chunks(),
        "truth_posts": pa.concat_tables(truths).combine_chunks(),
    }
    return tables | _small_tables(plan, profiles, posted)


def simulate(world: str | Path | World, out: str | Path, seed: int | None = None) -> Path:
    """Write the tables of a world as Parquet, and the world as world.toml, to the folder `out`.

    Arguments and tables as for `generate`; memory is bounded by a few days of posts. The folder
    appears under its name only when it is whole. Returns the folder. Raises SynclineError if the
    world cannot be read, the folder holds something already, or it cannot be written.
    """
    settings, out = _seeded(load_world(world), seed), Path(out)
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise SynclineError(f"{out} exists already. Choose another folder, or remove this one.")
        beside.mkdir(parents=True)
        _write(settings, beside)
        beside.replace(out)
    except OSError as error:
        raise SynclineError(f"{out}: the world could not be written there ({error}).") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return out


def _write(world: World, folder: Path) -> None:
    plan = make_plan(world)
    profiles = Profiles(plan)
    posted: Ints = np.zeros(plan.accounts.size, np.int64)
    with (
        pq.ParquetWriter(folder / "posts.parquet", POSTS, compression="zstd") as posts_file,
        pq.ParquetWriter(folder / "truth_posts.parquet", TRUTH_POSTS, compression="zstd") as truth_file,
    ):
        for posts, truth in _days(plan, profiles, posted):
            posts_file.write_table(posts)
            truth_file.write_table(truth)
    for name, table in _small_tables(plan, profiles, posted).items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    (folder / "world.toml").write_text(to_toml(world), "utf-8")


def _days(plan: Plan, profiles: Profiles, posted: Ints) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Yield each day's posts with their truth, and add up in `posted` what each account leaves standing."""
    renderer, collector, row = Renderer(plan, profiles), Collector(plan), 1
    for lived in live(plan):
        posted += np.bincount(lived["account"][~lived["deleted"]], minlength=posted.size)
        seen = collector.collect(lived)
        yield renderer.posts(seen, row), post_truth(plan, seen, profiles.texts)
        row += seen["account"].size


def _small_tables(plan: Plan, profiles: Profiles, posted: Ints) -> dict[str, pa.Table]:
    return {
        "accounts": profiles.accounts(posted),
        "accounts_earlier": profiles.accounts_earlier(),
        "truth": account_truth(plan, profiles.texts),
        "truth_directives": directive_truth(plan, profiles.ids),
    }


def _seeded(world: World, seed: int | None) -> World:
    if seed is not None and seed < 0:
        raise UsageError(f"--seed {seed}: give a whole number, 0 or more.")
    return world if seed is None else world.model_copy(update={"seed": seed})
