"""Portraits: pictures that several accounts show as their own, pictures known from elsewhere, and eyes in one place.

Without a folder of picture files, accounts share a portrait if they name the same file. A picture that more than
one in twenty comparable accounts show is taken for the platform's own and left out.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

from syncline import words
from syncline.accounts.concentration import concentrated
from syncline.accounts.findings import ErrorControl, SignTest
from syncline.accounts.groups import Group, beside
from syncline.accounts.pictures import Album, Picture, matches, read_picture, same_pictures

SIGN = "portrait_reuse"
INNOCENT = (
    "one person's several accounts, a campaign's frame or logo that supporters show, a fan's picture of a star, a "
    "portrait that a platform suggests"
)

EYES = "eye_position"
EYES_INNOCENT = (
    "portraits that one photographer or one program cut the same way, as for staff pages, passports and directories; "
    "drawings; people who make a picture of themselves by computer and deceive nobody"
)

_PLATFORMS_OWN = 0.05
_TO_LOOK_AT = 24
_SHARED, _KNOWN = "shared", "known"


def look(
    group: Group, control: ErrorControl, images: Album | None = None, known: Path | None = None
) -> SignTest:
    """Look for shared portraits in `group`.

    `images` are the files that portraits' paths name; `known` is a folder with pictures of known people or from stock.
    """
    given, rows = group.known("avatar_path")
    others = group.known_of_others("avatar_path")
    numbers: dict[str, Any] = {
        "of": len(given),
        "comparison": group.comparison.as_dict(),
        "innocent": INNOCENT,
    }
    why = group.cannot_compare(len(given), len(others), "portraits")
    if why:
        return SignTest(group.network_id, SIGN, [], why, numbers, sufficient=False)
    shown, from_known = _shown([*given, *others], images, known)
    own = _platforms_own(shown[len(given) :])
    features = _features(shown, from_known, own)
    candidates = []
    for found in concentrated(features[: len(given)], features[len(given) :], control.level):
        chosen = [rows[place] for place in found.members]
        showing = [(rows[place], given[place], shown[place]) for place in found.members]
        sheet = _sheet(group, showing, images)
        said = _statement(str(found.feature), len(found.members), len(given), len(sheet))
        statement = f"{said}{beside(found.others, len(others))}."
        more = {"kind": found.feature, "others": found.others, "others_of": len(others), "pictures": sheet}
        candidates.append(group.candidate(found.p, statement, chosen, len(given), more))
    otherwise = (
        f"No portrait of {words.plural(len(given), 'account')} is shared more often than those of "
        f"{words.plural(len(others), 'comparable account')}."
    )
    by = "files" if images else "names of files"
    return SignTest(group.network_id, SIGN, candidates, otherwise, {**numbers, "compared_by": by})


def look_at_eyes(group: Group, control: ErrorControl, images: Album | None = None) -> SignTest:
    """Look whether more portraits of `group` have both eyes where one family of computer-made faces has them.

    A hint, of a group, and never more; the method is in `eyes`. A picture that several accounts show counts once.
    """
    given, rows = _distinct(group.members, images)
    others, _ = _distinct(group.others, images)
    numbers: dict[str, Any] = {
        "of": len(given),
        "comparison": group.comparison.as_dict(),
        "innocent": EYES_INNOCENT,
        "hint": True,
    }
    why = group.cannot_compare(len(given), len(others), "picture files")
    if why:
        return SignTest(group.network_id, EYES, [], why, numbers, sufficient=False)
    features = [{EYES} if picture.eyes_in_place else set() for _, picture in [*given, *others]]
    candidates = []
    for found in concentrated(features[: len(given)], features[len(given) :], control.level):
        chosen = [rows[place] for place in found.members]
        sheet = _sheet(group, [(rows[place], given[place][0], place) for place in found.members], images)
        said = f"{_eyes_statement(len(chosen), len(given))}{beside(found.others, len(others))}."
        more = {"others": found.others, "others_of": len(others), "pictures": sheet}
        candidates.append(group.candidate(found.p, said, chosen, len(given), more))
    otherwise = (
        f"No hint at computer-made faces: {words.plural(len(given), 'portrait')} "
        f"{words.verb(len(given), 'has', 'have')} eyes in one place no more often than those of "
        f"{words.plural(len(others), 'comparable account')}."
    )
    return SignTest(group.network_id, EYES, candidates, otherwise, numbers)


def _distinct(accounts: Any, images: Album | None) -> tuple[list[tuple[str, Picture]], list[int]]:
    """The different pictures that `accounts` show, by name, and the first row that shows each."""
    names = accounts.column("avatar_path").to_pylist()
    pictures = images.pictures(name for name in names if name) if images else {}
    numbers = dict(zip(pictures, same_pictures(list(pictures.values())), strict=True))
    first: dict[int, int] = {}
    for row, name in enumerate(names):
        if name in numbers:
            first.setdefault(numbers[name], row)
    rows = list(first.values())
    return [(names[row], pictures[names[row]]) for row in rows], rows


def _eyes_statement(count: int, of: int) -> str:
    return (
        f"A hint, no more: {words.number(count)} of {words.plural(of, 'portrait')} {words.verb(count, 'has', 'have')} "
        "two like dark spots where one family of computer-made faces (StyleGAN) has its eyes"
    )


def _shown(
    paths: Sequence[str], images: Album | None, known: Path | None
) -> tuple[list[Hashable], list[bool]]:
    """What each path shows, the same for one picture, and whether that is among the known ones."""
    shown: dict[str, Hashable] = {path: path for path in paths}
    from_known: set[str] = set()
    if images is not None:
        pictures = images.pictures(paths)
        numbers = same_pictures(list(pictures.values()))
        shown |= dict(zip(pictures, numbers, strict=True))
        famous = (
            []
            if known is None
            else [read_picture(path) for path in sorted(known.rglob("*")) if path.is_file()]
        )
        hashed = [picture for picture in famous if picture is not None]
        if hashed and pictures:
            names = list(pictures)
            from_known = {names[place] for place in matches(list(pictures.values()), hashed)[0].tolist()}
    return [shown[path] for path in paths], [path in from_known for path in paths]


def _platforms_own(shown_by_others: Sequence[Hashable]) -> set[Hashable]:
    counts = Counter(shown_by_others)
    return {picture for picture, count in counts.items() if count > _PLATFORMS_OWN * len(shown_by_others)}


def _features(
    shown: Sequence[Hashable], from_known: Sequence[bool], own: set[Hashable]
) -> list[set[Hashable]]:
    counts = Counter(shown)
    return [
        {
            *((_SHARED,) if counts[picture] > 1 and picture not in own else ()),
            *((_KNOWN,) if known else ()),
        }
        for picture, known in zip(shown, from_known, strict=True)
    ]


def _sheet(
    group: Group, showing: Sequence[tuple[int, str, Hashable]], images: Album | None
) -> list[dict[str, Any]]:
    """The pictures and the accounts that show each, those shown most first, and the first of them to look at."""
    ids = group.members.column("account_id").to_pylist()
    sheet: dict[Hashable, dict[str, Any]] = {}
    for row, path, picture in showing:
        sheet.setdefault(picture, {"path": path, "accounts": []})["accounts"].append(ids[row])
    ordered = sorted(sheet.values(), key=lambda each: (-len(each["accounts"]), each["path"]))
    if images is not None:
        for each in ordered[:_TO_LOOK_AT]:
            each["thumbnail"] = images.thumbnail(each["path"])
    return ordered


def _statement(kind: str, count: int, of: int, pictures: int) -> str:
    who = f"{words.number(count)} of {words.plural(of, 'account')} with a portrait"
    if kind == _KNOWN:
        return f"{who} {words.verb(count, 'shows', 'show')} a picture that is among the known ones"
    return (
        f"{who} {words.verb(count, 'shows', 'show')} one that another account shows, too "
        f"({words.plural(pictures, 'picture')} in all)"
    )
