"""Where portraits have their eyes: a hint at computer-made faces, of a group, never of one picture.

One well-known family of face generators (StyleGAN, Karras et al. 2019) learned from photographs that were all cut by
one rule: a square of twice the distance between the eyes, or 1.8 times that from eyes to mouth, to either side of a
point a tenth of the way from the eyes to the mouth. Its faces look straight at the reader with the eyes in the same
two places, and so do the pictures that come from it; Yang, Singh and Menczer (2024) find such profile pictures by that.
Of people's own photographs few are cut like this, but some are, which is why only a share beside that of comparable
accounts says anything.

Looked for are two dark spots of an iris' size, the right one like the left in a mirror. No face is recognised and
nobody is identified. Tests try it on drawn faces and on one photograph in the public domain, cut by the rule and not;
how often it is right about people's photographs was not measured: none are part of this project.
"""

import numpy as np
import numpy.typing as npt
from scipy.ndimage import gaussian_filter

Floats = npt.NDArray[np.float64]

#: The side in pixels at which a picture is looked at.
SIDE = 128
# Of the side: the eyes from the left, and both from the top; how far a spot may be off, and where it is looked for.
_EYES, _HEIGHT, _OFF = (0.38, 0.62), 0.473, 0.035
_WINDOW = (0.06, 0.08)
# The spot's radius and its surroundings, pixels: an iris is 0.045 of the side wide.
_SPOT, _AROUND = 2.0, 4.5
# How much darker than its surroundings a spot is, of the picture's contrast, and how like each other the eyes are.
_DARKER, _ALIKE = 0.15, 0.5
_PATCH = (8, 12)


def eyes_in_place(grey: Floats) -> bool:
    """Whether a picture of SIDE by SIDE pixels, dark to light, has an eye in both places."""
    spread = float(grey.std())
    if not spread:
        return False
    darkness = (gaussian_filter(grey, _AROUND) - gaussian_filter(grey, _SPOT)) / spread
    left, right = (_spot(darkness, across) for across in _EYES)
    if left is None or right is None:
        return False
    one, other = _patch(grey, left), _patch(grey, right)[:, ::-1]
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1]) >= _ALIKE


def _spot(darkness: Floats, across: float) -> tuple[int, int] | None:
    """Row and column of the darkest spot around an eye's place, if it is there and dark enough."""
    down, aside = (round(each * SIDE) for each in _WINDOW)
    row, column = round(_HEIGHT * SIDE), round(across * SIDE)
    window = darkness[row - down : row + down + 1, column - aside : column + aside + 1]
    y, x = np.unravel_index(int(window.argmax()), window.shape)
    if window[y, x] < _DARKER or np.hypot(y - down, x - aside) > _OFF * SIDE:
        return None
    return row - down + int(y), column - aside + int(x)


def _patch(grey: Floats, at: tuple[int, int]) -> Floats:
    (row, column), (down, aside) = at, _PATCH
    return grey[row - down : row + down + 1, column - aside : column + aside + 1]
