"""The exit codes, as docs/command-line.md lists them."""

DONE, COULD_NOT, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
