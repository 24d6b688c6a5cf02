"""Commands that make something of files: a case of posts or of accounts, a simulated world."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from syncline.cli.options import Inputs, Json, Overwrite, Quiet, behaviours_of, seconds_of, settings_of
from syncline.cli.output import outcome, outcome_lines, say

if TYPE_CHECKING:
    from syncline.accounts.lists import Examined


def demo(
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder for the world and its case.")] = Path(
        "syncline-demo"
    ),
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Simulate a small labelled world, scan it, and say how well that went."""
    from syncline.api import scan as run
    from syncline.demo import make_world, score
    from syncline.progress import terminal_progress

    with terminal_progress(quiet) as progress:
        with progress.stage("simulating a world"):
            world = make_world(out / "world", overwrite)
        inputs = [world / "posts.parquet", world / "accounts.parquet"]
        case = run(inputs, out / "demo.case", overwrite=overwrite, progress=progress)
    result = score(case, world / "truth.parquet")
    say({**outcome(case), "truth": result.as_dict()}, [*outcome_lines(case), str(result)], as_json, quiet)


def scan(
    inputs: Inputs,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Case folder [default: INPUT.case].")
    ] = None,
    windows: Annotated[
        str | None, typer.Option(help="Lags that count as together, seconds [default: 60,600,3600].")
    ] = None,
    alpha: Annotated[
        float | None, typer.Option(help="Share of links that may be wrong [default: 0.05].")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of everything that is drawn [default: 1].")] = None,
    placebo: Annotated[
        int | None, typer.Option(help="Shuffled copies to scan as well [default: 3, or 1 for large logs].")
    ] = None,
    behaviours: Annotated[
        str | None, typer.Option(help="Which to look at, such as repost,url [default: all].")
    ] = None,
    format: Annotated[str | None, typer.Option(help="Format of the input [default: recognised].")] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file that names the columns.")] = None,
    images: Annotated[Path | None, typer.Option(help="Folder that portraits' paths are in.")] = None,
    known_images: Annotated[Path | None, typer.Option(help="Folder of pictures to find again.")] = None,
    memory: Annotated[str | None, typer.Option(help="Most memory to use, such as 4GB.")] = None,
    threads: Annotated[int | None, typer.Option(help="Threads to use [default: all].")] = None,
    engine: Annotated[
        str | None, typer.Option(help="What runs the SQL steps: duckdb or spark [default: duckdb].")
    ] = None,
    master: Annotated[
        str | None, typer.Option(help="Spark's master, such as spark://host:7077 [default: local[*]].")
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Read a log, find who acts in lockstep, and write the case with its report."""
    from syncline.api import scan as run
    from syncline.progress import terminal_progress

    settings = settings_of(
        windows=None if windows is None else seconds_of(windows),
        behaviours=None if behaviours is None else behaviours_of(behaviours),
        alpha=alpha,
        seed=seed,
        placebo_copies=placebo,
        memory=memory,
        threads=threads,
        engine=engine,
        master=master,
    )
    with terminal_progress(quiet) as progress:
        case = run(
            inputs,
            out,
            settings,
            format=format,
            mapping=mapping,
            images=images,
            known_images=known_images,
            overwrite=overwrite,
            progress=progress,
        )
    say(outcome(case), outcome_lines(case), as_json, quiet)


def accounts(
    files: Annotated[list[str], typer.Argument(help="Lists of accounts.", metavar="FILE...")],
    controls: Annotated[
        Path | None, typer.Option(help="Ordinary accounts; without, what needs a comparison is not tested.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Case folder [default: none].")] = None,
    images: Annotated[Path | None, typer.Option(help="Folder that portraits' paths are in.")] = None,
    known_images: Annotated[Path | None, typer.Option(help="Folder of pictures to find again.")] = None,
    alpha: Annotated[
        float | None, typer.Option(help="Chance of a sign where there is none [default: 0.05].")
    ] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of everything that is drawn [default: 1].")] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Look for signs of made-up accounts in a list without posts: batches, handles, bios, places."""
    from syncline.accounts.lists import examine
    from syncline.case import check_output, write_case
    from syncline.progress import terminal_progress
    from syncline.report import write_report

    if out is not None:
        check_output(out, overwrite)
    with terminal_progress(quiet) as progress:
        settings = settings_of(alpha=alpha, seed=seed)
        found = examine(files, controls, settings, progress, images=images, known_images=known_images)
        if out is not None:
            with progress.stage("writing the case"):
                write_case(found.connection, found.run, out, write_report=write_report, overwrite=overwrite)
    say(found.claims, _account_lines(found, out), as_json, quiet)


def _account_lines(found: "Examined", out: Path | None) -> list[str]:
    from syncline import words
    from syncline.accounts.findings import counted
    from syncline.case import REPORT
    from syncline.safety import terminal_safe

    count = counted([claim["sign"] for claim in found.claims])
    read = words.plural(found.run["rows"]["accounts"], "account")
    lines = [f"{read} read; {count} found on the accounts themselves."]
    lines += [terminal_safe(note) for note in found.run["notes"]]
    lines.append(
        "No sign is a proof that accounts are made up, and none says who runs them or that they do harm."
    )
    if out is not None:
        lines += ["", f"Case:   {terminal_safe(str(out))}", f"Report: {terminal_safe(str(out / REPORT))}"]
    return lines


def simulate(
    world: Annotated[str, typer.Argument(help="A world's name, or its TOML file.", metavar="WORLD")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write.")],
    seed: Annotated[int | None, typer.Option(help="Seed [default: the world's own].")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write a labelled log of a simulated world, to score detectors with."""
    from syncline.api import simulate as run
    from syncline.progress import terminal_progress

    with terminal_progress(quiet) as progress, progress.stage("simulating"):
        folder = run(world, out, seed)
    say({"world": str(folder)}, [str(folder)], as_json, quiet)
