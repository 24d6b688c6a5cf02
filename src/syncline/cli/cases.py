"""Commands on a case that is there: explain, compare, export, note, report, verify."""

from pathlib import Path
from typing import Annotated

import typer

from syncline.cli.exit_codes import COULD_NOT
from syncline.cli.options import CaseFolder, Json, Overwrite, Quiet
from syncline.cli.output import say
from syncline.errors import SynclineError, UsageError


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
    say(evidence.data, [str(evidence)], as_json)


def compare(
    case: CaseFolder,
    second: Annotated[Path, typer.Argument(help="The case beside it.", metavar="OTHER")],
    as_json: Json = False,
) -> None:
    """Show what differs between two cases: settings and files, who is named, which networks match."""
    from syncline.api import open_case

    comparison = open_case(case).compare(open_case(second))
    say(comparison.data, [str(comparison)], as_json)


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
    lines = [str(file) for file in files] + (["", _SPREADSHEETS] if to == "csv" else [])
    say({"files": [str(file) for file in files]}, lines, as_json, quiet)


_SPREADSHEETS = (
    "A spreadsheet that opens these files rounds ids of 16 digits and more: import them instead (in Excel: Data, From "
    "Text/CSV), with the columns of ids as text."
)


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
    say({"notes": [one.model_dump(mode="json") for one in notes]}, lines, as_json, quiet)


def report(
    case: CaseFolder,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write [default: CASE.html, beside the case].")
    ] = None,
    overwrite: Overwrite = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the report anew, beside the case and with the notes as they are now."""
    from syncline.api import open_case
    from syncline.case import refuse_foreign_file, refuse_inside_case
    from syncline.progress import terminal_progress

    opened = open_case(case)
    file = out or _beside(opened.path.resolve())
    refuse_inside_case(file)
    if file.exists() and not overwrite:
        raise SynclineError(f"{file}: exists already; choose another name with -o, or add --overwrite.")
    refuse_foreign_file(file, b"<title>Syncline report</title>")
    with terminal_progress(quiet) as progress, progress.stage("writing the report"):
        opened.report(file)
    say({"report": str(file)}, [str(file)], as_json, quiet)


def _beside(case: Path) -> Path:
    return case.with_name(case.name.removesuffix(".case") + ".html")


def verify(case: CaseFolder, as_json: Json = False, quiet: Quiet = False) -> None:
    """Check that a case is as it was written."""
    from syncline.case import MANIFEST, file_sha256, verify_case
    from syncline.progress import terminal_progress

    with terminal_progress(quiet) as progress, progress.stage("comparing files with the manifest"):
        problems = verify_case(case)
    seal = file_sha256(case / MANIFEST)
    lines = [f"{name}: {problem}" for name, problem in problems.items()]
    lines.append(f"{case}: {'not as it was written' if problems else 'as it was written'}; manifest {seal}")
    say({"intact": not problems, "problems": problems, "manifest_sha256": seal}, lines, as_json, quiet)
    if problems:
        raise typer.Exit(COULD_NOT)
