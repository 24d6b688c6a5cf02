"""Which format a file is in, and why."""

import re
from dataclasses import dataclass, replace

from syncline.errors import SynclineError, UsageError
from syncline.schema import TABLES
from syncline.sources.document import EVERY
from syncline.sources.format import Field, Format, Probe
from syncline.sources.formats import formats
from syncline.sources.formats.generic import generic
from syncline.sources.inner_records import longest_list

_SHOWN_COLUMNS, _SHOWN_LETTERS = 40, 80
# A long number, or a time with its clock.
_NO_NAME = re.compile(r"\d{9,}(\.\d+)?|.*\d\D\d{1,2}:\d\d(:\d\d)?\b.{0,20}")


@dataclass(frozen=True)
class Candidate:
    """A format that fits a file, with the reason in words."""

    format: Format
    why: str


def choose(look: Probe, name: str | None = None) -> Candidate:
    """The format of the file, or the one called `name`, cut to the columns that the file has.

    Raises SynclineError if none fits, or if several do and none of them is a special case of the others.
    """
    _refuse_other_tables(look)
    found = _recognised(look) if name is None else _named(look, name)
    if found.format.refused:
        raise SynclineError(f"{look.path}: {found.format.refused}. Leave this file out.")
    fitted = _fitted(found.format, look)
    lack = missing(fitted)
    if lack is not None:
        raise SynclineError(_words_for_missing(look, lack))
    return replace(found, format=fitted)


def _recognised(look: Probe) -> Candidate:
    found = candidates(look)
    has = [_has(each.format, look) or frozenset() for each in found]
    best = [each for each, own in zip(found, has, strict=True) if not any(own < other for other in has)]
    if len(best) > 1:
        listed = "; ".join(f"{each.format.name}: {each.why}" for each in best)
        raise SynclineError(f"{look.path}: could be in several formats ({listed}). Say which with --format.")
    return best[0] if best else Candidate(generic(look), "its columns have usual names")


def candidates(look: Probe) -> list[Candidate]:
    """Every declared format that recognises the file."""
    return [Candidate(each, _why(each, look)) for each in formats() if recognises(each, look)]


def recognises(declared: Format, look: Probe) -> bool:
    """Whether the file has what `declared` asks for."""
    return (
        look.kind in declared.kinds
        and _has(declared, look) is not None
        and not declared.without & look.columns.keys()
        and _passes(declared, look)
    )


def _passes(declared: Format, look: Probe) -> bool:
    try:
        return declared.check is None or declared.check(look)
    except (
        AttributeError,
        KeyError,
        IndexError,
        TypeError,
        ValueError,
    ):  # values of another shape than the format's
        return False


def _has(declared: Format, look: Probe) -> frozenset[str] | None:
    """The first of the sets of columns that `declared` asks for which the file has; None if it has none."""
    return next((each for each in (declared.needs, *declared.also) if each <= look.columns.keys()), None)


def format_names() -> list[str]:
    """What --format takes."""
    return [*(each.name for each in formats()), "generic"]


def _why(declared: Format, look: Probe) -> str:
    return f"it has {', '.join(sorted(_has(declared, look) or declared.needs))}"


def _named(look: Probe, name: str) -> Candidate:
    if name == "generic":
        return Candidate(generic(look), "it was asked for")
    declared = next((each for each in formats() if each.name == name), None)
    if declared is None:
        raise UsageError(f"There is no format '{name}'. Known are: {', '.join(format_names())}.")
    absent = [] if _has(declared, look) is not None else sorted(declared.needs - look.columns.keys())
    if look.kind not in declared.kinds or absent:
        lacks = (
            f"no {', '.join(absent)}" if absent else f"a {look.kind} file, not {' or '.join(declared.kinds)}"
        )
        raise SynclineError(
            f"{look.path}: does not look like {name} ({lacks}). Leave --format out to have it found."
        )
    return Candidate(declared, "it was asked for")


def _fitted(declared: Format, look: Probe) -> Format:
    """`declared` without the fields for which the file has no column at all.

    Of JSON only the first records are known, so there just the lists go that text can stand in for.
    """
    if declared.adapt is not None:
        declared = declared.adapt(declared, look)
    lists = tuple(each for each in declared.lists if each.split(".")[0] in (*look.columns, EVERY))
    if declared.unpack is not None or lists:
        return replace(declared, lists=lists)
    flat = look.kind in ("csv", "parquet")

    def kept(name: str, field: Field) -> bool:
        absent = bool(field.columns) and not any(column in look.columns for column in field.columns)
        return not absent or not (flat or name in ("urls", "hashtags", "mentions"))

    return replace(
        declared,
        lists=(),
        posts={name: field for name, field in declared.posts.items() if kept(name, field)},
        accounts={name: field for name, field in declared.accounts.items() if kept(name, field)},
    )


def missing(chosen: Format) -> str | None:
    """What the file lacks to be read, in words; None if it has all."""
    if chosen.accounts and not chosen.posts:
        return None if "account_id" in chosen.accounts else "says whose profile a row is"
    if "account_id" not in chosen.posts:
        return "says who posted"
    return None if "time_us" in chosen.posts else "says when"


def _words_for_missing(look: Probe, lack: str) -> str:
    if any(map(_NO_NAME.fullmatch, look.header)):
        first = ", ".join(cell[:_SHOWN_LETTERS] for cell in look.header[:4])
        return (
            f"{look.path}: the table has no header: its first row holds {first}. Write the names of the columns above "
            "it, such as post_id,account_id,time,text."
        )
    walked = longest_list(look) if look.kind in ("json", "jsonl") else None
    lists = "lists have" if walked and walked[1] == EVERY else f"list '{walked and walked[1]}' has"
    inside = f"; its {lists}: {_listed(walked[0])}" if walked else ""
    return (
        f"{look.path}: no column was found that {lack}. The file has: {_listed(look)}{inside}. "
        "Say which column is which in a mapping file and give it with --mapping."
    )


def _listed(look: Probe) -> str:
    shown = [name[:_SHOWN_LETTERS] for name in look.columns][:_SHOWN_COLUMNS]
    more = f" and {len(look.columns) - len(shown)} more" if len(look.columns) > len(shown) else ""
    return f"{', '.join(shown) or 'none'}{more}"


def _refuse_other_tables(look: Probe) -> None:
    """Tables of a case are no input, whatever their columns are called."""
    for table, schema in TABLES.items():
        if table not in ("posts", "accounts") and list(look.columns) == schema.names:
            raise SynclineError(
                f"{look.path}: this is the table '{table}' of a case. Give its posts.parquet."
            )
