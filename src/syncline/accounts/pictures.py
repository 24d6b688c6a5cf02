"""What is read of picture files: PDQ hashes, also rotated and mirrored, that tell which show one picture, and eyes.

PDQ (Facebook 2019): 256 bits, two pictures match within a Hamming distance of 31; pictures of a quality under 50
(plain colours, text) are hashed too coarsely to be trusted. Pictures are compared, faces are not: nobody is
recognised. Nothing is fetched, and only files inside the folder that was given are opened.
"""

import base64
import io
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from syncline.accounts.eyes import SIDE, eyes_in_place
from syncline.errors import SynclineError

#: Bits in which the hashes of one picture may differ, and the least quality that is trusted.
SAME, TRUSTED = 31, 50
_MOST_PIXELS = 50_000_000
_BLOCK = 32
_THUMBNAIL = 64
# Faces of the family that `eyes` looks for come in squares; smaller ones show no eyes.
_LEAST_SIDE, _SQUARE = 64, 0.03

Words = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Picture:
    """A picture's hash in its eight rotations and mirrors, 8 rows of 4 words of 64 bits, and as in `eyes`."""

    hashes: Words
    eyes_in_place: bool = False


def check_pictures(*folders: Path | None) -> None:
    """Say before a long scan that pictures cannot be compared. Raises SynclineError without the extra or a folder."""
    given = [folder for folder in folders if folder is not None]
    for folder in given:
        if not folder.is_dir():
            raise SynclineError(f"{folder}: not a folder; give the one that the pictures are in.")
    if given and not all(find_spec(name) for name in ("pdqhash", "PIL")):
        raise _without_extra()


def read_picture(path: Path) -> Picture | None:
    """Hash the picture at `path`; None if it is no picture, too large, or of too low a quality.

    Raises SynclineError without the extra `images`.
    """
    try:
        import pdqhash  # type: ignore[import-untyped]
    except ImportError:
        raise _without_extra() from None
    pixels = _pixels(path)
    if pixels is None:
        return None
    # The hash's own shortcut for turned pictures is only near: 20 to 60 bits off.
    turned = [np.rot90(side, turns) for side in (pixels, pixels[:, ::-1]) for turns in range(4)]
    hashed = [pdqhash.compute(np.ascontiguousarray(each)) for each in turned]
    if hashed[0][1] < TRUSTED:
        return None
    hashes = np.packbits(np.array([bits for bits, _ in hashed], np.uint8), axis=1).view(np.uint64)
    return Picture(hashes, _has_eyes_in_place(pixels))


class Album:
    """The picture files inside a folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, Picture | None] = {}

    def pictures(self, names: Iterable[str]) -> dict[str, Picture]:
        """The pictures among `names`, paths inside the folder; what is missing, outside or no picture is left out."""
        found = ((name, self._picture(name)) for name in dict.fromkeys(names))
        return {name: picture for name, picture in found if picture is not None}

    def _picture(self, name: str) -> Picture | None:
        if name not in self._read:
            path = _inside(self._folder, name)
            self._read[name] = read_picture(path) if path else None
        return self._read[name]

    def thumbnail(self, name: str) -> str | None:
        """The picture `name`, 64 pixels wide at most, as a data: address; None if there is none.

        It is drawn anew, so that nothing of the file but its pixels leaves.
        """
        path = _inside(self._folder, name)
        pixels = _pixels(path) if path else None
        if pixels is None:
            return None
        from PIL import Image

        small = Image.fromarray(pixels)
        small.thumbnail((_THUMBNAIL, _THUMBNAIL))
        drawn = io.BytesIO()
        small.save(drawn, "JPEG", quality=70)
        return f"data:image/jpeg;base64,{base64.b64encode(drawn.getvalue()).decode()}"


def _has_eyes_in_place(pixels: npt.NDArray[np.uint8]) -> bool:
    height, width = pixels.shape[:2]
    if min(height, width) < _LEAST_SIDE or abs(height - width) > _SQUARE * width:
        return False
    from PIL import Image

    grey = Image.fromarray(pixels).convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return eyes_in_place(np.asarray(grey, np.float64))


def _pixels(path: Path) -> npt.NDArray[np.uint8] | None:
    try:
        from PIL import Image
    except ImportError:
        raise _without_extra() from None
    try:
        with warnings.catch_warnings(), Image.open(path) as image:
            warnings.simplefilter("ignore")
            if image.width * image.height > _MOST_PIXELS:
                return None
            return np.asarray(image.convert("RGB"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        # What Pillow raises for files that are broken, or no pictures at all.
        return None


def _inside(folder: Path, name: str) -> Path | None:
    """The file `name` if it lies in `folder`."""
    try:
        path = (folder.resolve() / name).resolve()
        return path if path.is_relative_to(folder.resolve()) and path.is_file() else None
    except (OSError, ValueError):
        return None


def _without_extra() -> SynclineError:
    return SynclineError(
        "Comparing pictures needs the extra 'images': pip install 'syncline[images]', which compiles (on Debian:"
        " install g++ and python3-dev first), or leave --images out."
    )


def same_pictures(pictures: Sequence[Picture]) -> list[int]:
    """A number for each picture, the same for those that match, however they are turned."""
    if not pictures:
        return []
    first, second = matches(pictures, pictures)
    links = coo_array((np.ones(first.size), (first, second)), shape=(len(pictures), len(pictures)))
    return [int(number) for number in connected_components(links, directed=False)[1]]


def matches(
    pictures: Sequence[Picture], others: Sequence[Picture]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Places of matching pairs of `pictures` and `others`, any turn of the first against the second as it is."""
    upright = np.stack([each.hashes[0] for each in others])
    turned = np.stack([each.hashes for each in pictures])
    first, second = [], []
    for begin in range(0, len(pictures), _BLOCK):
        block = turned[begin : begin + _BLOCK, :, None, :]
        distance = np.bitwise_count(block ^ upright[None, None]).sum(axis=3, dtype=np.int64).min(axis=1)
        a, b = np.nonzero(distance <= SAME)
        first.append(a + begin)
        second.append(b)
    return np.concatenate(first), np.concatenate(second)
