"""What the Telegram formats share: addresses and the names of those who post."""

# 4CAT's CSV has the bare number, too: users, groups and channels are numbered apart, but hardly ever alike.
PEER = "regexp_replace({0}, '^(user|channel|chat)', '')"
NO_IMAGES = "the export names image files but holds no hashes of them"


def address(written: str) -> str:
    """A link as it was written in a message, with its scheme."""
    return written if "://" in written else f"https://{written}"
