"""How a file writes its times, where each by itself does not say it: by the patterns that all of the first fit.

`times` reads each time by its own spelling, and is asked first. Here are the spellings that need a look at many: of
10/1/2017 nobody knows whether it is in January or in October, until one of them is 10/13/2017.
"""

import csv
import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from syncline.sources import times
from syncline.sources.format import Column, Field, Probe
from syncline.sources.plausible import filled, pairs
from syncline.sources.sql import literal

_YEARS = range(1990, 2101)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_UTC = {"Z", "UTC", "GMT"}
_BETWEEN = {"at", "T", *_UTC}
_WORDS = {
    **{**dict.fromkeys("mbB", "month"), **dict.fromkeys("aA", "weekday"), **dict.fromkeys("HI", "hour")},
    **{
        "d": "day",
        "Y": "year",
        "y": "year",
        "M": "minute",
        "S": "second",
        "f": "fraction",
        "p": "AM or PM",
        "z": "zone",
    },
}
_COMPACT = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_PIECE = re.compile(
    r"(?P<clock>\d{1,2}:\d\d)(?P<seconds>:\d\d)?(?P<fraction>\.\d{1,6})?(?P<half>\s?[ap]m\b)?"
    r"|(?P<compact>(?:\d{14}|\d{12}|\d{8})(?!\d))(?P<clock_after>T\d{6}(?!\d))?"
    r"|(?P<year_first>\d{4}(?P<mark>[/.-])\d{1,2}(?P=mark)\d{1,2}(?!\d))"
    r"|(?P<year_last>\d{1,2}(?P<sign>[/.-])\d{1,2}(?P=sign)\d{4}(?!\d))"
    r"|(?P<short_year>\d{1,2}(?P<stroke>[/.-])\d{1,2}(?P=stroke)\d\d(?!\d))"
    r"|(?P<offset>(?:\+|(?<=GMT|UTC)-|(?<![a-z])-)\d\d:?\d\d(?!\d))|(?P<year>\d{4}(?!\d))|(?P<day>\d{1,2}(?!\d))"
    r"|(?P<word>[a-z]+)|(?P<between>(?:[\s,·•]|-(?=[\sa-z])|(?<=[a-z])-)+|\([^()%]*\))",
    re.IGNORECASE,
)
_SIGN = re.compile("%(.)")
_DIGIT = re.compile(r"\d")
# How English dates are spelled otherwise, and plainly: `4th` as Kibana writes it, `Sept` as browsers do in Britain,
# `a.m.` in Canada, `Aug.` in newspapers.
_PLAIN = (
    (r"(\d)(?:st|nd|rd|th)\b", r"\1"),
    (r"\bSept\b\.?", "Sep"),
    (r"\b(Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec)\.", r"\1"),
    (r"\b([ap])\.\s?m\b\.?", r"\1m"),
)
_DATE = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{2,4}")


def moment_in(look: Probe, *names: str, pattern: str | None = None, zone: str = "UTC") -> Field:
    """The times in a column, or in one of days and one of clocks, as integer UTC microseconds.

    They are read by the strptime `pattern`; without, by that of the column, or each by its own spelling. `zone` is
    that of times that name none.
    """
    local = _note_on_the_clock(look, names, zone)
    if pattern is not None:
        return _by(pattern, names, zone, "" if "%z" in pattern else local)
    if len(names) == 1 and _are_serial(filled(look, names[0])):
        note = " ".join(filter(None, (_SERIAL_DAYS.format(look.path, names[0]), local)))
        return Field(names, lambda column: times.serial_time_us(column.sql, column.type, zone), note)
    found = _pattern_of_times(look, *names)
    if found is None:
        return Field(names, lambda *columns: times.time_us(*_joined(columns), zone), local)
    if "%z" in found or not _UTC.isdisjoint(re.findall("[A-Za-z]+", re.sub("%.", " ", found))):
        zone, local = "UTC", ""
    words = re.sub("%(.)", lambda sign: _WORDS[sign.group(1)], found)
    note = " ".join(
        filter(None, (f"{look.path}: the times in {' and '.join(names)} were read as {words}.", local))
    )
    spelled = not {"b", "B", "p"}.isdisjoint(_SIGN.findall(found))
    return _by(found, names, zone, note, plainly=spelled)


_SERIAL_DAYS = "{}: the numbers in {} were read as days since the end of 1899, as spreadsheets count them."
_SERIAL = re.compile(r"[3-7]\d{4}([.,]\d+)?")


def _are_serial(values: Sequence[str]) -> bool:
    """Whether all are days as spreadsheets count them since 1990, most with a part of a day: nothing else counts so."""
    parts = sum(not value.isdecimal() for value in values)
    return 2 * parts > len(values) and all(map(_SERIAL.fullmatch, values))


def _note_on_the_clock(look: Probe, names: tuple[str, ...], zone: str) -> str:
    """What is assumed of the hour that the zone's clock shows twice, and of the one that it leaves out, if it does."""
    clock = ZoneInfo(zone)
    hours = {datetime(year, month, 1, tzinfo=clock).utcoffset() for year in _CLOCK_YEARS for month in (1, 7)}
    if len(hours) == 1:
        return ""
    return _TWICE.format(look.path, " and ".join(names), zone)


# Posts are hardly older; some zones have given up changing their clocks.
_CLOCK_YEARS = range(2004, 2031)
_TWICE = (
    "{}: where {} names no zone, the hour that the clocks of {} show twice a year was taken for the later one, and the "
    "hour that they leave out for the one after it."
)


def said_of_zones(look: Probe, mapped: Field) -> Field:
    """The field of a time, with a note of what an abbreviation in its columns was taken for that several zones bear."""
    named = {name: _shared_abbreviations(filled(look, name)) for name in mapped.columns}
    columns = [name for name, found in named.items() if found]
    if not columns:
        return mapped
    zones = sorted(set().union(*named.values()))
    taken = ", ".join(f"{zone} = UTC{times.ZONE_HOURS[zone]:+g}" for zone in zones)
    note = _ABBREVIATIONS.format(look.path, " and ".join(columns), taken)
    return replace(mapped, note=f"{mapped.note} {note}".lstrip())


def _shared_abbreviations(cells: Sequence[str]) -> set[str]:
    named = {found.group(1) for cell in cells if (found := _ABBREVIATED.fullmatch(cell))}
    return {zone for zone in named if zone in _OTHER_HALF and _OTHER_HALF[zone] not in named}


# Of China and Cuba, of Bangladesh, of Arabia and of the Philippines, too, which do not have the zone's other half.
_OTHER_HALF = {"CST": "CDT", "BST": "GMT", "AST": "ADT", "PST": "PDT"}
_ABBREVIATED = re.compile(r"[\w/. -]*\d\d:\d\d[\d:.]* ([A-Z]{2,5})( \d{4})?")
_ABBREVIATIONS = (
    "{}: the times in {} name their zone by an abbreviation that several bear; it was read as {}. If another is meant, "
    "say [time] format and zone in a file for --mapping."
)


def _by(pattern: str, names: tuple[str, ...], zone: str, note: str, plainly: bool = False) -> Field:
    def render(*columns: Column) -> str:
        cell, _ = _joined(columns)
        return times.formatted_time_us(_sql_plain(cell) if plainly else cell, pattern, zone)

    return Field(names, render, note)


def _plain(value: str) -> str:
    for spelled, plain in _PLAIN:
        value = re.sub(spelled, plain, value, flags=re.IGNORECASE)
    return value


def _sql_plain(cell: str) -> str:
    cell = f"CAST({cell} AS VARCHAR)"
    for spelled, plain in _PLAIN:
        cell = f"regexp_replace({cell}, {literal(spelled)}, {literal(plain)}, 'gi')"
    return cell


def _joined(columns: Sequence[Column]) -> tuple[str, str]:
    """SQL for the column, or for the words of several behind each other, and its type."""
    if len(columns) == 1:
        return columns[0].sql, columns[0].type
    return f"({' || chr(32) || '.join(f'CAST({each.sql} AS VARCHAR)' for each in columns)})", "VARCHAR"


def _pattern_of_times(look: Probe, *names: str) -> str | None:
    """The one strptime pattern that the times in the columns `names` fit; None if there is none, or more than one.

    None also where most times say by themselves how they are written. Of a CSV the rest is read too, as far as it
    takes, if the first rows leave it open.
    """
    written = (
        [" ".join(cells) for cells in pairs(look, *names)] if len(names) == 2 else filled(look, names[0])
    )
    values = [*map(_plain, written)]
    # A cell that is no time at all tells nothing of the others.
    spelled = {value: patterns for value in values if (patterns := _patterns(_DIGIT.sub("0", value)))}
    if 2 * sum(value in spelled for value in values) <= len(values):
        return None
    fitting = {pattern for patterns in spelled.values() for pattern in patterns}
    for value in spelled:
        fitting = _fitting(value, fitting)
    if len(fitting) > 1:
        fitting = next(
            filter(_is_one, (_fitting(value, fitting) for value in _further(look, names))), fitting
        )
    if len(fitting) > 1:
        # Where dates are written with points, the day comes first, but for years of two digits.
        fitting = {pattern for pattern in fitting if "%d.%m.%Y" in pattern}
    return fitting.pop() if fitting else None


def _further(look: Probe, names: tuple[str, ...]) -> Iterator[str]:
    """The cells of the columns in a CSV from its beginning, one for each date."""
    if look.kind != "csv":
        return
    # Loads the engine, which the table of formats does without.
    from syncline.sources.probe import DAMAGE, csv_rows, open_text

    places, seen = [look.header.index(name) for name in names], set()
    with open_text(look) as stream:
        try:
            for row in csv_rows(stream, look.delimiter, look.escape):
                value = " ".join(row[place].strip() for place in places if place < len(row))
                date = _DATE.search(value)
                if date and date.group() not in seen:
                    seen.add(date.group())
                    yield _plain(value)
        # Who reads the file says what is wrong with it.
        except (csv.Error, *DAMAGE):
            return


def _fitting(value: str, patterns: set[str]) -> set[str]:
    return {pattern for pattern in patterns if _fits(value, pattern)}


def _is_one(patterns: set[str]) -> bool:
    return len(patterns) == 1


def _fits(value: str, pattern: str) -> bool:
    try:
        year = datetime.strptime(value, pattern).year
    except ValueError:
        return False
    # Two digits say less: no post is from years to come.
    return year in _YEARS and ("%y" not in pattern or year <= datetime.now(UTC).year)


@functools.lru_cache(maxsize=256)
def _patterns(value: str) -> list[str]:
    """The strptime patterns that `value` may be written in; none where `times` reads it, or it names no day.

    Which digits it has makes no difference.
    """
    patterns, at = [""], 0
    while at < len(value):
        piece = _PIECE.match(value, at)
        parts = _parts(piece) if piece else []
        if piece is None or not parts:
            return []
        # What names a part twice is dropped at once: else a row of numbers would double the patterns with each.
        patterns = [pattern + part for pattern in patterns for part in parts if not _repeats(pattern, part)]
        at = piece.end()
    return [pattern for pattern in patterns if _is_whole(pattern) and not _is_read_by_itself(pattern)]


def _repeats(pattern: str, part: str) -> bool:
    return not set(_SIGN.findall(pattern)).isdisjoint(_SIGN.findall(part))


def _is_whole(pattern: str) -> bool:
    """Whether it has a day, month and year, each part once, and the name of a zone only behind its offset."""
    parts = _SIGN.findall(pattern)
    dated = all(sum(part in kind for part in parts) == 1 for kind in ("d", "mbB", "Yy"))
    return dated and ("(" not in pattern or "z" in parts)


def _is_read_by_itself(pattern: str) -> bool:
    return pattern == times.TWITTER or (pattern.startswith("%Y-") and "%p" not in pattern)


def _parts(piece: re.Match[str]) -> list[str]:
    """What the piece may be in a pattern."""
    found = {name: part for name, part in piece.groupdict().items() if part}
    if "clock" in found:
        return [_clock(found)]
    if "compact" in found:
        return [_COMPACT[len(found["compact"])] + ("T%H%M%S" if "clock_after" in found else "")]
    if "year_first" in found:
        return ["%Y{0}%m{0}%d".format(found["mark"])]
    if "year_last" in found:
        return [order.format(found["sign"]) for order in ("%d{0}%m{0}%Y", "%m{0}%d{0}%Y")]
    if "short_year" in found:
        return [order.format(found["stroke"]) for order in ("%d{0}%m{0}%y", "%m{0}%d{0}%y", "%y{0}%m{0}%d")]
    if "word" in found:
        return _word(found["word"])
    alone = {"offset": ["%z"], "year": ["%Y"], "day": ["%d", "%y"]}
    return next((signs for name, signs in alone.items() if name in found), [piece.group()])


def _clock(found: dict[str, str]) -> str:
    half = found.get("half", "")
    space = half[:1] if half[:1].isspace() else ""
    seconds = ":%S" if "seconds" in found else ""
    fraction = ".%f" if "fraction" in found else ""
    return f"%I:%M{seconds}{fraction}{space}%p" if half else f"%H:%M{seconds}{fraction}"


def _word(word: str) -> list[str]:
    begins = word[:3].capitalize()
    if begins in _MONTHS:
        return ["%b"] if len(word) == 3 else ["%B"]
    if begins in _DAYS:
        return ["%a"] if len(word) == 3 else ["%A"]
    return [word] if word in _BETWEEN else []
