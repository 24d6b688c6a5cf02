"""The errors that a user may see. Each says what is wrong, where, and what to do."""


class SynclineError(Exception):
    """Something the user can act on. Shown without a traceback; exit code 1."""


class UsageError(SynclineError):
    """The command or its options are wrong. Exit code 2."""
