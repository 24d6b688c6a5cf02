"""The command line. Every command is a few lines: options in, one call, words or JSON out.

Exit codes: 0 done, 1 could not, 2 wrong usage, 130 interrupted. Whatever goes wrong, one line says what,
where and what to do, on standard error, or with --json as {"error", "exit_code"} on standard output; a
traceback is shown only with SYNCLINE_DEBUG=1. Rooms are imported inside the commands, so that `--help`
need not wait for them.
"""

from syncline.cli.application import app
from syncline.cli.running import main, run

__all__ = ["app", "main", "run"]
