"""Eyes where one family of computer-made faces has them: a hint, of a group, on faces that are drawn here."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from account_tables import account

from syncline import schema
from syncline.accounts import portraits
from syncline.accounts.findings import ErrorControl, Row, judged
from syncline.accounts.groups import of_list
from syncline.accounts.pictures import Album

Image = pytest.importorskip("PIL.Image", reason="needs the extra images")
ImageDraw = pytest.importorskip("PIL.ImageDraw", reason="needs the extra images")
pytest.importorskip("pdqhash", reason="needs the extra images")

CONTROL = ErrorControl(0.05)
SKINS = ((236, 200, 175), (198, 150, 120), (140, 95, 70), (90, 60, 45), (250, 220, 200))
IRISES = ((70, 45, 25), (60, 90, 130), (80, 110, 70), (40, 28, 20))
SIDE = 144


def drawn(seed: int, eyes: tuple[float, float] = (0.38, 0.62), height: float = 0.473) -> Any:
    """A face of ellipses with its eyes there (shares of the side), all else by chance; no two are alike."""
    chance = np.random.default_rng(seed)
    side = 2 * SIDE
    skin = np.array(SKINS[chance.integers(len(SKINS))])
    face = Image.new("RGB", (side, side), tuple(chance.integers(20, 235, 3).tolist()))
    pen = ImageDraw.Draw(face)

    def blot(x: float, y: float, wide: float, high: float, colour: Any) -> None:
        pen.ellipse((x - wide, y - high, x + wide, y + high), fill=tuple(int(each) for each in colour))

    for _ in range(chance.integers(0, 8)):
        radius = chance.uniform(0.03, 0.25) * side
        blot(*chance.uniform(0, side, 2), radius, radius, chance.integers(0, 255, 3))
    left, right = ((each + chance.normal(0, 0.008)) * side for each in eyes)
    y, middle, apart = (height + chance.normal(0, 0.008)) * side, (left + right) / 2, right - left
    hair = chance.integers(10, 170, 3)
    blot(middle, y - 0.1 * apart, 1.25 * apart, 1.7 * apart, hair)
    blot(middle, y + 0.3 * apart, apart, 1.55 * apart, skin)
    iris, gaze = IRISES[chance.integers(len(IRISES))], chance.normal(0, 0.03) * apart
    for x in (left, right):
        blot(x, y, 0.26 * apart, 0.14 * apart, skin * 0.88)
        blot(x, y, 0.24 * apart, 0.09 * apart, (235, 232, 228))
        blot(x + gaze, y, 0.09 * apart, 0.09 * apart, iris)
        blot(x + gaze, y, 0.04 * apart, 0.04 * apart, (10, 10, 10))
        blot(x, y - 0.36 * apart, 0.28 * apart, 0.04 * apart, hair)
    blot(middle, y + 1.1 * apart, 0.4 * apart, 0.1 * apart, skin * (0.85, 0.5, 0.5))
    light = 1 + chance.normal(0, 0.15) * np.linspace(-1, 1, SIDE)[None, :, None]
    pixels = np.asarray(face.resize((SIDE, SIDE)), np.float64) * light + chance.normal(0, 6, (SIDE, SIDE, 3))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def anywhere(seed: int) -> Any:
    """A face as people cut their own pictures."""
    chance = np.random.default_rng(seed + 10**6)
    middle, half = 0.5 + chance.normal(0, 0.08), chance.uniform(0.08, 0.2)
    return drawn(seed, (middle - half, middle + half), 0.42 + chance.normal(0, 0.08))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """100 faces with the eyes anywhere, 50 with the eyes in place, 50 pictures of patches, and two more."""
    folder = tmp_path_factory.mktemp("faces")
    for number in range(100):
        anywhere(1000 + number).save(folder / f"any{number}.png")
    for number in range(50):
        drawn(number).save(folder / f"in{number}.png")
        noise = np.random.default_rng(number).integers(0, 256, (16, 16, 3), dtype=np.uint8)
        Image.fromarray(noise).resize((SIDE, SIDE), Image.Resampling.BICUBIC).save(folder / f"no{number}.png")
    drawn(1).resize((200, 144)).save(folder / "wide.png")
    drawn(1).resize((40, 40)).save(folder / "small.png")
    return folder


@pytest.fixture(scope="module")
def album(folder: Path) -> Album:
    return Album(folder)


def share(album: Album, prefix: str) -> float:
    pictures = album.pictures(f"{prefix}{number}.png" for number in range(100))
    return float(np.mean([picture.eyes_in_place for picture in pictures.values()]))


def test_eyes_are_found_where_they_are_and_seldom_elsewhere(album: Album) -> None:
    assert share(album, "in") > 0.8
    assert share(album, "any") < 0.08
    assert share(album, "no") < 0.03


def test_other_shapes_and_very_small_pictures_have_none(album: Album) -> None:
    read = album.pictures(["in1.png", "wide.png", "small.png"])
    assert {name: picture.eyes_in_place for name, picture in read.items()} == {
        "in1.png": True, "wide.png": False, "small.png": False,
    }  # fmt: skip


def looked(album: Album | None, members: list[str], others: list[str]) -> Row:
    def table(paths: list[str], prefix: str) -> pa.Table:
        rows = [account(f"{prefix}{number}", avatar_path=path) for number, path in enumerate(paths)]
        return pa.Table.from_pylist(rows, schema=schema.ACCOUNTS)

    group = of_list(table(members, "m"), table(others, "o"))
    (row,) = judged([portraits.look_at_eyes(group, CONTROL, album)], CONTROL)
    return row


def names(prefix: str, first: int, last: int) -> list[str]:
    return [f"{prefix}{number}.png" for number in range(first, last)]


def test_a_group_of_such_faces_gets_a_hint_with_its_base_rate(album: Album) -> None:
    row = looked(album, names("in", 0, 15) + names("any", 0, 5), names("any", 5, 95) + names("in", 15, 25))
    numbers = json.loads(row["numbers"])
    assert row["statement"] == (
        f"A hint, no more: {numbers['accounts']} of 20 portraits have two like dark spots where one family of "
        f"computer-made faces (StyleGAN) has its eyes; of 100 comparable accounts, {numbers['others']} "
        f"do ({numbers['others']}%)."
    )
    assert (row["sign"], row["applies"], numbers["hint"]) == ("eye_position", True, True)
    assert numbers["accounts"] >= 10
    assert 5 <= numbers["others"] <= 15
    assert set(row["account_ids"]) <= {f"m{number}" for number in range(20)}
    assert numbers["p_bound"] <= CONTROL.level


def test_one_picture_of_many_accounts_counts_once(album: Album) -> None:
    row = looked(album, names("in", 0, 1) * 15 + names("any", 0, 10), names("any", 10, 100))
    assert not row["applies"]
    assert json.loads(row["numbers"])["of"] == 11


def test_without_files_nothing_is_said(album: Album) -> None:
    said = "Insufficient data: picture files are known of 0 of 20 accounts, where 5 are needed."
    assert looked(None, names("in", 0, 20), names("any", 0, 40))["statement"] == said
    assert looked(album, names("gone", 0, 20), names("any", 0, 40))["statement"] == said


def test_the_hint_is_seldom_given_of_people(album: Album) -> None:
    """200 groups of 20 drawn from one pool, in which some have the eyes in place as some people do."""
    pool = np.array(names("any", 0, 100) + names("in", 0, 20))
    given = 0
    for seed in range(200):
        mixed = np.random.default_rng(seed).permutation(pool).tolist()
        given += looked(album, mixed[:20], mixed[20:])["applies"]
    assert given <= 5
