"""Whether a file packed with zstd is whole: its reader takes a cut file for one that ends there (RFC 8878)."""

from pathlib import Path
from typing import IO

MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"
_IDENTITY_BYTES = (0, 1, 2, 4)
_SIZE_BYTES = (0, 2, 4, 8)
_CHECKSUM_BYTES = 4
_REPEATED_BYTE = 1


def is_whole(path: Path) -> bool:
    """Walk over the blocks of every frame, without unpacking any."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        while stream.tell() < size:
            if not _pass_frame(stream) or stream.tell() > size:
                return False
    return True


def _pass_frame(stream: IO[bytes]) -> bool:
    magic = stream.read(4)
    if magic[1:] == _SKIPPABLE and magic[0] >> 4 == 5:
        stream.seek(int.from_bytes(stream.read(4), "little"), 1)
        return True
    descriptor = stream.read(1)
    if magic != MAGIC or not descriptor:
        return False
    flags = descriptor[0]
    single_segment = flags >> 5 & 1
    size_bytes = _SIZE_BYTES[flags >> 6] or single_segment
    stream.seek((1 - single_segment) + _IDENTITY_BYTES[flags & 3] + size_bytes, 1)
    last = False
    while not last:
        header = stream.read(3)
        if len(header) < 3:
            return False
        word = int.from_bytes(header, "little")
        last = bool(word & 1)
        stream.seek(1 if word >> 1 & 3 == _REPEATED_BYTE else word >> 3, 1)
    stream.seek(_CHECKSUM_BYTES * (flags >> 2 & 1), 1)
    return True
