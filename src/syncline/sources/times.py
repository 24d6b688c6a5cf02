"""Times of every common kind as integer UTC microseconds since 1970, in SQL.

Understood in text: ISO 8601 with or without a zone, also with a zone's abbreviation (`10:00:00 EST`),
dates, unix seconds, milliseconds, microseconds and nanoseconds, Twitter's
`Wed Aug 27 13:08:45 +0000 2008`, and the same with an abbreviation, as Java writes it. A time without a zone
is UTC unless the mapping file names one. `in_range` turns what lies outside 1990 to 2100 into NULL: no
platform is older, and 1969 or 2262 is a missing or an overflown number, not an early post.
"""

import re

from syncline.sources.sql import literal

FIRST_US = 631_152_000_000_000  # 1990-01-01
LAST_US = 4_133_980_800_000_000  # 2101-01-01, excluded

# Hours from UTC. An abbreviation is itself, on whatever day: 10:00 EST in July is 15:00 UTC. The engine would take
# PST in July for summer time and BST for Bangladesh. IST is missing: India, Ireland and Israel use it.
ZONE_HOURS = {
    **{"UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3},
    **{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "HST": -10},
    **{"AKST": -9, "AKDT": -8, "AST": -4, "ADT": -3, "NST": -3.5, "NDT": -2.5, "WAT": 1, "CAT": 2, "SAST": 2},
    **{"EAT": 3, "IDT": 3, "PKT": 5, "WIB": 7, "WITA": 8, "WIT": 9, "HKT": 8, "JST": 9, "KST": 9, "AWST": 8},
    **{"ACST": 9.5, "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13},
}

# What spreadsheets count 1970-01-01 as, in days.
_SERIAL_1970 = 25_569

#: As the platform itself writes them.
TWITTER = "%a %b %d %H:%M:%S %z %Y"


def time_us(sql: str, type_name: str, zone: str = "UTC") -> str:
    """UTC microseconds of `sql`, whose DuckDB type is `type_name`; NULL where it is not a time.

    `zone` is the zone of times that name none.
    """
    if type_name == "VARCHAR":
        return _from_text(sql, zone)
    if type_name == "DATE":
        return _local(f"CAST({sql} AS TIMESTAMP)", zone)
    if type_name.startswith("TIMESTAMP WITH"):
        return f"epoch_us({sql})"
    if type_name.startswith("TIMESTAMP"):
        return _local(f"CAST({sql} AS TIMESTAMP)", zone)
    return _from_number(sql if type_name in ("DOUBLE", "FLOAT") else f"TRY_CAST({sql} AS BIGINT)")


def formatted_time_us(sql: str, pattern: str, zone: str = "UTC") -> str:
    """UTC microseconds of `sql` read by the strptime `pattern`; local time of `zone` unless that has a %z.

    The name of a month may be short or whole, since of a file that begins in May nobody knows which it writes.
    """
    patterns = ", ".join(
        literal(each)
        for each in dict.fromkeys((pattern, re.sub("%[bB]", "%b", pattern), re.sub("%[bB]", "%B", pattern)))
    )
    parsed = f"try_strptime(CAST({sql} AS VARCHAR), [{patterns}])"
    return f"epoch_us({parsed})" if "%z" in pattern else _local(parsed, zone)


def serial_time_us(sql: str, type_name: str, zone: str = "UTC") -> str:
    """UTC microseconds of `sql`, days since the end of 1899 as spreadsheets count them, to the whole second.

    They show no more of a day than five digits, which is a second.
    """
    cell = sql if type_name != "VARCHAR" else f"replace({sql}, ',', '.')"
    seconds = f"CAST(round((TRY_CAST({cell} AS DOUBLE) - {_SERIAL_1970}) * 86400) AS BIGINT)"
    return _local(f"make_timestamp({seconds} * 1000000)", zone)


def in_range(microseconds: str) -> str:
    """`microseconds` (a column), or NULL outside 1990 to 2100."""
    return f"CASE WHEN {microseconds} >= {FIRST_US} AND {microseconds} < {LAST_US} THEN {microseconds} END"


def _local(timestamp: str, zone: str) -> str:
    return f"epoch_us({timestamp})" if zone == "UTC" else f"epoch_us(timezone({literal(zone)}, {timestamp}))"


def _from_text(sql: str, zone: str) -> str:
    # A plain cast to TIMESTAMP would drop a zone in silence, so it is for times that name none or Z.
    # The commonest spellings come first: they need no regular expression.
    plain = f"TRY_CAST({sql} AS TIMESTAMP)"
    utc = f"{sql} LIKE '____-__-__T__:__:__.___Z' OR {sql} LIKE '____-__-__T__:__:__Z'"
    naive = f"{sql} LIKE '____-__-_____:__:__' OR regexp_full_match({sql}, '[0-9-]+([T ][0-9:.]*)?')"
    return (
        f"CASE WHEN {utc} THEN epoch_us({plain})"
        f" WHEN {sql} LIKE '____-%' THEN CASE WHEN {naive} THEN {_local(plain, zone)}"
        f" WHEN regexp_full_match({sql}, '[0-9-]+ [0-9:.]+ [A-Z]+') THEN {_from_abbreviated(sql)}"
        f" ELSE epoch_us(TRY_CAST({_zone_moved_up(sql)} AS TIMESTAMP WITH TIME ZONE)) END"
        f" WHEN {sql} LIKE '___ ___ %' THEN COALESCE(epoch_us(try_strptime({sql}, '{TWITTER}')), {_from_java(sql)})"
        f" ELSE {_from_digits(sql)} END"
    )


def _from_abbreviated(sql: str) -> str:
    local = f"TRY_CAST(split_part({sql}, ' ', 1) || ' ' || split_part({sql}, ' ', 2) AS TIMESTAMP)"
    return _moved(local, f"split_part({sql}, ' ', 3)")


def _from_java(sql: str) -> str:
    """`Wed Aug 27 15:08:45 CEST 2008`, as Java writes times."""
    without_zone = r"'^(\w{3} \w{3} \d\d [\d:]+) [A-Z]+ (\d{4})$', '\1 \2'"
    local = f"try_strptime(regexp_replace({sql}, {without_zone}), '%a %b %d %H:%M:%S %Y')"
    return _moved(local, f"split_part({sql}, ' ', 5)")


def _moved(local: str, zone: str) -> str:
    """The local time of the zone with that abbreviation; NULL if it is not known."""
    zones = ", ".join(f"'{zone}'" for zone in ZONE_HOURS)
    hours = f"{list(ZONE_HOURS.values())}[list_position([{zones}], {zone})]"
    return f"epoch_us({local}) - CAST(3600000000 * {hours} AS BIGINT)"


def _zone_moved_up(sql: str) -> str:
    """The engine takes no space before an offset."""
    return f"replace(replace({sql}, ' +', '+'), ' -', '-')"


# The years 1990 to 2100 have 9 or 10 digits in seconds, 12 or 13 in milliseconds and so on: the ranges
# of the units do not overlap.


def _from_number(sql: str) -> str:
    return (
        f"CASE WHEN {sql} < 0 THEN NULL WHEN {sql} < 100000000000 THEN TRY_CAST({sql} * 1000000 AS BIGINT)"
        f" WHEN {sql} < 100000000000000 THEN TRY_CAST({sql} * 1000 AS BIGINT)"
        f" WHEN {sql} < 100000000000000000 THEN TRY_CAST({sql} AS BIGINT)"
        f" ELSE TRY_CAST({sql} / 1000 AS BIGINT) END"
    )


def _from_digits(sql: str) -> str:
    # Text stays exact: a double cannot hold the microseconds of a time in seconds. A time in scientific
    # notation has lost its end, so it is none.
    whole, exact = f"TRY_CAST({sql} AS BIGINT)", f"TRY_CAST({sql} AS DECIMAL(38, 6))"
    return (
        f"CASE WHEN strlen({sql}) = 10 THEN {whole} * 1000000"
        f" WHEN strlen({sql}) = 13 AND NOT contains({sql}, '.') THEN {whole} * 1000"
        rf" WHEN regexp_full_match({sql}, '\s*\d+(\.\d+)?\s*') THEN {_from_number(exact)} END"
    )
