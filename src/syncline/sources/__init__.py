"""Files as people have them, read into `posts`, `accounts` and `rejects`."""

from syncline.sources.formats import formats
from syncline.sources.read import ReadResult, read
from syncline.sources.sniff import choose as sniff

__all__ = ["ReadResult", "formats", "read", "sniff"]
