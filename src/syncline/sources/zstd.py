"""Files packed with zstd (RFC 8878): whether they are whole, and those that look back further than usual.

A reader takes a cut file for one that ends there. Archives of Reddit are packed with a window of 2 GiB (`--long=31`),
of which readers refuse all above 128 MiB unless told otherwise.
"""

import io
from pathlib import Path
from typing import IO, TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"
_IDENTITY_BYTES = (0, 1, 2, 4)
_SIZE_BYTES = (0, 2, 4, 8)
_CHECKSUM_BYTES = 4
_REPEATED_BYTE = 1
_USUAL_WINDOW = 1 << 27
_WIDEST_WINDOW = 1 << 31
_LONGEST_HEADER = 18


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


def is_wide(path: Path) -> bool:
    """Whether the first frame asks for a window above 128 MiB; raises OSError where its header is damaged."""
    with path.open("rb") as stream:
        header = stream.read(_LONGEST_HEADER)
    try:
        return zstandard.get_frame_parameters(header).window_size > _USUAL_WINDOW
    except zstandard.ZstdError as error:
        raise OSError(str(error)) from None


def open_wide(path: Path) -> IO[bytes]:
    """The unpacked bytes, whatever the window; raises OSError where they are damaged."""
    return io.BufferedReader(_Unpacked(path))


class _Unpacked(io.RawIOBase):
    def __init__(self, path: Path) -> None:
        unpacker = zstandard.ZstdDecompressor(max_window_size=_WIDEST_WINDOW)
        self._stream = unpacker.stream_reader(path.open("rb"), read_across_frames=True, closefd=True)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        try:
            return self._stream.readinto(buffer)
        except zstandard.ZstdError as error:
            raise OSError(str(error)) from None

    def close(self) -> None:
        self._stream.close()  # type: ignore[no-untyped-call]
        super().close()
