"""Files as people have them, read into `posts`, `accounts` and `rejects`."""

from syncline.sources.reading import ReadResult, read
from syncline.sources.understand import Understood, understand

__all__ = ["ReadResult", "Understood", "read", "understand"]
