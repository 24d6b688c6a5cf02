"""Files as people have them, read into `posts`, `accounts` and `rejects`."""

from syncline.sources.reading import ReadResult, read

__all__ = ["ReadResult", "read"]
