"""The commands together, in the order in which `--help` lists them."""

from typing import Annotated

import typer

from syncline import __version__
from syncline.cli.benchmarks import accuracy, speed
from syncline.cli.cases import compare, explain, export, note, report, verify
from syncline.cli.formats import formats
from syncline.cli.scans import accounts, demo, scan, simulate

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


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"syncline {__version__}")
        raise typer.Exit


bench = typer.Typer(help="Measure Syncline against published methods.", no_args_is_help=True)

for command in (demo, scan, explain, compare, export, note, report, verify, simulate, accounts, formats):
    app.command()(command)
for measure in (accuracy, speed):
    bench.command()(measure)
app.add_typer(bench, name="bench")
