"""The command `syncline`, and `python -m syncline`."""

import signal
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and exit."""
    # Until the command line listens, Ctrl-C ends the process at once, without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from syncline.cli import main as run

    run()


if __name__ == "__main__":
    main()
