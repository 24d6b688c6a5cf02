"""Portraits: pictures that several accounts show as their own, and pictures that are known from elsewhere.

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
from syncline.accounts.pictures import matches, read_picture, read_pictures, same_pictures, thumbnail

SIGN = "portrait_reuse"
INNOCENT = (
    "one person's several accounts, a campaign's frame or logo that supporters show, a fan's picture of a star, a "
    "portrait that a platform suggests"
)

_PLATFORMS_OWN = 0.05
_TO_LOOK_AT = 24
_SHARED, _KNOWN = "shared", "known"


def look(
    group: Group, control: ErrorControl, images: Path | None = None, known: Path | None = None
) -> SignTest:
    """Look for shared portraits in `group`.

    `images` is the folder that portraits' paths are in; `known` one with pictures of known people or from stock.
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


def _shown(
    paths: Sequence[str], images: Path | None, known: Path | None
) -> tuple[list[Hashable], list[bool]]:
    """What each path shows, the same for one picture, and whether that is among the known ones."""
    shown: dict[str, Hashable] = {path: path for path in paths}
    from_known: set[str] = set()
    if images is not None:
        pictures = read_pictures(images, paths)
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
    group: Group, showing: Sequence[tuple[int, str, Hashable]], images: Path | None
) -> list[dict[str, Any]]:
    """The pictures and the accounts that show each, those shown most first, and the first of them to look at."""
    ids = group.members.column("account_id").to_pylist()
    sheet: dict[Hashable, dict[str, Any]] = {}
    for row, path, picture in showing:
        sheet.setdefault(picture, {"path": path, "accounts": []})["accounts"].append(ids[row])
    ordered = sorted(sheet.values(), key=lambda each: (-len(each["accounts"]), each["path"]))
    if images is not None:
        for each in ordered[:_TO_LOOK_AT]:
            each["thumbnail"] = thumbnail(images, each["path"])
    return ordered


def _statement(kind: str, count: int, of: int, pictures: int) -> str:
    who = f"{words.number(count)} of {words.plural(of, 'account')} with a portrait"
    if kind == _KNOWN:
        return f"{who} {words.verb(count, 'shows', 'show')} a picture that is among the known ones"
    return (
        f"{who} {words.verb(count, 'shows', 'show')} one that another account shows, too "
        f"({words.plural(pictures, 'picture')} in all)"
    )
