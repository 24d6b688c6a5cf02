"""How many rows some inputs hold, roughly and at once."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from syncline.sources.discover import discover

_HEAD = 1 << 20
# A packed text is some five times longer than its file.
_PACKED = {".gz": 5, ".zst": 5, ".bz2": 5, ".xz": 5}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def rows_roughly(inputs: Sequence[str | Path]) -> int:
    """Rows of all files together: of Parquet as it says, of text by the lines of its beginning."""
    return sum(_rows(file.path) for file in discover(inputs) if not file.of_case)


def _rows(path: Path) -> int:
    if path.suffix == ".parquet":
        try:
            return int(pq.read_metadata(path).num_rows)
        except (OSError, pa.ArrowInvalid):
            # Reading says what is wrong with it.
            return 0
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if _is_media(path, head):
        return 0
    length = path.stat().st_size * _PACKED.get(path.suffix, 1)
    # Lines of a packed file cannot be counted; its posts are taken for a kilobyte each, as those of a document.
    lines = 0 if path.suffix in _PACKED else head.count(b"\n")
    return length * lines // len(head) if lines > 1 else length // 1024


def _is_media(path: Path, head: bytes) -> bool:
    """Whether it is a picture or a film, such as an export keeps beside its posts: no text holds a zero byte."""
    return path.suffix not in _PACKED and b"\0" in head and not head.startswith(_UTF_16)
