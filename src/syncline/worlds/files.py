"""A world's tables: in memory for tests over many seeds, or streamed to disk day by day."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from syncline.errors import SynclineError
from syncline.schema import POSTS
from syncline.worlds import collection
from syncline.worlds.columns import Ints
from syncline.worlds.plan import Plan
from syncline.worlds.rendering import TRUTH_POSTS, Renderer
from syncline.worlds.simulation import live, make_plan
from syncline.worlds.world import World, load_world, to_toml


def generate(world: str | Path | World, seed: int | None = None) -> dict[str, pa.Table]:
    """Return the tables of a world in memory; the same as `simulate` writes.

    Tables: posts (schema.POSTS), accounts and accounts_earlier (schema.ACCOUNTS), truth, truth_posts
    and truth_directives (rendering.TRUTH, TRUTH_POSTS, TRUTH_DIRECTIVES). `seed` replaces the
    world's own. Raises SynclineError if the world cannot be read.
    """
    settings = _seeded(load_world(world), seed)
    plan = make_plan(settings, settings.seed)
    renderer = Renderer(plan)
    posted: Ints = np.zeros(plan.accounts.size, np.int64)
    days = list(_days(plan, renderer, posted))
    tables = {
        "posts": pa.concat_tables([posts for posts, _ in days]).combine_chunks(),
        "truth_posts": pa.concat_tables([truth for _, truth in days]).combine_chunks(),
    }
    return tables | _small_tables(renderer, posted)


def simulate(world: str | Path | World, out: Path, seed: int | None = None) -> Path:
    """Write a world's tables as Parquet, and the world itself as world.toml, to the folder `out`.

    Returns the folder. Memory is bounded by a few days of posts. The folder appears under its name
    only when whole. Raises SynclineError if the world cannot be read or the folder not be written.
    """
    settings = _seeded(load_world(world), seed)
    out = Path(out)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise SynclineError(
            f"{out}: already exists. Choose another folder for the world, or remove this one."
        )
    beside = out.with_name(out.name + ".part")
    try:
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(parents=True)
        _write(settings, beside)
        if out.exists():
            out.rmdir()
        beside.rename(out)
    except OSError as error:
        raise SynclineError(f"{out}: cannot write the world there ({error}).") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return out


def _write(world: World, folder: Path) -> None:
    plan = make_plan(world, world.seed)
    renderer = Renderer(plan)
    posted: Ints = np.zeros(plan.accounts.size, np.int64)
    with (
        pq.ParquetWriter(folder / "posts.parquet", POSTS, compression="zstd") as posts_file,
        pq.ParquetWriter(folder / "truth_posts.parquet", TRUTH_POSTS, compression="zstd") as truth_file,
    ):
        for posts, truth in _days(plan, renderer, posted):
            posts_file.write_table(posts)
            truth_file.write_table(truth)
    for name, table in _small_tables(renderer, posted).items():
        pq.write_table(table, folder / f"{name}.parquet", compression="zstd")
    (folder / "world.toml").write_text(to_toml(world), "utf-8")


def _days(plan: Plan, renderer: Renderer, posted: Ints) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Yield each day's posts and their truth, and count every account's posts on the way."""
    row = 1
    watch = collection.Watch(plan)
    for day, lived in live(plan):
        posted += np.bincount(lived["account"][~lived["deleted"]], minlength=posted.size)
        seen = watch.collect(day, lived)
        yield renderer.posts(seen, row), renderer.truth_posts(seen)
        row += seen["account"].size


def _small_tables(renderer: Renderer, posted: Ints) -> dict[str, pa.Table]:
    return {
        "accounts": renderer.accounts(posted),
        "accounts_earlier": renderer.accounts_earlier(),
        "truth": renderer.truth(),
        "truth_directives": renderer.truth_directives(),
    }


def _seeded(world: World, seed: int | None) -> World:
    return world if seed is None else world.model_copy(update={"seed": seed})
