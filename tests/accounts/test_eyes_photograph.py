"""The hint on a photograph: one in the public domain, of NASA, that scikit-image carries, cut here by the rule and not.

The rule is that by which the pictures were cut that StyleGAN learned from (Karras et al. 2019, FFHQ).
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from syncline.accounts.pictures import Album

Image = pytest.importorskip("PIL.Image", reason="needs the extra images")
pytest.importorskip("pdqhash", reason="needs the extra images")
data = pytest.importorskip("skimage.data", reason="needs scikit-image for a photograph")

# Where the pupils and the middle of the mouth's corners are in the photograph, pixels, as seen by eye.
LEFT, RIGHT, MOUTH = np.array([203.6, 101.0]), np.array([246.0, 103.0]), np.array([224.4, 140.2])


@pytest.fixture(scope="module")
def photograph() -> Any:
    return Image.fromarray(data.astronaut())


def cut(
    photograph: Any,
    side: int = 256,
    scale: float = 1.0,
    shift: tuple[float, float] = (0.0, 0.0),
    turn: float = 0.0,
) -> Any:
    """The square of the rule; or one larger by `scale`, moved by shares of its side, turned by degrees."""
    eyes, across = (LEFT + RIGHT) / 2, RIGHT - LEFT
    down = MOUTH - eyes
    half = across + np.array([down[1], -down[0]])
    half *= max(2.0 * np.hypot(*across), 1.8 * np.hypot(*down)) / np.hypot(*half) * scale
    angle = np.radians(turn)
    half = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ half
    other = np.array([-half[1], half[0]])
    middle = eyes + 0.1 * down + np.array(shift) * 2 * np.hypot(*half)
    corners = (middle - half - other, middle - half + other, middle + half + other, middle + half - other)
    return photograph.transform(
        (side, side), Image.Transform.QUAD, np.concatenate(corners).tolist(), Image.Resampling.BILINEAR
    )


def seen(folder: Path, *pictures: Any, quality: int | None = None) -> list[bool]:
    """Whether the eyes are in place in each picture, read from a file as portraits are."""
    names = [f"{number}.{'png' if quality is None else 'jpg'}" for number in range(len(pictures))]
    for name, picture in zip(names, pictures, strict=True):
        picture.save(folder / name, **({} if quality is None else {"quality": quality}))
    read = Album(folder).pictures(names)
    return [read[name].eyes_in_place for name in names]


@pytest.mark.parametrize("quality", [None, 90, 60, 40])
def test_cut_by_the_rule_the_eyes_are_seen_at_any_size_and_compression(
    photograph: Any, tmp_path: Path, quality: int | None
) -> None:
    pictures = [cut(photograph, side) for side in (64, 73, 100, 128, 200, 400)]
    assert all(seen(tmp_path, *pictures, quality=quality))


def test_also_in_a_mirror_and_without_colours(photograph: Any, tmp_path: Path) -> None:
    picture = cut(photograph)
    assert all(seen(tmp_path, picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), picture.convert("L")))


def test_cut_otherwise_they_are_not(photograph: Any, tmp_path: Path) -> None:
    moved = [cut(photograph, shift=(0.06 * x, 0.06 * y)) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]
    nearer = [cut(photograph, scale=scale) for scale in (0.6, 0.7, 0.8)]
    turned = [cut(photograph, turn=turn) for turn in (-25, -20, 20, 25)]
    whole = photograph.resize((256, 256))
    assert not any(seen(tmp_path, *moved, *nearer, *turned, whole))


def test_cut_as_people_do_they_seldom_are(photograph: Any, tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    pictures = [
        cut(photograph, 128, chance.uniform(0.75, 2.2), tuple(chance.normal(0, 0.1, 2)), chance.normal(0, 5))
        for _ in range(200)
    ]
    assert np.mean(seen(tmp_path, *pictures)) <= 0.05
