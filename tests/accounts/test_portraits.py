"""Portraits: one picture in several accounts, however it was turned or saved again."""

import base64
import io
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
from syncline.accounts.pictures import (
    Album,
    check_pictures,
    read_picture,
    same_pictures,
)
from syncline.errors import SynclineError

Image = pytest.importorskip("PIL.Image", reason="needs the extra images")
pytest.importorskip("pdqhash", reason="needs the extra images")

CONTROL = ErrorControl(0.05)


def picture(seed: int, size: int = 200) -> Any:
    """Blurred patches of colour, unlike those of any other seed."""
    coarse = np.random.default_rng(seed).integers(0, 256, (16, 16, 3), dtype=np.uint8)
    return Image.fromarray(coarse).resize((size, size), Image.Resampling.BICUBIC)


def save(folder: Path, name: str, image: Any, **options: Any) -> str:
    image.save(folder / name, **options)
    return name


def table(paths: list[str | None], prefix: str) -> pa.Table:
    rows = [account(f"{prefix}{number}", avatar_path=path) for number, path in enumerate(paths)]
    return pa.Table.from_pylist(rows, schema=schema.ACCOUNTS)


def looked(
    members: list[str | None],
    others: list[str | None] | None,
    images: Path | None = None,
    known: Path | None = None,
) -> list[Row]:
    controls = None if others is None else table(others, "o")
    album = None if images is None else Album(images)
    return judged([portraits.look(of_list(table(members, "m"), controls), CONTROL, album, known)], CONTROL)


def test_one_picture_turned_mirrored_resized_and_compressed_is_one(tmp_path: Path) -> None:
    image = picture(1)
    names = [
        save(tmp_path, "a.png", image),
        save(tmp_path, "b.png", image.rotate(90)),
        save(tmp_path, "c.png", image.transpose(Image.Transpose.FLIP_LEFT_RIGHT)),
        save(tmp_path, "d.jpg", image.resize((160, 160)), quality=60),
        save(tmp_path, "e.png", image.rotate(180).transpose(Image.Transpose.FLIP_TOP_BOTTOM)),
    ]
    others = [save(tmp_path, f"o{seed}.png", picture(seed)) for seed in range(2, 32)]
    numbers = same_pictures(list(Album(tmp_path).pictures(names + others).values()))
    assert len(set(numbers[:5])) == 1
    assert len(set(numbers)) == 31


def test_plain_pictures_and_broken_files_are_not_trusted(tmp_path: Path) -> None:
    save(tmp_path, "plain.png", Image.new("RGB", (100, 100), (0, 128, 255)))
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnot really")
    (tmp_path / "words.jpg").write_text("words")
    assert [read_picture(tmp_path / name) for name in ("plain.png", "broken.png", "words.jpg")] == [None] * 3
    assert same_pictures([]) == []


def test_files_outside_the_folder_are_not_opened(tmp_path: Path) -> None:
    inside = tmp_path / "images"
    inside.mkdir()
    save(tmp_path, "secret.png", picture(1))
    (inside / "link.png").symlink_to(tmp_path / "secret.png")
    names = ["../secret.png", str(tmp_path / "secret.png"), "link.png", "missing.png", "nul\0.png", "."]
    assert Album(inside).pictures(names) == {}


def test_shared_portraits_by_file(tmp_path: Path) -> None:
    members: list[str | None] = [
        save(tmp_path, f"m{n}.png", picture(n % 3 if n < 9 else n).rotate(90 * (n % 4))) for n in range(20)
    ]
    others: list[str | None] = [save(tmp_path, f"o{n}.png", picture(100 + n)) for n in range(40)]
    (row,) = looked(members, others, images=tmp_path)
    assert row["statement"] == (
        "9 of 20 accounts with a portrait show one that another account shows, too (3 pictures in all); "
        "of 40 comparable accounts, none does."
    )
    assert row["account_ids"] == [f"m{number}" for number in range(9)]
    sheet = json.loads(row["numbers"])["pictures"]
    assert [each["accounts"] for each in sheet] == [
        ["m0", "m3", "m6"],
        ["m1", "m4", "m7"],
        ["m2", "m5", "m8"],
    ]
    # By the names of the files alone, none is shared.
    assert [each["applies"] for each in looked(members, others)] == [False]


def test_shared_portraits_by_name() -> None:
    members: list[str | None] = [
        f"p/{number % 4}.png" if number < 12 else f"p/m{number}" for number in range(20)
    ]
    (row,) = looked(members, [f"p/o{number}.png" for number in range(100)])
    assert row["applies"]
    assert len(row["account_ids"]) == 12
    assert json.loads(row["numbers"])["compared_by"] == "names of files"


def test_the_platforms_own_picture_is_no_shared_portrait() -> None:
    members: list[str | None] = ["default.png"] * 15 + [f"m{number}" for number in range(5)]
    others: list[str | None] = ["default.png" if number % 4 == 0 else f"o{number}" for number in range(100)]
    (row,) = looked(members, others)
    assert (row["applies"], row["statement"]) == (
        False,
        "No portrait of 20 accounts is shared more often than those of 100 comparable accounts.",
    )


def test_known_pictures(tmp_path: Path) -> None:
    images, known = tmp_path / "images", tmp_path / "known"
    images.mkdir()
    (known / "stock").mkdir(parents=True)
    for number in range(6):
        save(known / "stock", f"{number}.png", picture(number))
    (known / "notes.txt").write_text("where they are from")
    members: list[str | None] = [save(images, f"m{n}.jpg", picture(n).rotate(180)) for n in range(10)]
    others: list[str | None] = [save(images, f"o{n}.png", picture(50 + n)) for n in range(40)]
    (row,) = looked(members, others, images=images, known=known)
    assert row["statement"] == (
        "6 of 10 accounts with a portrait show a picture that is among the known ones; of 40 comparable accounts, "
        "none does."
    )


@pytest.mark.parametrize(
    ("members", "others", "said"),
    [
        ([], None, "Insufficient data: portraits are known of 0 of 0 accounts, where 5 are needed."),
        (["a", None], [], "Insufficient data: portraits are known of 1 of 2 accounts, where 5 are needed."),
        (
            ["a"] * 6,
            [],
            "Insufficient data: portraits are known of 0 comparable accounts, where 30 are needed.",
        ),
        (["a"] * 6, None, "Insufficient data: no other accounts were given to compare portraits with."),
    ],
)
def test_what_is_said_without_enough(
    members: list[str | None], others: list[str | None] | None, said: str
) -> None:
    (row,) = looked(members, others)
    assert (row["applies"], row["statement"]) == (False, said)


def test_what_is_shown_of_a_picture_is_small_and_drawn_anew(tmp_path: Path) -> None:
    inside = tmp_path / "images"
    inside.mkdir()
    save(inside, "a.jpg", picture(1), comment=b"<script>", exif=b"Exif\0\0secret")
    save(tmp_path, "outside.png", picture(2))
    (inside / "words.png").write_text("words")
    shown = Album(inside).thumbnail("a.jpg")
    assert shown is not None
    drawn = base64.b64decode(shown.removeprefix("data:image/jpeg;base64,"))
    assert Image.open(io.BytesIO(drawn)).size == (64, 64)
    assert b"secret" not in drawn
    assert b"script" not in drawn
    assert [Album(inside).thumbnail(name) for name in ("../outside.png", "words.png", "missing.png")] == [
        None
    ] * 3


def test_a_sheet_has_pictures_to_look_at_only_where_there_are_files(tmp_path: Path) -> None:
    names = [save(tmp_path, f"{n}.png", picture(1).rotate(90 * (n % 4))) for n in range(8)]
    others = [save(tmp_path, f"o{seed}.png", picture(seed)) for seed in range(2, 42)]
    (row,) = looked(names, others, images=tmp_path)
    (shown,) = json.loads(row["numbers"])["pictures"]
    assert shown["thumbnail"].startswith("data:image/jpeg;base64,")
    (row,) = looked(["one.png"] * 8, [f"{n}.png" for n in range(40)])
    assert "thumbnail" not in json.loads(row["numbers"])["pictures"][0]


def test_a_folder_that_is_none_is_said_before_a_scan(tmp_path: Path) -> None:
    check_pictures(None, tmp_path)
    with pytest.raises(SynclineError, match="not a folder"):
        check_pictures(tmp_path / "nowhere")
