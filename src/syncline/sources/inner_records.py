"""Where the records stand in JSON values that are none themselves: in lists, or under keys that are their ids."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from syncline.sources.document import EVERY, is_id, paths_of, records
from syncline.sources.format import Probe, Record

# Of each list.
_LOOKED_AT = 2_000
# Wrappers such as `response` and `data` around the list of records.
_DEEPEST = 3
# No record holds so many objects of one shape under names of its own.
_MANY = 10
# The last of a file of which the beginning is looked at may be cut, and some lack what others have.
_MOSTLY = 0.8


def longest_list(look: Probe) -> tuple[Probe, str] | None:
    """The longest list of records inside of the file's own values, as a look, and its path; None if they have none."""
    return next(((inside, path) for path, inside in inner_lists(look).items()), None)


def inner_lists(look: Probe) -> dict[str, Probe]:
    """The lists of records inside of the file's own values, which may be its only one or pages: path to look.

    The longest comes first.
    """
    found: dict[str, list[Record]] = {}
    for value in look.sample:
        for path, held in _lists(value).items():
            found.setdefault(path, []).extend(held)
    longest_first = sorted(found, key=lambda path: -len(found[path]))
    return {path: _look_at(look, tuple(found[path][:_LOOKED_AT])) for path in longest_first}


def _look_at(look: Probe, held: tuple[Record, ...]) -> Probe:
    return replace(look, columns=paths_of(held), sample=held, document=False)


def _lists(value: Record, above: str = "") -> dict[str, list[Record]]:
    """The lists of objects in the value and in the objects of which it consists."""
    lists = {key: objects for key, inner in value.items() if (objects := _objects(inner))}
    if len(lists) > 1 and not _has_objects(value) and _are_of_one_shape([*chain(*lists.values())]):
        held = [each for each in records(value, (EVERY,)) if isinstance(each, dict)]
        # Some of each list, as they may count their records each by itself.
        return {above + EVERY: held[:: len(held) // _LOOKED_AT + 1]}
    keyed = {
        f"{key}.{EVERY}": [*records(inner, (EVERY,))]
        for key, inner in value.items()
        if isinstance(inner, dict) and is_keyed(inner)
    }
    found = {above + path: held for path, held in (lists | keyed).items()}
    if above.count(".") >= _DEEPEST:
        return found
    deeper = (
        _lists(inner, f"{above}{key}.").items()
        for key, inner in value.items()
        if isinstance(inner, dict) and f"{key}.{EVERY}" not in keyed
    )
    return {**found, **dict(chain.from_iterable(deeper))}


def _objects(value: Any) -> list[Record]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _has_objects(value: Record) -> bool:
    return any(isinstance(inner, dict) for inner in value.values())


def is_keyed(value: Record) -> bool:
    """Whether the object consists of objects of one shape, under keys that are numbers or ids and no names."""
    keys = [key for key, inner in value.items() if isinstance(inner, dict)]
    others = [key for key, inner in value.items() if not isinstance(inner, dict) and not is_id(key)]
    # A count may stand beside them; who posted and when does not.
    if not keys or len(others) > 1 or any(isinstance(inner, list) for inner in value.values()):
        return False
    return (len(keys) >= _MANY or all(map(is_id, keys))) and _are_of_one_shape([value[key] for key in keys])


def _are_of_one_shape(held: Sequence[Record]) -> bool:
    """Whether most have most of the names that most have."""
    counted = Counter(chain.from_iterable(held))
    usual = {name for name, count in counted.items() if count >= _MOSTLY * len(held)}
    alike = sum(2 * len(usual & record.keys()) > len(usual) for record in held)
    return len(usual) > 1 and alike >= _MOSTLY * len(held)
