"""The commands `syncline bench ...`."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from syncline.cli.options import Json, Quiet, settings_of, whole_numbers
from syncline.cli.output import say
from syncline.errors import SynclineError


def accuracy(
    worlds: Annotated[
        str | None, typer.Option(help="Worlds or their files, such as camp,hard [default: six].")
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, help="Logs simulated of each world.")] = 5,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the page, figures and JSON.")] = Path(
        "syncline-accuracy"
    ),
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Score detectors on logs with known truth: recall, precision, and who is named wrongly.

    With SYNCLINE_DATA set to a folder with ira_2016.parquet and conferences_a.parquet, on those too.
    """
    from syncline.case import refuse_inside_case
    from syncline.progress import terminal_progress

    refuse_inside_case(out)
    with _parts_for_benchmarks():
        from syncline.benchmarks.accuracy import WORLDS, to_json, write
        from syncline.benchmarks.accuracy import bench as run
    data = os.environ.get("SYNCLINE_DATA")
    names = WORLDS if worlds is None else tuple(name.strip() for name in worlds.split(","))
    with terminal_progress(quiet) as progress:
        measured = run(names, seeds, Path(data) if data else None, progress)
        with progress.stage("writing"):
            files = write(measured, out)
    say(json.loads(to_json(measured)), [str(file) for file in files], as_json, quiet)


def speed(
    sizes: Annotated[
        str | None, typer.Option(help="Posts of each log, such as 100000,1000000 [default: these].")
    ] = None,
    hot: Annotated[int, typer.Option(min=0, help="Accounts that share one more object in a minute.")] = 0,
    rounds: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 3,
    placebo: Annotated[
        str | None, typer.Option(help="Shuffled copies of each whole scan, such as 0,3 [default: 1].")
    ] = None,
    memory: Annotated[str | None, typer.Option(help="Most memory for whole scans, such as 4GB.")] = None,
    limit: Annotated[float, typer.Option(min=1, help="Seconds after which another method is stopped.")] = 900,
    only: Annotated[
        str | None,
        typer.Option(
            help="Of start, scan, edges, kernel, tfidf, toolkit, pair-step and profile [default: all]."
        ),
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the page, figure and tables.")] = Path(
        "syncline-speed"
    ),
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Time whole scans by size, and the search for edges beside other methods, in turn.

    toolkit is Coordination Network Toolkit, which pip install 'syncline[peers]' adds.
    """
    from syncline.case import refuse_inside_case
    from syncline.progress import terminal_progress

    refuse_inside_case(out)
    with _parts_for_benchmarks():
        from syncline.benchmarks.speed import NAMES, SIZES, Asked, write
        from syncline.benchmarks.speed import bench as run
    asked = Asked(
        sizes=SIZES if sizes is None else whole_numbers("sizes", sizes),
        hot=hot,
        rounds=rounds,
        copies=(1,) if placebo is None else whole_numbers("placebo", placebo),
        memory=settings_of(memory=memory).memory,
        limit_s=limit,
        only=NAMES if only is None else tuple(name.strip() for name in only.split(",")),
    )
    with terminal_progress(quiet) as progress:
        measured = run(asked, progress)
        with progress.stage("writing"):
            files = write(measured, out)
    say(measured, [str(file) for file in files], as_json, quiet)


@contextmanager
def _parts_for_benchmarks() -> Iterator[None]:
    """Say how to install what a benchmark imports and is not there."""
    try:
        yield
    except ImportError as error:
        raise SynclineError(
            f"The benchmark needs {error.name}, which is not installed: pip install 'syncline[bench]'."
        ) from error
