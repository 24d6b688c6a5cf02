"""The command line. Every command is a few lines: options in, one call, words or JSON out.

Exit codes: 0 done, 1 could not, 2 wrong usage, 130 interrupted. Whatever goes wrong, one line says what,
where and what to do, on standard error, or with --json as {"error", "exit_code"} on standard output; a
traceback is shown only with SYNCLINE_DEBUG=1. Rooms are imported inside the commands, so that `--help`
need not wait for them.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from syncline import __version__
from syncline.errors import SynclineError, UsageError
from syncline.faults import in_words

if TYPE_CHECKING:
    from syncline.accounts.lists import Examined
    from syncline.api import Case
    from syncline.settings import Settings
    from syncline.sources.understand import Understood

_DONE, _COULD_NOT, _WRONG_USAGE, _INTERRUPTED = 0, 1, 2, 130
_SHOWN_LENGTH = 160

app = typer.Typer(
    name="syncline",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    # Rich would take "[default: ...]" for markup and swallow it.
    rich_markup_mode=None,
    help="Find accounts that act in lockstep, and say how sure it is.",
    epilog="It says what acts together, not who is behind it, and not that it is harmful.",
)

Inputs = Annotated[list[str], typer.Argument(help="Files, folders or globs.", metavar="INPUT...")]
CaseFolder = Annotated[Path, typer.Argument(help="A case folder.", metavar="CASE")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what an earlier run wrote.")]


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"syncline {__version__}")
        raise typer.Exit


@app.command()
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
    _say({**_outcome(case), "truth": result.as_dict()}, [*_outcome_lines(case), str(result)], as_json, quiet)


@app.command()
def scan(
    inputs: Inputs,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Case folder [default: INPUT.case].")
    ] = None,
    windows: Annotated[
        str | None, typer.Option(help="Lags that count as together, seconds [default: 60,600,3600].")
    ] = None,
    alpha: Annotated[
        float | None, typer.Option(help="Share of edges that may be wrong [default: 0.05].")
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

    settings = _settings(
        windows=None if windows is None else _numbers(windows),
        behaviours=None if behaviours is None else _names(behaviours),
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
    _say(_outcome(case), _outcome_lines(case), as_json, quiet)


@app.command()
def explain(
    case: CaseFolder,
    who: Annotated[list[str], typer.Argument(help="Account (id, username, platform:id) or network 3.")],
    as_json: Json = False,
) -> None:
    """Show the evidence on one account or network, post by post."""
    from syncline.api import open_case
    from syncline.interrupt import interruptible
    from syncline.progress import terminal_progress

    opened = open_case(case)
    with terminal_progress() as progress, progress.stage("gathering posts"), interruptible(opened.connection):
        evidence = opened.explain(" ".join(who), whole=as_json)
    _say(evidence.data, [str(evidence)], as_json)


@app.command()
def export(
    case: CaseFolder,
    to: Annotated[str, typer.Option("--to", help="csv, gexf, markdown or stix.")],
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder (csv) or file to write.")] = None,
    pseudonymise: Annotated[
        Path | None,
        typer.Option(help="File with a key: ids become hashes, names and texts go. Made if absent."),
    ] = None,
    tlp: Annotated[
        str | None,
        typer.Option(help="Marking of a STIX bundle: clear, green, amber or red [default: amber]."),
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the networks for a spreadsheet, for Gephi, in words, or for platforms and MISP (STIX)."""
    from syncline.api import open_case
    from syncline.exports import default_output
    from syncline.interrupt import interruptible
    from syncline.progress import terminal_progress

    opened = open_case(case)
    with (
        terminal_progress(quiet) as progress,
        progress.stage(f"writing {to}"),
        interruptible(opened.connection),
    ):
        files = opened.export(
            to, out or default_output(opened, to), overwrite=overwrite, pseudonymise=pseudonymise, tlp=tlp
        )
    _say({"files": [str(file) for file in files]}, [str(file) for file in files], as_json, quiet)


@app.command()
def note(
    case: CaseFolder,
    kind: Annotated[
        str | None,
        typer.Argument(
            help="organisation, cleared, confirmed, reply, impact or attribution.", metavar="[KIND"
        ),
    ] = None,
    who: Annotated[
        list[str] | None, typer.Argument(help="Accounts, or a network as 'network 3'.", metavar="WHO...]")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Who writes the note.")] = None,
    text: Annotated[str | None, typer.Option(help="What it says, such as a reply in its own words.")] = None,
    name: Annotated[str | None, typer.Option(help="The organisation, or to whom it is attributed.")] = None,
    link: Annotated[str | None, typer.Option(help="Where that can be read.")] = None,
    level: Annotated[int | None, typer.Option(help="Breakout category that the link shows, 4 to 6.")] = None,
    date: Annotated[str | None, typer.Option(help="Of the reply, such as 2026-05-31.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write down what an analyst knows, beside the case; without KIND, list what was written."""
    from syncline.api import open_case
    from syncline.safety import terminal_safe

    opened = open_case(case)
    if kind is not None:
        if not who or not by:
            raise UsageError("A note needs WHO it is about, and --by, who writes it.")
        given = {"text": text, "name": name, "link": link, "level": level, "date": date}
        asked = [" ".join(who)] if who[0].lower() in ("network", "pair") else who
        opened.note(kind, asked, by=by, **{key: value for key, value in given.items() if value is not None})
    notes = opened.notes.all if kind is None else opened.notes.all[-1:]
    lines = [terminal_safe(str(one)) for one in notes] or [f"No notes yet beside {terminal_safe(str(case))}."]
    if kind is not None:
        lines.append("The report shows it from the next scan with --overwrite, or now: syncline report")
    _say({"notes": [one.model_dump(mode="json") for one in notes]}, lines, as_json, quiet)


@app.command()
def report(
    case: CaseFolder,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write [default: CASE.html].")
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the report anew, beside the case and with the notes as they are now."""
    from syncline.api import open_case
    from syncline.progress import terminal_progress

    opened = open_case(case)
    file = out or Path(opened.path.resolve().name.removesuffix(".case") + ".html")
    if file.exists() and not overwrite:
        raise SynclineError(f"{file}: exists already; choose another name with -o, or add --overwrite.")
    with terminal_progress(quiet) as progress, progress.stage("writing the report"):
        opened.report(file)
    _say({"report": str(file)}, [str(file)], as_json, quiet)


@app.command()
def verify(case: CaseFolder, as_json: Json = False, quiet: Quiet = False) -> None:
    """Check that a case is as it was written."""
    from syncline.case import MANIFEST, file_sha256
    from syncline.case import open_case as open_it
    from syncline.progress import terminal_progress

    with terminal_progress(quiet) as progress, progress.stage("comparing files with the manifest"):
        problems = open_it(case).verify()
    seal = file_sha256(case / MANIFEST)
    lines = [f"{name}: {problem}" for name, problem in problems.items()]
    lines.append(f"{case}: {'not as it was written' if problems else 'as it was written'}; manifest {seal}")
    _say({"intact": not problems, "problems": problems, "manifest_sha256": seal}, lines, as_json, quiet)
    if problems:
        raise typer.Exit(_COULD_NOT)


@app.command()
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
    _say({"world": str(folder)}, [str(folder)], as_json, quiet)


@app.command()
def accounts(
    files: Annotated[list[str], typer.Argument(help="Lists of accounts.", metavar="FILE...")],
    controls: Annotated[
        Path | None, typer.Option(help="Ordinary accounts to compare with [default: the list itself].")
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
        settings = _settings(alpha=alpha, seed=seed)
        found = examine(files, controls, settings, progress, images=images, known_images=known_images)
        if out is not None:
            with progress.stage("writing the case"):
                write_case(found.connection, found.run, out, write_report=write_report, overwrite=overwrite)
    _say(found.claims, _account_lines(found, out), as_json, quiet)


@contextmanager
def _parts_for_benchmarks() -> Iterator[None]:
    """Say how to install what a benchmark imports and is not there."""
    try:
        yield
    except ImportError as error:
        raise SynclineError(
            f"The benchmark needs {error.name}, which is not installed: pip install 'syncline[bench]'."
        ) from error


bench = typer.Typer(help="Measure Syncline against published methods.", no_args_is_help=True)
app.add_typer(bench, name="bench")


@bench.command()
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
    from syncline.progress import terminal_progress

    with _parts_for_benchmarks():
        from syncline.benchmarks.accuracy import WORLDS, to_json, write
        from syncline.benchmarks.accuracy import bench as run
    data = os.environ.get("SYNCLINE_DATA")
    names = WORLDS if worlds is None else tuple(name.strip() for name in worlds.split(","))
    with terminal_progress(quiet) as progress:
        measured = run(names, seeds, Path(data) if data else None, progress)
        with progress.stage("writing"):
            files = write(measured, out)
    _say(json.loads(to_json(measured)), [str(file) for file in files], as_json, quiet)


@bench.command()
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
    from syncline.progress import terminal_progress

    with _parts_for_benchmarks():
        from syncline.benchmarks.speed import NAMES, SIZES, Asked, write
        from syncline.benchmarks.speed import bench as run
    asked = Asked(
        sizes=SIZES if sizes is None else _whole_numbers("sizes", sizes),
        hot=hot,
        rounds=rounds,
        copies=(1,) if placebo is None else _whole_numbers("placebo", placebo),
        memory=_settings(memory=memory).memory,
        limit_s=limit,
        only=NAMES if only is None else tuple(name.strip() for name in only.split(",")),
    )
    with terminal_progress(quiet) as progress:
        measured = run(asked, progress)
        with progress.stage("writing"):
            files = write(measured, out)
    _say(measured, [str(file) for file in files], as_json, quiet)


@app.command()
def formats(
    file: Annotated[
        Path | None, typer.Argument(help="Say how this file is understood.", metavar="FILE")
    ] = None,
    format: Annotated[str | None, typer.Option(help="Format of the file [default: recognised].")] = None,
    mapping: Annotated[Path | None, typer.Option(help="TOML file that names the columns.")] = None,
    as_json: Json = False,
) -> None:
    """List what can be read, or say what FILE looks like, why, and how its columns are understood."""
    if file is None:
        if format is not None or mapping is not None:
            raise UsageError("--format and --mapping say how to read a file: name one.")
        _list_formats(as_json)
    else:
        from dataclasses import asdict

        from syncline.sources.understand import understand

        understood = understand(file, format=format, mapping=mapping)
        _say(asdict(understood), _understood_lines(understood), as_json)


def _list_formats(as_json: bool) -> None:
    from syncline.sources.formats import formats as known

    described = [
        {
            "name": one.name,
            "title": one.title,
            "files": list(one.kinds),
            "blind": dict(one.blind),
            "notes": list(one.notes.values()),
            "source": one.source,
        }
        for one in known()
    ]
    width = max(len(str(one["name"])) for one in described)
    lines = [f"{one['name']:<{width}}  {one['title']} ({', '.join(one['files'])})" for one in described]
    _say({"formats": described}, lines, as_json)


def _understood_lines(file: "Understood") -> list[str]:
    from syncline import words
    from syncline.safety import terminal_safe

    lines = [f"{file.path}: {file.title} ({file.format})", f"Why:  {file.why}", f"File: {file.kind}", ""]
    made = {name: ", ".join(columns) for name, columns in file.columns.items()}
    made |= dict.fromkeys(file.found_in_text, "found in the text")
    width = max(map(len, made))
    lines += [f"  {name:<{width}}  {what}" for name, what in made.items()]
    if file.unused:
        lines += ["", f"Not used: {', '.join(file.unused)}"]
    lines += [f"Cannot show {words.BEHAVIOUR_NOUNS[each['behaviour']]}: {each['why']}" for each in file.blind]
    lines += file.notes
    for row in file.rows:
        lines += ["", f"Row {row['row']}:"]
        lines += [f"  {name:<{width}}  {_shown(name, value)}" for name, value in row.items() if name != "row"]
    return [terminal_safe(line) for line in lines]


def _shown(name: str, value: Any) -> str:
    """A cell in one line of a terminal."""
    if name.endswith("_us"):
        return str(datetime.fromtimestamp(value / 1_000_000, UTC))
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return text if len(text) <= _SHOWN_LENGTH else f"{text[:_SHOWN_LENGTH]}…"


def main() -> NoReturn:
    """Run the command line and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and return its exit code. No exception but a bug under SYNCLINE_DEBUG leaves it."""
    _make_streams_safe()
    as_json = "--json" in arguments
    with _signals_as_interruption() as came:
        try:
            code = app(args=arguments, prog_name="syncline", standalone_mode=False)
            sys.stdout.flush()
            # Typer makes an exit of a KeyboardInterrupt.
            return _interrupted(as_json) if came else (code or _DONE)
        except BrokenPipeError:
            return _leave_broken_pipe()
        except SystemExit:
            # How Typer leaves a closed pipe.
            return _leave_broken_pipe()
        except BaseException as error:
            if came or isinstance(error, KeyboardInterrupt | typer.Abort):
                return _interrupted(as_json)
            if os.environ.get("SYNCLINE_DEBUG") == "1":
                raise
            return _fail(*_in_words(error), as_json)


@contextmanager
def _signals_as_interruption() -> Iterator[list[int]]:
    """Let SIGINT and SIGTERM raise KeyboardInterrupt; the list fills with the signals that came.

    Engines may turn an interruption into an error of their own, so the list is what counts.
    """
    came: list[int] = []

    def stop(number: int, frame: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _make_streams_safe() -> None:
    # A terminal that lacks a character gets an escape rather than an error.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _leave_broken_pipe() -> int:
    """The reader has gone: stop without a word, and give Python's last flush somewhere to go."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _COULD_NOT


def _in_words(error: BaseException) -> tuple[str, int]:
    """One line for `error`, and the exit code that goes with it."""
    if isinstance(error, UsageError):
        return str(error), _WRONG_USAGE
    if isinstance(error, SynclineError):
        return str(error), _COULD_NOT
    if isinstance(error, typer.TyperException):
        return f"{error.format_message().rstrip('.')}. See 'syncline --help'.", error.exit_code
    return in_words(error), _COULD_NOT


def _fail(message: str, code: int, as_json: bool) -> int:
    from syncline.safety import terminal_safe

    line = terminal_safe(message)
    if as_json:
        print(json.dumps({"error": line, "exit_code": code}))
    else:
        print(f"syncline: {line}", file=sys.stderr)
    return code


def _interrupted(as_json: bool) -> int:
    return _fail("interrupted; nothing half done is left.", _INTERRUPTED, as_json)


def _say(
    document: dict[str, Any] | list[dict[str, Any]], lines: list[str], as_json: bool, quiet: bool = False
) -> None:
    if as_json:
        # ASCII only: what would act on a terminal is an escape.
        print(json.dumps(document, indent=2, default=str))
    elif not quiet:
        print("\n".join(lines))


def _outcome(case: "Case") -> dict[str, Any]:
    from syncline.case import REPORT

    return {"case": str(case.path), "report": str(case.path / REPORT), "run": case.run}


def _outcome_lines(case: "Case") -> list[str]:
    from syncline.case import REPORT
    from syncline.report import answer, unused
    from syncline.safety import terminal_safe

    said = [answer.what_was_read(case.run), answer.what_was_found(case.run)]
    said += [*answer.in_the_same_second(case.run), answer.placebo(case.run)]
    if case.run["rows"]["rejects"]:
        said.append(unused.summary(case.run))
    said += case.run.get("notes") or []
    return [terminal_safe(line) for line in said] + [
        "",
        f"Case:   {terminal_safe(str(case.path))}",
        f"Report: {terminal_safe(str(case.path / REPORT))}",
    ]


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


def _settings(**given: Any) -> "Settings":
    """The defaults, changed by the options that were given. Raises UsageError for a value out of range."""
    from pydantic import ValidationError

    from syncline.settings import Settings

    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        option = _OPTIONS.get(str(first["loc"][0]), str(first["loc"][0]))
        given_as = first["input"]
        shown = ",".join(f"{one:g}" for one in given_as) if isinstance(given_as, tuple) else repr(given_as)
        said = first["msg"][:1].lower() + first["msg"][1:]
        raise UsageError(f"--{option} {shown}: {said}.") from None


_OPTIONS = {"placebo_copies": "placebo"}


def _numbers(text: str) -> tuple[float, ...]:
    try:
        numbers = tuple(float(part) for part in text.split(","))
    except ValueError:
        numbers = ()
    if not numbers or not all(0 < number < float("inf") for number in numbers):
        raise UsageError(f"--windows {text!r}: give seconds with commas between, such as 60,600,3600.")
    return numbers


def _whole_numbers(option: str, text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part.replace("_", "")) for part in text.split(","))
    except ValueError:
        raise UsageError(f"--{option} {text!r}: give whole numbers with commas between.") from None


def _names(text: str) -> tuple[str, ...]:
    from syncline.schema import BEHAVIOURS

    names = tuple(part.strip() for part in text.split(","))
    unknown = [name for name in names if name not in BEHAVIOURS]
    if unknown:
        raise UsageError(f"--behaviours: {unknown[0]!r} is not one; choose from {', '.join(BEHAVIOURS)}.")
    return names
