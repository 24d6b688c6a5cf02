"""Numbers, dates, lags and evidence in English, right for 0, 1, 2 and many.

Every sentence with a number that Syncline writes, in the report or the terminal, is put together
from these. Times are UTC microseconds since 1970 and are always shown in UTC.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR
_UNITS = ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute"), (_SECOND, "second"), (1_000, "millisecond"))
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_OUTSIDE_CALENDAR = "a time outside the calendar"

#: What an account did, by behaviour, as in "2 of 40 accounts reposted this".
ACTED = {
    "repost": "reposted this",
    "url": "shared this URL",
    "hashtag": "used this hashtag",
    "hashtag_sequence": "used these hashtags in this order",
    "text": "posted this text",
    "reply": "replied to this post",
    "mention": "mentioned this account",
    "media": "posted this picture",
}

#: What came of an innocent explanation that was checked; None: the log does not tell.
APPLIES = {True: "applies", False: "does not apply", None: "not known"}

#: What a custom is about, before its name.
CUSTOMS = {
    "repost": "reposts of the post",
    "url": "the address",
    "hashtag": "the hashtag",
    "hashtag_sequence": "the hashtags",
    "text": "the text",
    "reply": "replies to the post",
    "mention": "mentions of",
    "media": "the picture",
}

#: The behaviours as nouns, as in "found by reposts and URLs".
BEHAVIOUR_NOUNS = {
    "repost": "reposts",
    "url": "URLs",
    "hashtag": "hashtags",
    "hashtag_sequence": "hashtag sequences",
    "text": "texts",
    "reply": "replies",
    "mention": "mentions",
    "media": "pictures",
}


def number(value: float, digits: int = 2) -> str:
    """`4043` -> "4,043"; fractions keep `digits` significant digits: `0.00412` -> "0.0041"."""
    if value == int(value):
        return f"{int(value):,}"
    if abs(value) >= 10 ** (digits - 1):
        return f"{value:,.{1 if abs(value) < 100 else 0}f}"
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    if decimals > 8:
        return f"less than {10.0**-8:.8f}" if value > 0 else f"{value:.1e}"
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plural(count: float, singular: str, plural_form: str | None = None) -> str:
    """`plural(1, "account")` -> "1 account"; `plural(0, "reply", "replies")` -> "0 replies"."""
    return f"{number(count)} {noun(count, singular, plural_form)}"


def noun(count: float, singular: str, plural_form: str | None = None) -> str:
    """The noun alone, in the form that `count` asks for."""
    return singular if count == 1 else (plural_form or singular + "s")


def verb(count: float, singular: str, plural_form: str) -> str:
    """`verb(1, "was", "were")` -> "was"."""
    return singular if count == 1 else plural_form


def listing(items: Sequence[str], conjunction: str = "and") -> str:
    """`["a", "b", "c"]` -> "a, b and c"; an empty list gives an empty string."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def account(platform: str, account_id: str, username: str | None) -> str:
    """An account by its handle and, as handles change hands, its key: "@river (x:17)", or "x:17" without a handle."""
    key = f"{platform}:{account_id}"
    return f"@{username} ({key})" if username else key


def more_in_json(count: int, singular: str) -> str:
    """ "… and 3 more links; --json shows them all."."""
    return f"… and {plural(count, f'more {singular}')}; --json shows them all."


def percent(share: float) -> str:
    """A share of one: `0.05` -> "5%", `0.125` -> "12.5%", `0.0004` -> "less than 0.1%"."""
    if 0 < share < 0.001:
        return "less than 0.1%"
    if 0.999 < share < 1:
        return "more than 99.9%"
    return f"{share * 100:.1f}".removesuffix(".0") + "%"


def moment(time_us: int) -> datetime | None:
    """The UTC datetime, or None outside the years 1 to 9999."""
    try:
        return _EPOCH + timedelta(microseconds=int(time_us))
    except OverflowError:
        return None


def date(time_us: int) -> str:
    """ "3 January 2016", in UTC."""
    at = moment(time_us)
    return f"{at.day} {at:%B} {at.year}" if at else _OUTSIDE_CALENDAR


def time(time_us: int, resolution_us: int = _SECOND) -> str:
    """ "2016-01-03 12:04:05 UTC", no finer than the log's own clock and no finer than it needs to be."""
    at = moment(time_us)
    if at is None:
        return _OUTSIDE_CALENDAR
    if resolution_us >= _DAY:
        return f"{at.year:04d}-{at:%m-%d} (UTC)"
    clock = f"{at:%H:%M}" if resolution_us >= _MINUTE else f"{at:%H:%M:%S}"
    if resolution_us < _SECOND and at.microsecond:
        clock += f".{at.microsecond:06d}".rstrip("0")
    return f"{at.year:04d}-{at:%m-%d} {clock} UTC"


def date_span(first_us: int, last_us: int) -> str:
    """ "3 January 2016" or "3 January to 5 March 2016", in UTC, to stand alone."""
    first, last = _two_days(first_us, last_us)
    return f"{first} to {last}" if first else last


def date_range(first_us: int, last_us: int) -> str:
    """ "on 3 January 2016" or "between 3 January and 5 March 2016", in UTC, to follow a verb."""
    first, last = _two_days(first_us, last_us)
    return f"between {first} and {last}" if first else f"on {last}"


def _two_days(first_us: int, last_us: int) -> tuple[str, str]:
    """The first without a year that it shares with the last; empty where both are one day."""
    first, last = moment(first_us), moment(last_us)
    if first is None or last is None or first.date() == last.date():
        return "", date(last_us)
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first.day} {first:%B}{year}", date(last_us)


def duration(length_us: int) -> str:
    """The two largest units: "4 seconds", "1 minute 5 seconds", "2 days 3 hours"."""
    rest = abs(int(length_us))
    if rest < _UNITS[-1][0]:
        return "less than a millisecond" if rest else "no time"
    position = next(place for place, (unit, _) in enumerate(_UNITS) if rest >= unit)
    unit, name = _UNITS[position]
    parts = [plural(rest // unit, name)]
    if position + 1 < len(_UNITS):
        smaller, smaller_name = _UNITS[position + 1]
        below = rest % unit // smaller
        # Milliseconds beside whole seconds only matter where lags are counted in seconds.
        if below and (unit > _SECOND or rest < 10 * _SECOND):
            parts.append(plural(below, smaller_name))
    return " ".join(parts)


def lag(lag_us: int, resolution_us: int = _SECOND) -> str:
    """How much later the second of two posts came, no finer than the log's own clock.

    "4 seconds later", "2 minutes earlier", "in the same second".
    """
    if abs(lag_us) < resolution_us or lag_us == 0:
        return "at the same moment" if resolution_us < 1_000 else f"in the same {_clock_unit(resolution_us)}"
    return f"{duration(lag_us)} {'later' if lag_us > 0 else 'earlier'}"


def _clock_unit(resolution_us: int) -> str:
    return next(name for unit, name in _UNITS if resolution_us >= unit)


def within(seconds: float) -> str:
    """A window after "within": "a second", "a minute", "10 minutes", "an hour", "90 seconds"."""
    whole = {1.0: "a second", 60.0: "a minute", 3600.0: "an hour", 86400.0: "a day"}
    if seconds in whole:
        return whole[seconds]
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size and seconds % size == 0:
            return plural(seconds // size, name)
    return plural(seconds, "second")


def one_in(log10_e: float) -> str:
    """Evidence as a bound on chance: `9.3` -> "1 in 1 billion".

    By Markov's inequality an e-value of at least 10^x turns up with a probability of at most 10^-x where
    its null holds (Vovk and Wang 2021). Rounded down to one digit, so that it never says too much.
    """
    if log10_e < 1:
        return "more than 1 in 10"
    if log10_e >= 15:
        return f"1 in {power_of_ten(math.floor(log10_e))}"
    bound = math.floor(10 ** (log10_e % 1) + 1e-9) * 10 ** math.floor(log10_e)
    for exponent, name in _SCALES:
        if bound >= 10**exponent:
            return f"1 in {bound // 10**exponent:,} {name}"
    return f"1 in {bound:,}"


def power_of_ten(exponent: int) -> str:
    """`14` -> "10¹⁴"."""
    return "10" + str(exponent).translate(_SUPERSCRIPT)


def log10(value: float) -> str:
    """A log10 e-value with one decimal: "9.3"."""
    return f"{value:,.1f}"


def acted(behaviour: str) -> str:
    """ "reposted this", "shared this URL"; an unknown behaviour gets "did this"."""
    return ACTED.get(behaviour, "did this")


def behaviours(names: Sequence[str]) -> str:
    """`["repost", "url"]` -> "reposts and URLs"."""
    return listing([BEHAVIOUR_NOUNS.get(name, name) for name in names])


def odds(
    behaviour: str, object_accounts: int, active_accounts: int, window_s: float, expected_accounts: float
) -> str:
    """What an object's surprisal says, as a sentence without its full stop.

    "2 of 4,043 accounts shared this URL that day, these two within a minute of each other;
    expected with one of them: 0.004".
    """
    return (
        f"{number(object_accounts)} of {plural(active_accounts, 'account')} {acted(behaviour)} that day, "
        f"these two within {within(window_s)} of each other; "
        f"expected with one of them: {number(expected_accounts)}"
    )
